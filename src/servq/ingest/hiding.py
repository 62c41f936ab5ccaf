"""Personal data out of rows: what people wrote is masked, and who they are becomes a keyed hash.

Owns which columns hide what. Nothing may be scored, stored or set aside before it came through here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servq.text.masking import mask, pseudonym

if TYPE_CHECKING:
    import pandas as pd

    from servq.records import FileFacts, Rejected

FREE_TEXT = ("comment", "text", "resolution_text", "remark")
"""Columns in which people write freely: personal data is masked before anything else happens."""


def hide_in_frame(frame: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """The rows without personal data: free text masked, customer ids replaced by keyed hashes."""
    hidden = {name: frame[name].map(mask, na_action="ignore") for name in FREE_TEXT if name in frame}
    if "customer_id" in frame:
        hidden["customer_id"] = frame["customer_id"].map(lambda value: pseudonym(value, key), na_action="ignore")
    return frame.assign(**hidden)


def hide_in_row(bad: Rejected, facts: FileFacts, key: bytes) -> Rejected:
    """An untrusted row without personal data: the cells that may be a customer's id hashed, the others masked."""
    ids = _may_be_ids(bad, facts)
    raw = {name: pseudonym(text, key) if name in ids else mask(text) for name, text in bad.raw.items()}
    return replace(bad, value=raw.get(bad.column, mask(bad.value)), raw=raw)


def _may_be_ids(bad: Rejected, facts: FileFacts) -> set[str]:
    """The headers of a row under which the customer's id may stand.

    In a row of the wrong width nobody knows where the cell is that was added or lost. With k too many or too few, a
    cell has slid by k places at most; `mask` does not know a member number when it sees one, so all of these count:

        team  customer_id  likelihood             k = 1, the id's place is 2: cells 1 to 3
        甲    x            VIP-7       9
    """
    customer = facts.columns.get("customer_id", "")
    if bad.reason != "wrong_width" or customer not in facts.headers:
        return {customer}
    slid = abs(int(bad.value) - len(facts.headers))
    beyond = [name for name in bad.raw if name not in facts.headers]
    place = facts.headers.index(customer)
    return set([*facts.headers, *beyond][max(0, place - slid) : place + slid + 1])
