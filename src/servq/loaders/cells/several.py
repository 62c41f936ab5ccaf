"""Cells made of several columns: the first that has a value, the parts joined, ticked options, an end after a duration.

Owns how a map puts columns together. A single cell is read in values.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.loaders.cells.groups import is_ticked
from servq.loaders.cells.values import Parsed, absent_among
from servq.records import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servq.loaders.cells.values import Texts
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


def ticked(pick: Pick, texts: Mapping[str, Texts]) -> Parsed:
    """One text a row of the options that are ticked; a cell that is neither yes nor no sets the row aside."""
    count = len(texts[pick.headers[0]])
    chosen: list[list[str]] = [[] for _ in range(count)]
    came: list[list[str]] = [[] for _ in range(count)]
    reasons = np.full(count, "", dtype=object)
    for header, name in pick.options:
        for row, text in enumerate(texts[header].tolist()):
            said = is_ticked(text, name)
            if text.strip():
                came[row].append(f"{header}={text.strip()}")
            if said is None:
                reasons[row] = "not_yes_or_no"
            elif said:
                chosen[row].append(name)
    words: Any = [BETWEEN.join(dict.fromkeys(names)) or None for names in chosen]
    if pick.required:
        reasons[np.array([word is None for word in words]) & (reasons == "")] = "missing_value"
    kept = np.array(["; ".join(said) for said in came], dtype=object)
    return Parsed(pd.array(words, dtype=pd.StringDtype("python")), reasons if any(reasons) else None, kept)


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
