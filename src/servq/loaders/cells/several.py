"""Cells made of several columns: the first that has a value, the parts joined, an end after a duration.

Owns how a map puts columns together. A single cell is read in values.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from servq.loaders.cells.values import absent_among

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servq.loaders.cells.values import Parsed, Texts
    from servq.loaders.maps.column_mapping import Pick
    from servq.loaders.sources.source import Column

_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00)?\Z")  # a day as a workbook keeps it: 2026-03-05T00:00:00


def put_together(pick: Pick, texts: Mapping[str, Texts], column: Column) -> Texts:
    """One text a row, of the columns that a map names with `first` or `join`."""
    cells = [_without_absent(texts[header], column, pick) for header in pick.first or pick.join]
    rows = zip(*cells, strict=True)
    made = [next(filter(None, row), "") if pick.first else _joined(row, column, pick) for row in rows]
    return np.array(made, dtype=object)


def _without_absent(texts: Texts, column: Column, pick: Pick) -> list[str]:
    """The cells trimmed; "" for those that mean "no value"."""
    bare = [text.strip() for text in texts.tolist()]
    absent = absent_among(bare, replace(column, required=False), pick)
    return ["" if text in absent else text for text in bare]


def _joined(parts: Sequence[str], column: Column, pick: Pick) -> str:
    """The parts that have a value; of an id all must, or two rows may come to have one id."""
    if column.kind == "id" and not all(parts):
        return ""
    if column.kind == "time" and parts[0] and any(parts[1:]):
        parts = [_MIDNIGHT.sub("", parts[0]), *parts[1:]]
    return pick.between.join(filter(None, parts))


def ended(length: Parsed, start: Parsed) -> Parsed:
    """The moment after a duration; without a start there is none.

    Args:
        length: the duration, in seconds.
        start: the moment from which it counts.
    """
    none, no_start = (np.asarray(one.values.isna(), dtype=bool) for one in (length, start))
    reasons = length.reasons
    if (lacks := no_start & ~none).any():
        reasons = np.full(len(lacks), "", dtype=object) if reasons is None else reasons
        reasons = np.where(lacks, "missing_value", reasons)
    by_day = None if start.by_day is None else start.by_day & ~none
    values: Any = length.values
    return replace(length, values=values + start.values, reasons=reasons, by_day=by_day)
