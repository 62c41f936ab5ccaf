"""Rows of persons who were erased on request: no load stores them, and nothing of them waits in quarantine.

Owns the columns that identify a row's person. The warehouse knows an erased person by a keyed hash alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from servq.warehouse.upkeep.erase import forgotten_among

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from servq.records import FileFacts, Rejected


PERSONS = ("customer_id", "shopper_id")
"""Columns in which a person's keyed hash may stand."""


def forgotten_rows(connection: Connection, frame: pd.DataFrame) -> pd.Series[Any]:
    """Which rows, their customer ids hashed already, are of erased persons."""
    found = pd.Series(False, index=frame.index)
    for name in PERSONS:
        if name in frame:
            gone = forgotten_among(connection, frame[name].dropna().unique().tolist())
            found |= frame[name].isin(gone) if gone else False
    return found


def without_forgotten(connection: Connection, hidden: list[Rejected], facts: FileFacts) -> list[Rejected]:
    """Untrusted rows, with those of erased persons emptied."""
    headers = [facts.columns[name] for name in PERSONS if name in facts.columns]
    gone = forgotten_among(connection, {one.raw[header] for one in hidden for header in headers if one.raw.get(header)})
    return [emptied(one) if gone.intersection(map(one.raw.get, headers)) else one for one in hidden] if gone else hidden


def emptied(bad: Rejected) -> Rejected:
    """The row without anything of its person."""
    return replace(bad, column="", value="", reason="forgotten_person", raw={}, also=())
