"""Differences in mix between two slices: values of a dimension that make up another share of one than of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import compare
from servq.metrics.readings import NO_COMPLAINTS, NO_RESPONSES, share_reading
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, OVERLAPPING, Reading, Slice, State

Need = Literal["responses", "complaints"]
"""The kind of fact looked at; the metric that counts it has the same name."""

LOOKED_AT: tuple[tuple[Need, str], ...] = (
    ("complaints", "severity"),
    ("complaints", "product"),
    ("responses", "survey_mode"),
    ("responses", "segment"),
    ("responses", "touchpoint"),
)
"""The dimensions whose mix is compared: kind of fact and dimension."""

WORTH_SAYING, BEYOND_CHANCE = 15.0, 0.01
"""Percentage points, and the p-value below which a difference in make-up is pointed out."""


@dataclass(frozen=True)
class Unlike:
    """A value that makes up another share of one slice than of the other, in percent."""

    need: Need
    dimension: str
    value: str
    own: Reading
    others: Reading


def shares(snapshot: Snapshot, need: Need, dimension: str, slice_: Slice) -> dict[str, Reading]:
    """The share of each value of a dimension among the rows of a slice, in percent of all of them."""
    counts = {row.dims[dimension]: row.reading.n for row in measure(snapshot, need, (dimension,), slice_)}
    # an answer in several groups counts once in the whole
    n = measure(snapshot, need, (), slice_)[0].reading.n if dimension in OVERLAPPING else sum(counts.values())
    reason = NO_RESPONSES if need == "responses" else NO_COMPLAINTS
    return {value: share_reading(hits, n, {}, reason) for value, hits in counts.items()}


def unlike(snapshot: Snapshot, own: Slice, others: Slice) -> list[Unlike]:
    """The largest differences in mix between two slices: at most one value per dimension, largest first."""
    found = [unlike_in(snapshot, need, dimension, own, others) for need, dimension in LOOKED_AT]
    return sorted((pair for pair in found if pair is not None), key=_distance, reverse=True)


def unlike_in(snapshot: Snapshot, need: Need, dimension: str, own: Slice, others: Slice) -> Unlike | None:
    """The value of one dimension whose share differs most between two slices; None where none differs enough."""
    if (own.dimensions | others.dimensions) - get_metric(need).dimensions:
        return None
    mine, theirs = (shares(snapshot, need, dimension, kept) for kept in (own, others))
    pairs = [
        Unlike(need, dimension, value, mine[value], theirs[value])
        for value in mine
        if value in theirs and value != NOT_GIVEN and _told_apart(mine[value], theirs[value])
    ]
    return max(pairs, key=_distance, default=None)


def _told_apart(own: Reading, others: Reading) -> bool:
    change = compare(own, others, "none")
    firm = own.state == others.state == State.JUDGEABLE
    return firm and change.p is not None and change.p < BEYOND_CHANCE and abs(change.delta or 0) >= WORTH_SAYING


def _distance(pair: Unlike) -> float:
    return abs((pair.own.value or 0) - (pair.others.value or 0))
