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
from servq.query.clusters import Clusters, numbered_groups
from servq.query.overlapping import split
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
        names, codes: as in `Clusters`, for every dimension.
        moments: when each was given (UTC seconds).
        customer: whose it is, numbered.
        given: counted column -> whether each answer counts.
        most: how many answers the customers who gave most of them gave, most first.
    """

    names: Mapping[str, Sequence[str]]
    codes: Mapping[str, NDArray[np.intp]]
    moments: NDArray[np.int64]
    customer: NDArray[np.int64]
    given: Mapping[str, NDArray[np.bool_]]
    most: NDArray[np.int64]

    @classmethod
    def of(cls, clusters: Clusters) -> Returning:
        """From the answers that belong together; those of whom only the order is known are nobody's here."""
        known = clusters.customer >= 0
        customer = clusters.customer[known]
        codes = {name: of[known] for name, of in clusters.codes.items()}
        given = dict(zip(clusters.given, clusters.answered[known].T > 0, strict=True))
        given = given | {"answered_of_asked": clusters.asked[known]}
        most = np.sort(np.bincount(customer))[::-1]
        return cls(clusters.names, codes, clusters.moments[known], customer, given, most)

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
    customer, group = _in_groups(known, by, places, doubtful)
    persons = int(known.customer.max()) + 1
    rows = np.bincount(group, minlength=len(doubtful))
    people = np.bincount(np.unique(group * persons + customer) // persons, minlength=len(doubtful))
    for key, place in doubtful.items():
        found[key] = max(1, found[key] - int(rows[place] - people[place]))
    return found


def _in_groups(
    known: Returning, by: Key, places: NDArray[np.intp], asked: Mapping[Key, int]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The customer of each answer, once for each of the groups asked that it is in, and the group's place."""
    rows, names, codes = split(by, known.names, {name: known.codes[name][places] for name in by})
    customer = known.customer[places if rows is None else places[rows]]
    groups, keys = numbered_groups(by, names, codes, len(customer))
    place = np.array([asked.get(key, -1) for key in keys], dtype=np.intp)[groups]
    return customer[place >= 0], place[place >= 0]


def _is_in(name: str, known: Returning, values: Sequence[str]) -> NDArray[np.bool_]:
    wanted = set(values)
    said = [
        one in wanted or (name in OVERLAPPING and not wanted.isdisjoint(groups_of(one))) for one in known.names[name]
    ]
    return np.array(said, dtype=bool)[known.codes[name]]


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
        if name in known.codes:
            inside &= _is_in(name, known, values)
    return np.flatnonzero(inside)
