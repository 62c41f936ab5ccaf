"""The part of a snapshot that a slice keeps: whole weeks from cells, single days from facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from servq.measures import CAUSE_DIMENSIONS, CAUSE_MEASURES
from servq.query.cells import Cells
from servq.query.complaint_causes import causes_in
from servq.query.snapshot import Snapshot
from servq.records import SEVERAL, Slice
from servq.warehouse.reads import snapshot_reads
from servq.weeks import day_start, monday_of


def rows_of(snapshot: Snapshot, kind: Literal["complaints", "visits"], slice_: Slice) -> pd.DataFrame:
    """The complaints, or the checklist items, of a slice."""
    frame = snapshot.complaints if kind == "complaints" else snapshot.visits
    if slice_ == Slice():
        return frame
    moment = frame["opened_at" if kind == "complaints" else "visited_at"]
    keep = pd.Series(True, index=frame.index)
    if slice_.start is not None:
        keep &= moment >= day_start(slice_.start)
    if slice_.end is not None:
        keep &= moment < day_start(slice_.end + timedelta(days=1))
    for name, values in slice_.where:
        if name not in SEVERAL:
            keep &= frame[name].isin(values)
    if slice_.dimensions & SEVERAL:
        keep &= frame.index.isin(causes_in(snapshot.causes, slice_).index)
    return frame[keep]


def cells_of(snapshot: Snapshot, slice_: Slice, *, by_cause: bool = False) -> list[Cells]:
    """The cells of a slice: of its whole weeks, and of the days before and after, counted from the facts.

    Args:
        by_cause: the cause cells instead of the survey cells.
    """
    whole = snapshot.cause_cells if by_cause else snapshot.cells
    first, after = whole_weeks(slice_)
    weeks = _kept(whole.in_weeks(_iso(first), _iso(after)), slice_)
    return [weeks, *edges_of(snapshot, slice_, by_cause=by_cause)]


def edges_of(snapshot: Snapshot, slice_: Slice, *, by_cause: bool = False) -> list[Cells]:
    """The cells of a slice's days outside its whole weeks, counted from the facts."""
    pieces = []
    for from_day, to_day in _edges(slice_.start, slice_.end, *whole_weeks(slice_)):
        with snapshot.warehouse.read() as connection:
            days = day_start(from_day), day_start(to_day)
            if by_cause:
                frame = snapshot_reads.causes_of_days(connection, *days)
                pieces.append(Cells.from_frame(frame, CAUSE_DIMENSIONS, CAUSE_MEASURES))
            else:
                pieces.append(Cells.from_frame(snapshot_reads.cells_of_days(connection, *days)))
    return [_kept(piece, slice_) for piece in pieces]


def whole_weeks(slice_: Slice) -> tuple[date | None, date | None]:
    """The first Monday of a slice, and the Monday after its last whole week; None is open."""
    start, end = slice_.start, slice_.end
    first = None if start is None else start + timedelta(days=-start.weekday() % 7)
    return first, None if end is None else monday_of(end + timedelta(days=1))


def _kept(cells: Cells, slice_: Slice) -> Cells:
    for name, values in slice_.where:
        cells = cells.with_values(name, values)
    return cells


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _edges(start: date | None, end: date | None, first: date | None, after: date | None) -> Iterator[tuple[date, date]]:
    """The parts of a period outside its whole weeks, as (first day, day after the last)."""
    after_end = None if end is None else end + timedelta(days=1)
    if start is not None and after_end is not None and first is not None and first > after_end:
        yield start, after_end  # all within one week
        return
    if start is not None and first is not None and start < first:
        yield start, first
    if after_end is not None and after is not None and after < after_end:
        yield after, after_end
