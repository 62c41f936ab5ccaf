"""Findings about a team besides its scores: the causes its customers name, and the checklist items that fail.

Each is judged against other teams: causes adjusted for the cases, checklist items against the same channels' teams.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from servq.metrics.judgement.adjusted import adjusted_change
from servq.metrics.judgement.comparison import compare, judge_together
from servq.metrics.readings import NO_COMPLAINTS, share_reading
from servq.metrics.verdicts import Change, Verdict
from servq.query.measure import measure
from servq.query.teams.funnels import naming_on_funnel
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice
from servq.text.causes.praise import item_of_dimension

if TYPE_CHECKING:
    from servq.query.snapshot import Snapshot
    from servq.records import Reading

ITEM_OF = {
    "attitude": "attitude",
    "wait": "responsiveness",
    "solving": "resolution",
    "information": "communication",
}
"""Category of the cause tree -> the item of the service index that asks for the same."""

CATEGORIES_OF = {item: category for category, item in ITEM_OF.items()}

_UNKNOWN = Change(None, None, None, None, Verdict.TOO_FEW)


@dataclass(frozen=True)
class Point:
    """One cause or checklist item of a team, and the verdict on it.

    Attributes:
        source: `causes` or `visits`.
        name: the category's code, or the item.
        topic: the item of the index that it belongs to, else its own name.
        own: share of complaints that name it, or of visits on which it failed.
        against: the same of the other teams, unadjusted; None where only the adjusted difference is judged.
        hits: the rows that name it; `kept` opens them, or for an item all its visits.
        change: how far it is from what was to be expected; the smaller the better.
    """

    source: Literal["causes", "visits"]
    name: str
    topic: str
    own: Reading
    against: Reading | None
    hits: int
    slice_: Slice
    change: Change


def complained_of(snapshot: Snapshot, everybody: Slice, team: str) -> list[Point]:
    """Every category that complaints of a team name, the most frequent first, judged together and adjusted for case
    mix.

    Args:
        everybody: the days and filters, all teams.
    """
    own = everybody.and_(team=team)
    total = measure(snapshot, "complaints", (), own)[0].reading.n
    counts = {
        row.dims["cause_category"]: row.reading.n for row in measure(snapshot, "complaints", ("cause_category",), own)
    }
    found = []
    for code in sorted(set(counts) - {UNATTRIBUTED, NOT_GIVEN}, key=lambda code: (-counts[code], code)):
        share = share_reading(counts[code], total, {}, NO_COMPLAINTS)
        change = adjusted_change(naming_on_funnel(snapshot, code, everybody), team, "lower") or _UNKNOWN
        kept = own.and_(cause_category=code)
        found.append(Point("causes", code, ITEM_OF.get(code, code), share, None, counts[code], kept, change))
    return _judged(found)


def checked(snapshot: Snapshot, own: Slice, others: Slice | None) -> list[Point]:
    """Every checklist item of a team, the most failing first, judged together against the other teams."""
    by = ("dimension", "item")
    theirs = (
        {}
        if others is None
        else {row.dims["item"]: row.reading for row in measure(snapshot, "visit_failed", ("item",), others)}
    )
    found = []
    for row in measure(snapshot, "visit_failed", by, own):
        dimension, item = (row.dims[name] for name in by)
        against = theirs.get(item)
        change = _UNKNOWN if against is None else compare(row.reading, against, "lower")
        hits = round((row.reading.value or 0.0) * row.reading.n / 100)
        kept = own.and_(dimension=dimension, item=item)
        found.append(
            Point("visits", item, item_of_dimension(dimension) or item, row.reading, against, hits, kept, change)
        )
    return _judged(sorted(found, key=lambda point: (-(point.own.value or 0.0), point.name)))


def _judged(found: list[Point]) -> list[Point]:
    judged = judge_together([point.change for point in found]).changes
    return [replace(point, change=change) for point, change in zip(found, judged, strict=True)]
