"""Personal data out of rows: what people wrote is masked, and who they are becomes a keyed hash.

Owns which columns hide what. Nothing may be scored, stored or set aside before it came through here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servq.text.masking import mask, pseudonym

if TYPE_CHECKING:
    import pandas as pd

    from servq.records import Rejected

FREE_TEXT = ("comment", "text", "resolution_text", "remark")
"""Columns in which people write freely: personal data is masked before anything else happens."""


def hide_in_frame(frame: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """The rows without personal data: free text masked, customer ids replaced by keyed hashes."""
    hidden = {name: frame[name].map(mask, na_action="ignore") for name in FREE_TEXT if name in frame}
    if "customer_id" in frame:
        hidden["customer_id"] = frame["customer_id"].map(lambda value: pseudonym(value, key), na_action="ignore")
    return frame.assign(**hidden)


def hide_in_row(bad: Rejected, customer: str, key: bytes) -> Rejected:
    """An untrusted row without personal data; `customer` is the header of the customer id."""
    raw = {name: pseudonym(text, key) if name == customer and text else mask(text) for name, text in bad.raw.items()}
    return replace(bad, value=raw.get(bad.column, mask(bad.value)), raw=raw)
