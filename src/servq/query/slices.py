"""The part of a snapshot that a slice keeps. Whole weeks come from cells, single days from the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from servq.measures import CELL_DIMENSIONS
from servq.metrics.definition import Need
from servq.query.snapshot import Snapshot, categorised
from servq.records import Slice
from servq.warehouse import reads
from servq.weeks import day_start, monday_of


def part_of(snapshot: Snapshot, need: Need, kept: Slice) -> pd.DataFrame:
    """The cells, complaints or checklist items of a slice."""
    if need == "responses":
        frame = _cells_between(snapshot, kept)
    else:
        frame = snapshot.complaints if need == "complaints" else snapshot.visits
        moment = frame["opened_at" if need == "complaints" else "visited_at"]
        if kept.start is not None:
            frame, moment = frame[moment >= day_start(kept.start)], moment[moment >= day_start(kept.start)]
        if kept.end is not None:
            frame = frame[moment < day_start(kept.end + timedelta(days=1))]
    for name, values in kept.where:
        frame = frame[frame[name].isin(values)]
    return frame


def _cells_between(snapshot: Snapshot, kept: Slice) -> pd.DataFrame:
    """The cells of a period; days that make no whole week are counted from the facts."""
    cells = snapshot.cells
    start, end = kept.start, kept.end
    whole_from = None if start is None else start + timedelta(days=-start.weekday() % 7)
    whole_to = None if end is None else monday_of(end + timedelta(days=1))
    weeks = cells["week"].astype(str)
    keep = pd.Series(True, index=cells.index)
    if whole_from is not None:
        keep &= weeks >= whole_from.isoformat()
    if whole_to is not None:
        keep &= weeks < whole_to.isoformat()
    pieces = [cells[keep]]
    for first, after in _edges(start, end, whole_from, whole_to):
        with snapshot.warehouse.read() as connection:
            pieces.append(categorised(reads.cells_of_days(connection, day_start(first), day_start(after))))
    return pieces[0] if len(pieces) == 1 else _joined(pieces)


def _edges(
    start: date | None, end: date | None, whole_from: date | None, whole_to: date | None
) -> Iterator[tuple[date, date]]:
    """The parts of a period outside its whole weeks, as (first day, day after the last)."""
    after_end = None if end is None else end + timedelta(days=1)
    if start is not None and after_end is not None and whole_from is not None and whole_from > after_end:
        yield start, after_end
        return
    if start is not None and whole_from is not None and start < whole_from:
        yield start, whole_from
    if after_end is not None and whole_to is not None and whole_to < after_end:
        yield whole_to, after_end


def _joined(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    plain = [piece.astype(dict.fromkeys(CELL_DIMENSIONS, str)) for piece in pieces]
    return pd.concat(plain, ignore_index=True).astype(dict.fromkeys(CELL_DIMENSIONS, "category"))
