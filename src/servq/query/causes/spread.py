"""The spread of a cause over channels, products or customer groups: the share of each one's rows that name it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from servq.metrics.readings import NO_COMPLAINTS, NO_RESPONSES, share_reading
from servq.query.measure import measure
from servq.query.slices import cells_of
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice

if TYPE_CHECKING:
    from servq.query.snapshot import Snapshot
    from servq.records import Reading

OF_CAUSES = frozenset({"cause", "cause_category", "category", "subcategory"})
"""Filters that say which cause; without them a slice holds all the rows that a share is of."""

OF_ANSWERS = frozenset({"touchpoint", "segment", "survey_mode"})
"""Dimensions that answers know and complaints do not."""


@dataclass(frozen=True)
class CauseShare:
    """One value of a dimension.

    Attributes:
        hits: its rows that name the cause; `kept` lists exactly these.
        share: of all its rows, with its interval.
        metric: what `kept` is opened as.
    """

    value: str
    hits: int
    share: Reading
    metric: Literal["complaints", "responses"]
    slice_: Slice


def whole_of(slice_: Slice) -> Slice:
    """A slice without its filter by causes."""
    return Slice(
        slice_.start, slice_.end, tuple((name, values) for name, values in slice_.where if name not in OF_CAUSES)
    )


def spread_over(snapshot: Snapshot, slice_: Slice, dimension: str) -> list[CauseShare]:
    """A cause over the values of a dimension, the most rows first; empty where the rows do not have the dimension."""
    found = (
        _of_answers(snapshot, slice_, dimension)
        if dimension in OF_ANSWERS
        else _of_complaints(snapshot, slice_, dimension)
    )
    return sorted(found, key=lambda one: (one.value == NOT_GIVEN, -one.hits, one.value))


def within_category(snapshot: Snapshot, slice_: Slice) -> list[CauseShare]:
    """The sub-causes of a cause's category, each with its share of all complaints of the slice."""
    named, whole = dict(slice_.where), whole_of(slice_)
    if "category" in named:
        inside, by = whole.and_(category=named["category"][0]), "subcategory"
    else:
        code = (named.get("cause_category") or named["cause"])[0]
        inside, by = whole.and_(cause_category=code.partition(".")[0]), "cause"
    total = measure(snapshot, "complaints", (), whole)[0].reading.n
    found = [
        CauseShare(
            row.dims[by],
            row.reading.n,
            share_reading(row.reading.n, total, {}, NO_COMPLAINTS),
            "complaints",
            (whole if by == "cause" else inside).and_(**row.dims),
        )
        for row in measure(snapshot, "complaints", (by,), inside)
        if row.dims[by] != UNATTRIBUTED
    ]
    return sorted(found, key=lambda one: -one.hits)


def _of_complaints(snapshot: Snapshot, slice_: Slice, dimension: str) -> list[CauseShare]:
    totals = {
        row.dims[dimension]: row.reading.n for row in measure(snapshot, "complaints", (dimension,), whole_of(slice_))
    }
    hits = {row.dims[dimension]: row.reading.n for row in measure(snapshot, "complaints", (dimension,), slice_)}
    return [_spread(slice_, dimension, value, hits[value], totals[value], "complaints") for value in hits]


def _of_answers(snapshot: Snapshot, slice_: Slice, dimension: str) -> list[CauseShare]:
    """Answers are counted by cause alone: a log's category says nothing about them."""
    causes = dict(slice_.where).get("cause", ())
    if len(causes) != 1 or slice_.dimensions & OF_CAUSES != {"cause"}:
        return []
    whole, hits, totals = whole_of(slice_), Counter[str](), Counter[str]()
    if whole.dimensions - set(snapshot.cells.names):
        return []
    for cells in cells_of(snapshot, whole):
        for (value,), sums in cells.grouped((dimension,)):
            totals[value] += int(sums["responses"])
    for cells in cells_of(snapshot, whole, by_cause=True):
        for (value,), sums in cells.with_values("cause", causes).grouped((dimension,)):
            hits[value] += int(sums["responses"])
    return [_spread(slice_, dimension, value, hits[value], totals[value], "responses") for value in hits]


def _spread(
    slice_: Slice, dimension: str, value: str, hits: int, total: int, metric: Literal["complaints", "responses"]
) -> CauseShare:
    reason = NO_RESPONSES if metric == "responses" else NO_COMPLAINTS
    return CauseShare(value, hits, share_reading(hits, total, {}, reason), metric, slice_.and_(**{dimension: value}))
