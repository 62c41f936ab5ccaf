"""Week blocks put together into cells: all of them once, after a load only the weeks whose content has changed.

kept        W01 a  W02 b  W03 c        the cells that some page still holds
warehouse   W01 a  W02 x  W03 c  W04 d     their versions now
read               W02 x         W04 d     the others are taken from what is kept
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from servq.measures import CAUSE_DIMENSIONS, CAUSE_MEASURES, CELL_DIMENSIONS, MEASURES
from servq.query.cells import Cells
from servq.records import NOT_GIVEN
from servq.warehouse.facts.block_format import Block, narrow
from servq.warehouse.reads.blocks import StoredBlocks

_MADE_OF = {"survey": (CELL_DIMENSIONS, MEASURES), "cause": (CAUSE_DIMENSIONS, CAUSE_MEASURES)}
"""Kind of block -> the dimensions and the measures of its cells."""

_kept: WeakValueDictionary[tuple[str, str], Cells] = WeakValueDictionary()
"""Warehouse and kind -> the newest cells that anybody still holds. Versions name contents, so they are never wrong."""


def read_cells(stored: StoredBlocks) -> Cells:
    """The cells of a kind as the transaction of its blocks sees them."""
    kind, versions, before = stored.kind, stored.versions, _kept.get((stored.place, stored.kind))
    if before is not None and before.versions == versions:
        return before
    known = {} if before is None else before.versions
    read = stored.read([week for week, version in versions.items() if known.get(week) != version])
    blocks = {week: read[week] if week in read or before is None else _week_of(before, week) for week in versions}
    found = put_together(blocks, kind, versions)
    _kept[stored.place, kind] = found
    return found


def put_together(blocks: Mapping[date, Block], kind: str, versions: Mapping[date, str] | None = None) -> Cells:
    """The cells of several weeks, the oldest first."""
    dimensions, measures = _MADE_OF[kind]
    weeks = sorted(blocks)
    parts = [blocks[week] for week in weeks]
    sizes = np.array([len(part) for part in parts], dtype=np.intp)
    names: dict[str, Sequence[str]] = {"week": [week.isoformat() for week in weeks]}
    codes: dict[str, NDArray[np.integer]] = {"week": narrow(np.repeat(np.arange(len(weeks)), sizes))}
    for dimension in dimensions:
        if dimension != "week":
            names[dimension], codes[dimension] = _one_numbering(parts, dimension)
    return Cells(
        {dimension: names[dimension] for dimension in dimensions},
        {dimension: codes[dimension] for dimension in dimensions},
        {name: _joined(parts, sizes, name) for name in measures if any(name in part.columns for part in parts)},
        measures,
        versions=dict(versions or {}),
    )


def _one_numbering(parts: Sequence[Block], dimension: str) -> tuple[list[str], NDArray[np.integer]]:
    """The values that any cell has, sorted, and the place of each cell's value among them."""
    used = [
        [name or NOT_GIVEN if count else None for name, count in zip(part.names[dimension], counts, strict=True)]
        for part in parts
        for counts in [np.bincount(part.codes[dimension], minlength=len(part.names[dimension])).tolist()]
    ]
    known = sorted({name for names in used for name in names if name is not None})
    place = {name: number for number, name in enumerate(known)}
    kind = narrow(np.array([max(len(known) - 1, 0)])).dtype
    tables = [np.array([0 if name is None else place[name] for name in names], dtype=kind) for names in used]
    found = [table[part.codes[dimension]] for table, part in zip(tables, parts, strict=True)]
    return known, np.concatenate(found) if found else np.zeros(0, dtype=kind)


def _joined(parts: Sequence[Block], sizes: NDArray[np.intp], name: str) -> NDArray[np.number]:
    """A measure of all weeks in the widest of their types."""
    nothing = np.zeros(1, dtype=np.uint8)
    return np.concatenate(
        [
            part.columns[name] if name in part.columns else np.broadcast_to(nothing, size)
            for part, size in zip(parts, sizes, strict=True)
        ]
    )


def _week_of(cells: Cells, week: date) -> Block:
    """The cells of one week, as its block gave them."""
    place = cells.names["week"].index(week.isoformat())
    first, after = np.searchsorted(cells.codes["week"], [place, place + 1])
    dimensions = [name for name in cells.names if name != "week"]
    return Block(
        {name: cells.names[name] for name in dimensions},
        {name: cells.codes[name][first:after] for name in dimensions},
        {name: values[first:after] for name, values in cells.columns.items()},
    )
