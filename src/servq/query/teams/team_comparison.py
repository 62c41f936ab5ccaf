"""One team against the other teams of its channels, and against its own past: all figures tested together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servq.measures import ITEMS
from servq.metrics.judgement.comparison import judge_together
from servq.metrics.verdicts import Verdict
from servq.query.teams.funnels import adjusted_difference
from servq.query.verdicts import period_changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from servq.metrics.judgement.funnel import Funnel
    from servq.metrics.verdicts import Change
    from servq.query.snapshot import Snapshot
    from servq.records import Reading, Slice

OTHERS = (
    "nps",
    "csat",
    "negative_share",
    "first_response_median",
    "resolution_median",
    "sla_attainment",
    "visit_score",
)
"""The figures compared besides the four items."""

COMPARED = (*ITEMS, *OTHERS)


@dataclass(frozen=True)
class TeamPeriod:
    """A team and the rows that it is judged by.

    Attributes:
        channels: those that it works in.
        monday: the week looked at; targets are those of this week.
        own, before: its rows of the period, and of the period before.
        others: the rows of the other teams of its channels; None where it is alone.
        everybody: the rows of all teams.
    """

    name: str
    channels: tuple[str, ...]
    monday: date
    own: Slice
    before: Slice
    others: Slice | None
    everybody: Slice


@dataclass(frozen=True)
class TeamFigure:
    """One metric of a team against that of the others, or against its own past, and the verdict.

    Attributes:
        change: as the figures came.
        adjusted: against what the team's own cases bring elsewhere; where it is known, it alone is the judgement.
        limit_since: the day of another promised limit, where that lies within the team's two periods.
    """

    metric: str
    now: Reading
    against: Reading
    change: Change
    adjusted: Change | None = None
    limit_since: date | None = None

    @property
    def judged(self) -> Change:
        """The difference that is judged: adjusted for case mix where possible, else unadjusted."""
        return self.change if self.adjusted is None else self.adjusted

    @property
    def told(self) -> bool:
        """Whether the difference is significant."""
        return self.judged.verdict in (Verdict.BETTER, Verdict.WORSE)

    @property
    def cleared(self) -> bool:
        """Whether the unadjusted figures show a difference that the case mix explains."""
        return not self.told and self.change.verdict in (Verdict.BETTER, Verdict.WORSE)


def beside_others(snapshot: Snapshot, team: TeamPeriod, funnel_of: Callable[[str], Funnel]) -> list[TeamFigure]:
    """Every compared metric over the period, the team against the others; none where it is alone.

    Judged is the difference that is adjusted for the team's cases, as on the funnel; all are tested together.

    Args:
        funnel_of: all teams of the period on the funnel of a metric (`teams_on_funnel`).
    """
    if team.others is None:
        return []
    found = [
        TeamFigure(name, one.now, one.before, one.change)
        for name, one in period_changes(snapshot, COMPARED, team.own, team.others).items()
    ]
    adjusted = [adjusted_difference(funnel_of, team.name, one.metric) for one in found]
    judged = judge_together([one.change if c is None else c for one, c in zip(found, adjusted, strict=True)]).changes
    listed = zip(found, adjusted, judged, strict=True)
    # a score of visits knows no cases: its own comparison, judged among the adjusted ones
    return [replace(one, change=j) if c is None else replace(one, adjusted=j) for one, c, j in listed]


def beside_past(snapshot: Snapshot, team: TeamPeriod) -> list[TeamFigure]:
    """Every compared metric of the team, the period against the one before, tested together."""
    found = period_changes(snapshot, COMPARED, team.own, team.before)
    return [
        TeamFigure(name, one.now, one.before, one.change, limit_since=one.limit_since) for name, one in found.items()
    ]
