"""The number of customers behind answers, which the viewing minimum is compared with.

answers of a group   A A A A A A          six of one customer: 1
                     A A B C ? ?          ? is nobody known and counts one each: 5
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.metric import Metric
from servq.query.clusters import Clusters
from servq.records import OVERLAPPING, Slice, groups_of
from servq.weeks import day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from servq.query.snapshot import Snapshot

Key = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Returning:
    """Answers of customers with more than one answer.

    Attributes:
        values: dimension -> each answer's value as text.
        moments: when each was given (UTC seconds).
        customer: whose it is, numbered.
        given: counted column -> whether each answer counts.
        most: how many answers the customers who gave most of them gave, most first.
    """

    values: Mapping[str, NDArray[np.str_]]
    moments: NDArray[np.int64]
    customer: NDArray[np.int64]
    given: Mapping[str, NDArray[np.bool_]]
    most: NDArray[np.int64]

    @classmethod
    def of(cls, clusters: Clusters) -> Returning:
        """From the answers that belong together; those of whom only the order is known are nobody's here."""
        known = clusters.customer >= 0
        customer = clusters.customer[known]
        values = {name: np.array(clusters.names[name])[codes[known]] for name, codes in clusters.codes.items()}
        given = dict(zip(clusters.given, clusters.answered[known].T > 0, strict=True))
        given = given | {"answered_of_asked": clusters.asked[known]}
        return cls(values, clusters.moments[known], customer, given, np.sort(np.bincount(customer))[::-1])

    def counted(self, column: str) -> NDArray[np.bool_]:
        """The answers that count by a column; none where nobody among them gave one."""
        name = "scored" if column == "sentiment" else column
        return self.given.get(name, np.zeros(len(self.moments), dtype=bool))


def counted_by(metric: Metric) -> str:
    """The column that must have a value for an answer to count towards the viewing minimum."""
    return metric.out_of or metric.counted


def customers_of(
    snapshot: Snapshot, metric: Metric, by: Key, slice_: Slice, answers: Mapping[Key, int]
) -> dict[Key, int]:
    """The number of customers of each group of a slice; where they are certainly enough, the number of answers.

    Args:
        answers: group -> its answers that count.
    """
    minimum, found = snapshot.viewing_minimum, dict(answers)
    if not any(minimum <= n for n in answers.values()):
        return found
    known = _returning(snapshot.clusters)
    # more answers than the few customers who gave most of all ever gave are of more customers than these
    enough = max(
        minimum - 1, int(np.maximum(known.most[: minimum - 1], 1).sum()) + max(0, minimum - 1 - len(known.most))
    )
    doubtful = {key: place for place, key in enumerate(key for key, n in answers.items() if minimum <= n <= enough)}
    if not doubtful or not len(known.customer):
        return found
    places = _places(snapshot.clusters, slice_)
    places = places[known.counted(counted_by(metric))[places]]
    places, columns = _in_groups(known, by, places)
    keys = zip(*columns, strict=True) if by else [()] * len(places)
    group = np.array([doubtful.get(key, -1) for key in keys], dtype=np.int64)
    inside = group >= 0
    pairs = np.unique(np.column_stack([group[inside], known.customer[places][inside]]), axis=0)
    rows = np.bincount(group[inside], minlength=len(doubtful))
    people = np.bincount(pairs[:, 0], minlength=len(doubtful)) if len(pairs) else rows
    for key, place in doubtful.items():
        found[key] = max(1, found[key] - int(rows[place] - people[place]))
    return found


def _in_groups(known: Returning, by: Key, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], list[list[str]]]:
    """The answers once for each group that they are in, and their value of each dimension."""
    columns = [known.values[name][places].tolist() for name in by]
    for at, name in enumerate(by):
        if name in OVERLAPPING:
            groups = [groups_of(value) for value in columns[at]]
            again = [place for place, several in enumerate(groups) for _ in several]
            places = places[np.array(again, dtype=np.intp)]
            columns = [[column[place] for place in again] for column in columns]
            columns[at] = [one for several in groups for one in several]
    return places, columns


def _is_in(name: str, said: NDArray[np.str_], values: Sequence[str]) -> NDArray[np.bool_]:
    inside = np.isin(said, values)
    if name in OVERLAPPING:
        wanted = set(values)
        inside |= np.array([not wanted.isdisjoint(groups_of(value)) for value in said.tolist()], dtype=bool)
    return inside


@lru_cache(maxsize=4)
def _returning(clusters: Clusters) -> Returning:
    return Returning.of(clusters)


@lru_cache(maxsize=32)
def _places(clusters: Clusters, slice_: Slice) -> NDArray[np.intp]:
    """A mask of the answers in a slice."""
    known = _returning(clusters)
    inside = np.ones(len(known.moments), dtype=bool)
    if slice_.start is not None:
        inside &= known.moments >= day_start(slice_.start)
    if slice_.end is not None:
        inside &= known.moments < day_start(slice_.end + timedelta(days=1))
    for name, values in slice_.where:
        if name in known.values:
            inside &= _is_in(name, known.values[name], values)
    return np.flatnonzero(inside)
