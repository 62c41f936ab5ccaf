"""Coverage of mystery shopping: visits made against visits planned, by month and by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.visit_plan import Planned, VisitPlan, period_of

PERIODS_SHOWN = 3
"""The period that a day lies in, and the two before."""


@dataclass(frozen=True)
class Covered:
    """One period of one entry of the plan.

    Attributes:
        back: 0 for the period that the day looked at lies in, 1 for the one before.
        made: visits between its first day and its last, or the day looked at where that comes first.
        over: whether the period had ended by then.
        slice_: the slice of the visits made.
    """

    planned: Planned
    back: int
    first: date
    last: date
    made: int
    over: bool
    slice_: Slice

    @property
    def missing(self) -> int:
        """The number of visits missing up to the plan."""
        return max(0, self.planned.visits - self.made)


def coverage(snapshot: Snapshot, plan: VisitPlan, day: date, slice_: Slice) -> list[Covered]:
    """Every planned period up to a day, in the plan's order, oldest first; periods without a plan are left out.

    Args:
        slice_: a filter; entries of other channels and teams are left out, whatever else it filters does not count.
    """
    asked = dict(slice_.where)
    found = []
    for channel, team in plan.places():
        if channel not in asked.get("channel", (channel,)) or team not in ("", *asked.get("team", (team,))):
            continue
        latest = plan.held(channel, team, day)
        every = latest.every if latest is not None else "month"
        first, last = period_of(day, every)
        for back in range(PERIODS_SHOWN):
            planned = plan.held(channel, team, first)
            if planned is not None and planned.every == every:
                found.append(_covered(snapshot, planned, back, (first, last), day))
            first, last = period_of(first - timedelta(days=1), every)
    return sorted(found, key=lambda one: (plan.places().index((one.planned.channel, one.planned.team)), -one.back))


def _covered(snapshot: Snapshot, planned: Planned, back: int, period: tuple[date, date], day: date) -> Covered:
    first, last = period
    place = {"channel": [planned.channel], **({"team": [planned.team]} if planned.team else {})}
    kept = Slice.of(first, min(last, day), **place)
    made = measure(snapshot, "visit_score", (), kept)[0].reading.n
    return Covered(planned, back, first, last, made, last <= day, kept)
