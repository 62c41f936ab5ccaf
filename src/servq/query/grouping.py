"""Grouping of a snapshot's facts, once for all periods, since a page asks for dozens of periods of the same groups.

group     rows, the oldest first         a period of a group is a stretch of its rows
OTA       ●──●────●──●───●●
小程序     ●───●─●────●──────●
                └ 4 weeks ┘
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import numpy as np
import pandas as pd

from servq.metrics.clocks import CLOCK_COLUMNS
from servq.metrics.columns import Columns
from servq.metrics.statistics.clustering import CLUSTER
from servq.query.clusters import excess_of
from servq.query.complaint_causes import by_cause
from servq.query.slices import edges_of, rows_of, whole_weeks
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.weeks import day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal["complaints", "visits"]
Key = tuple[str, ...]

MOMENTS: dict[Kind, str] = {"complaints": "opened_at", "visits": "visited_at"}

READ: dict[Kind, tuple[str, ...]] = {
    "complaints": (*(name for name in CLOCK_COLUMNS if name != "open_for"), CLUSTER),
    "visits": ("visit_id", "points", "points_possible"),
}
"""The columns of a row that metrics read: the rest is not carried along."""

Rows = TypeVar("Rows", Columns, "NDArray[np.float64]")


@dataclass(frozen=True)
class Cut(Generic[Rows]):
    """Rows by group, within a group by time.

    Attributes:
        keys: the groups that have rows, sorted.
        starts: where each begins in `rows`, and behind the last one their end.
        moments: when each row is: seconds of facts, places of weeks of cells.
    """

    keys: Sequence[Key]
    starts: Sequence[int]
    moments: NDArray[np.int64]
    rows: Rows

    def between(self, first: int | None, after: int | None) -> Iterator[tuple[Key, slice]]:
        """The stretch of each group that has rows from `first` up to, without, `after` (None is open)."""
        for key, start, end in zip(self.keys, self.starts, self.starts[1:], strict=False):
            moments = self.moments[start:end]
            low = start if first is None else start + int(np.searchsorted(moments, first))
            high = end if after is None else start + int(np.searchsorted(moments, after))
            if low < high:
                yield key, slice(low, high)


@dataclass(frozen=True)
class Pieces:
    """One kind of rows of a slice in groups; a group without rows is absent.

    A kind that is not needed, or of which nothing is loaded, is None for every group.
    """

    groups: Mapping[Key, Columns]
    empty: Columns | None

    def of(self, key: Key) -> Columns | None:
        """The rows of a group."""
        return self.groups.get(key, self.empty)


UNKNOWN = Pieces({}, None)


@lru_cache(maxsize=32)
def pieces_of(snapshot: Snapshot, kind: Kind, by: Key, slice_: Slice) -> Pieces:
    """The complaints or checklist items of a slice in groups, with what metrics read of them."""
    cut = _facts(snapshot, kind, by, slice_.between(None, None))
    first = None if slice_.start is None else day_start(slice_.start)
    after = None if slice_.end is None else day_start(slice_.end + timedelta(days=1))
    groups = {key: cut.rows.within(stretch) for key, stretch in cut.between(first, after)}
    return Pieces(groups, cut.rows.within(slice(0, 0)))


@lru_cache(maxsize=64)
def sums_of(snapshot: Snapshot, by: Key, slice_: Slice) -> Mapping[Key, Mapping[str, float]]:
    """The measures of the responses of a slice, added up in each group that has any; never to be changed.

    They stay true over any set of cells: whole weeks come from the cells, single days from the facts. Beside them
    stands what answers of one customer take from n (`metrics.statistics.clustering`), which is no sum over cells.
    """
    cut, measures = _cells(snapshot, by, slice_.between(None, None)), snapshot.cells.measures
    first, after = (_place(snapshot, day) for day in whole_weeks(slice_))
    found = {key: cut.rows[stretch].sum(axis=0).tolist() for key, stretch in cut.between(first, after)}
    sums = {key: dict(zip(measures, row, strict=True)) for key, row in found.items()}
    for piece in edges_of(snapshot, slice_):
        for key, more in piece.grouped(by):
            sums[key] = {name: value + sums.get(key, {}).get(name, 0.0) for name, value in more.items()}
    for key, excess in excess_of(snapshot.clusters, by, slice_).items():
        sums.get(key, {}).update(excess)
    return sums


@lru_cache(maxsize=12)
def _facts(snapshot: Snapshot, kind: Kind, by: Key, slice_: Slice) -> Cut[Columns]:
    """One kind of rows over all time."""
    frame = rows_of(snapshot, kind, slice_)
    if kind == "complaints":
        frame = by_cause(frame, snapshot.causes, by, slice_)
    moments = frame[MOMENTS[kind]].to_numpy(dtype=np.int64)
    columns = [frame[name].cat for name in by]
    codes = [column.codes.to_numpy(dtype=np.int64) for column in columns]
    order, keys, starts = _grouped([[str(name) for name in c.categories] for c in columns], codes, moments)
    if kind == "visits":  # ids are only told apart from each other: numbers are told apart faster
        frame = frame.assign(visit_id=pd.factorize(frame["visit_id"])[0])
    return Cut(keys, starts, moments[order], Columns.of(frame, READ[kind]).taken(order))


@lru_cache(maxsize=24)
def _cells(snapshot: Snapshot, by: Key, slice_: Slice) -> Cut[NDArray[np.float64]]:
    """The cells over all weeks, added up within each group and week."""
    cells = snapshot.cells
    for name, values in slice_.where:
        cells = cells.with_values(name, values)
    cells = cells.split(by)
    (*codes, weeks), sums = cells.added((*by, "week"))
    if not len(weeks):
        return Cut([], [0], weeks, sums)
    new = np.zeros(len(weeks), dtype=bool)
    new[0] = True
    for of in codes:
        new[1:] |= of[1:] != of[:-1]
    starts = np.flatnonzero(new)
    names = [np.array(cells.names[name], dtype=object)[of[starts]] for name, of in zip(by, codes, strict=True)]
    keys = list(zip(*names, strict=True)) if by else [()]
    return Cut(keys, [*starts.tolist(), len(weeks)], weeks, sums)


def _grouped(
    names: Sequence[Sequence[str]], codes: Sequence[NDArray[Any]], moments: NDArray[np.int64]
) -> tuple[NDArray[np.intp], list[Key], list[int]]:
    """The order by group and time, the groups that have rows, and where each begins; behind the last one the end."""
    if not len(moments):
        return np.zeros(0, dtype=np.intp), [], [0]
    shape = [len(known) for known in names]
    groups = np.ravel_multi_index(codes, shape) if names else np.zeros(len(moments), dtype=np.int64)
    order = np.lexsort((moments, groups))
    present, starts = np.unique(groups[order], return_index=True)
    places = np.unravel_index(present, shape) if names else ()
    keys = [tuple(known[place] for known, place in zip(names, row, strict=True)) for row in zip(*places, strict=True)]
    return order, keys or [()], [*starts.tolist(), len(moments)]


def _place(snapshot: Snapshot, day: date | None) -> int | None:
    """The place of the first week that does not begin before a day."""
    if day is None:
        return None
    return int(np.searchsorted(np.array(snapshot.cells.names["week"]), day.isoformat()))
