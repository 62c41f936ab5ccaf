"""Answers of one customer or order within any slice: their pairs, weighted with how alike they are (`clustering`).

Counted for the periods and groups that figures are asked for; the metrics find it among their facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from servq.measures import CELL_DIMENSIONS
from servq.metrics.statistics.clustering import excess_name
from servq.query.alike import alike
from servq.query.cells import Cells
from servq.query.overlapping import coded, kept, split
from servq.records import Slice
from servq.weeks import day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

Key = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Clusters:
    """Answers that share their customer or order with others.

    Attributes:
        names, codes: as in `Cells`, for every dimension.
        moments: when each was given, UTC seconds.
        cluster: to which customer (or customers of one order) each belongs.
        customer: whose it is, numbered; −1 where that is not known.
        asked: whether it answers one of the questionnaires that its load lists as sent.
        answered: answers × `given`, 1 where the answer has a value.
        given: the values that anybody gave, with how alike two of one customer are.
    """

    names: Mapping[str, Sequence[str]]
    codes: Mapping[str, NDArray[np.intp]]
    moments: NDArray[np.int64]
    cluster: NDArray[np.intp]
    customer: NDArray[np.int64]
    asked: NDArray[np.bool_]
    answered: NDArray[np.float32]
    given: Mapping[str, float]

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, values: Sequence[str], cells: Cells) -> Clusters:
        """From answers with the columns of `servq.warehouse.reads.clusters.answers_together`."""
        names, codes = {}, {}
        for dimension in CELL_DIMENSIONS:
            names[dimension], codes[dimension] = coded(frame[dimension])
        numbers = ("cluster", "answered_at", "customer")
        cluster, moments, customer = (frame[name].to_numpy(dtype=np.int64) for name in numbers)
        asked = frame["answered_of_asked"].to_numpy(dtype=bool)
        present = [name for name in values if frame[name].notna().any()]
        told = frame[present].to_numpy(dtype=float).reshape(len(frame), len(present))
        given = alike(cells, names, codes, cluster, dict(zip(present, told.T, strict=True)))
        return cls(names, codes, moments, cluster, customer, asked, (~np.isnan(told)).astype(np.float32), given)


_NONE = np.zeros(0, dtype=np.int64)
NO_CLUSTERS = Clusters(
    {}, {}, _NONE, _NONE.astype(np.intp), _NONE, _NONE.astype(bool), np.zeros((0, 0), dtype=np.float32), {}
)
"""Of a warehouse in which nobody answered twice, or nobody is known."""


class _Sorted(NamedTuple):
    """The answers of a filter by group and cluster; `places` are theirs among all."""

    keys: Sequence[Key]
    groups: NDArray[np.int64]
    cluster: NDArray[np.intp]
    moments: NDArray[np.int64]
    answered: NDArray[np.float32]
    places: NDArray[np.intp]


class _Counted(NamedTuple):
    """The answers of a period by group and cluster.

    Attributes:
        rows: all answers of the filter; `inside` are those of the period.
        owner: for each of these, the place of its group's cluster.
        groups: the group of each of these clusters.
        counts: clusters × values given: how many answers have each.
    """

    rows: _Sorted
    inside: NDArray[np.intp]
    owner: NDArray[np.intp]
    groups: NDArray[np.int64]
    counts: NDArray[np.float64]


def excess_of(clusters: Clusters, by: Key, slice_: Slice) -> dict[Key, dict[str, float]]:
    """For each group of a slice that has several answers of one customer: ρ · Σ m(m − 1) under `excess_name`."""
    counted = _counted(clusters, by, slice_)
    if counted is None:
        return {}
    return _named(clusters, counted.rows.keys, *_added(counted.groups, _pairs(counted.counts)))


def excess_without(clusters: Clusters, unit: str, by: Key, slice_: Slice) -> dict[Key, dict[str, float]]:
    """What `excess_of` finds in each group without the answers of one channel or team.

    Of a cluster with M answers, m of them the unit's, (M − m)(M − m − 1) ordered pairs are left.

    Returns:
        (unit left out, *group) -> the same as `excess_of`. A unit none of whose answers has a pair is not in it:
        without it the group's excess is what it is with it.
    """
    counted = _counted(clusters, by, slice_)
    if counted is None:
        return {}
    rows, count = counted.rows, len(counted.rows.keys)
    codes = clusters.codes[unit][rows.places[counted.inside]].astype(np.int64)
    order = np.lexsort((codes, counted.owner))
    owner, codes = counted.owner[order], codes[order]
    begins = np.flatnonzero(np.r_[True, (owner[1:] != owner[:-1]) | (codes[1:] != codes[:-1])])
    own = np.add.reduceat(rows.answered[counted.inside][order], begins, axis=0, dtype=np.float64)
    owner, codes = owner[begins], codes[begins]
    whole = counted.counts[owner]
    places, lost = _added(codes * count + counted.groups[owner], _pairs(whole) - _pairs(whole - own))
    groups, pairs = _added(counted.groups, _pairs(counted.counts))
    left = pairs[np.searchsorted(groups, places % count)] - lost
    names = clusters.names[unit]
    keys = [(names[place // count], *rows.keys[place % count]) for place in places.tolist()]
    return _named(clusters, keys, np.arange(len(keys)), left)


def _counted(clusters: Clusters, by: Key, slice_: Slice) -> _Counted | None:
    """None where no customer gave several answers."""
    if not len(clusters.moments):
        return None
    rows = _sorted(clusters, by, slice_.between(None, None))
    inside = np.ones(len(rows.moments), dtype=bool)
    if slice_.start is not None:
        inside &= rows.moments >= day_start(slice_.start)
    if slice_.end is not None:
        inside &= rows.moments < day_start(slice_.end + timedelta(days=1))
    places = np.flatnonzero(inside)
    if not len(places):
        return None
    places = places[_paired(rows.groups[places], rows.cluster[places])]  # most gave one answer in a week
    if not len(places):
        return None
    groups, cluster = rows.groups[places], rows.cluster[places]
    new = np.r_[True, (groups[1:] != groups[:-1]) | (cluster[1:] != cluster[:-1])]
    begins = np.flatnonzero(new)
    counts = np.add.reduceat(rows.answered[places], begins, axis=0, dtype=np.float64)
    return _Counted(rows, places, np.cumsum(new) - 1, groups[begins], counts)


def _pairs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return counts * (counts - 1)


def _added(groups: NDArray[np.int64], values: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The distinct groups, sorted, and the sum of each one's rows."""
    if len(groups) > 1 and (groups[1:] < groups[:-1]).any():
        order = np.argsort(groups, kind="stable")
        groups, values = groups[order], values[order]
    firsts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    return groups[firsts], np.add.reduceat(values, firsts, axis=0)


def _named(
    clusters: Clusters, keys: Sequence[Key], groups: NDArray[np.int64], pairs: NDArray[np.float64]
) -> dict[Key, dict[str, float]]:
    names, alike = [excess_name(name) for name in clusters.given], np.array(list(clusters.given.values()))
    found = zip(groups.tolist(), (pairs * alike).tolist(), strict=True)
    return {keys[group]: dict(zip(names, row, strict=True)) for group, row in found}


@lru_cache(maxsize=24)
def _sorted(clusters: Clusters, by: Key, slice_: Slice) -> _Sorted:
    wanted, names, codes = _of_filter(clusters, slice_)
    places = np.flatnonzero(wanted)
    rows, names, codes = split(by, names, {name: codes[name][places] for name in by})
    places = places if rows is None else places[rows]
    groups, keys = numbered_groups(by, names, codes, len(places))
    order = np.lexsort((clusters.cluster[places], groups))
    places, groups = places[order], groups[order]
    cluster = clusters.cluster[places]
    paired = _paired(groups, cluster)  # others have no pair in any period of this filter
    places = places[paired]
    return _Sorted(keys, groups[paired], cluster[paired], clusters.moments[places], clusters.answered[places], places)


def _paired(groups: NDArray[np.int64], cluster: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of the answers, sorted by group and cluster, have another one of the same beside them."""
    same = (groups[1:] == groups[:-1]) & (cluster[1:] == cluster[:-1])
    paired = np.zeros(len(groups), dtype=bool)
    paired[:-1] |= same
    paired[1:] |= same
    return paired


def _of_filter(
    clusters: Clusters, slice_: Slice
) -> tuple[NDArray[np.bool_], dict[str, Sequence[str]], dict[str, NDArray[np.intp]]]:
    """Which answers a filter keeps, and their values."""
    wanted = np.ones(len(clusters.moments), dtype=bool)
    names, codes = dict(clusters.names), dict(clusters.codes)
    for name, values in slice_.where:
        if name not in names:
            wanted &= False
            continue
        mask, names[name], codes[name] = kept(name, names[name], codes[name], values)
        wanted &= mask
    return wanted, names, codes


def numbered_groups(
    by: Key, names: Mapping[str, Sequence[str]], codes: Mapping[str, NDArray[np.intp]], count: int
) -> tuple[NDArray[np.int64], list[Key]]:
    """The group of each answer, and the groups."""
    if not by:
        return np.zeros(count, dtype=np.int64), [()]
    shape = [len(names[name]) for name in by]
    present, groups = np.unique(np.ravel_multi_index([codes[name] for name in by], shape), return_inverse=True)
    known = zip(by, np.unravel_index(present, shape), strict=True)
    return groups, list(zip(*([names[name][c] for c in found] for name, found in known), strict=True))
