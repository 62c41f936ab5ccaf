"""A trial of a map: the first rows of a file as they would be stored, side by side with what the file says.

Owns the pairing of both sides. Both are hidden as they would be in the warehouse; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from servq.ingest.rows.row_masking import hide_in_frame, hide_in_row
from servq.loaders.sources.catalog import get_source
from servq.records import Chunk, FileFacts, Rejected
from servq.records.loading import SEVERAL

MOST_ROWS = 20
"""Rows of a trial."""

NOT_ANSWERED = "not_answered"
"""The outcome of a row in which nothing was answered, in the place of a reason."""


@dataclass(frozen=True)
class TriedRow:
    """One of the first rows of a file.

    Attributes:
        row: its number as a spreadsheet shows it.
        came: canonical column -> text of the file, "" where the file says nothing.
        stored: canonical column -> value, None where there is none; empty for a row that would not be stored.
        reasons: why it would not: codes of `records.REASONS`, or NOT_ANSWERED.
    """

    row: int
    came: dict[str, str]
    stored: dict[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


def tried_rows(chunks: Sequence[Chunk], source: str, facts: FileFacts, key: bytes) -> tuple[TriedRow, ...]:
    """The first rows in the order of the file; rows that a rule leaves out are not among them.

    Args:
        key: hides the ids of customers.
    """
    found: list[TriedRow] = []
    for chunk in chunks:
        found += _trusted(chunk, source, facts, key) + _others(chunk, source, facts, key)
        if len(found) >= MOST_ROWS:
            break
    return tuple(sorted(found, key=lambda one: one.row)[:MOST_ROWS])


def _trusted(chunk: Chunk, source: str, facts: FileFacts, key: bytes) -> list[TriedRow]:
    stored = _plain(hide_in_frame(chunk.frame.head(MOST_ROWS), key), source)
    raws = chunk.raw.head(MOST_ROWS).to_dict("records")
    return [
        TriedRow(row, _came(Rejected(row, "", "", "", {str(k): str(v) for k, v in raw.items()}), facts, key), values)
        for (row, values), raw in zip(stored, raws, strict=True)
    ]


def _others(chunk: Chunk, source: str, facts: FileFacts, key: bytes) -> list[TriedRow]:
    aside = [
        TriedRow(
            bad.row, _came(bad, facts, key), reasons=tuple(dict.fromkeys([bad.reason, *(r for _, _, r in bad.also)]))
        )
        for bad in chunk.rejected[:MOST_ROWS]
    ]
    silent = _plain(hide_in_frame(chunk.unanswered.head(MOST_ROWS), key), source)
    return aside + [TriedRow(row, {}, values, (NOT_ANSWERED,)) for row, values in silent]


def _plain(frame: pd.DataFrame, source: str) -> list[tuple[int, dict[str, Any]]]:
    """Row number and canonical values, missing ones None."""
    names = [name for name in get_source(source).names if name in frame]
    values = frame[names].astype(object)
    values = values.where(values.notna(), None)
    numbers = frame["row"].tolist() if "row" in frame else []
    records = ({str(name): value for name, value in one.items()} for one in values.to_dict("records"))
    return list(zip(map(int, numbers), records, strict=True))


def _came(said: Rejected, facts: FileFacts, key: bytes) -> dict[str, str]:
    """What the file says under the header, or headers, of each column."""
    raw = hide_in_row(said, facts, key).raw
    found = {}
    for name, header in facts.columns.items():
        several = header.removeprefix(SEVERAL).replace(" + ", " / ").split(" / ") if header.startswith(SEVERAL) else []
        cells = [raw[one] for one in several if raw.get(one, "").strip()]
        found[name] = " | ".join(cells) if several else raw.get(header, "")
    return found
