"""One team beside the other teams of its channels: whose figures they are, and where a difference can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servq.measures import ITEMS
from servq.metrics.judgement.comparison import compare_many, judge_together
from servq.metrics.verdicts import Change, Verdict
from servq.query.channels.mix import Unlike, unlike
from servq.records import NOT_GIVEN, Reading, Slice, State
from servq.ui.components.figures import get_metric, reading, readings
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import apart

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

KNOWN_BY = ("responses", "complaints", "visit_score")
"""Metrics whose n counts what is known of a team: answers, complaints, visits."""

LOOKED_BACK = 26
"""Weeks in which a team's channels, peers and cases are looked for."""


@dataclass(frozen=True)
class Team:
    """A team, the channels that it works in, and the other teams there.

    Attributes:
        own: the reader's view, narrowed to the team.
        others: the same view over the other teams of its channels; None where it is alone.
    """

    name: str
    channels: tuple[str, ...]
    other_names: tuple[str, ...]
    own: View
    others: View | None


@dataclass(frozen=True)
class Beside:
    """One metric of a team beside that of the others, or beside its own past, and what may be said.

    Attributes:
        change: as the figures came.
        adjusted: against what the team's own cases bring elsewhere; where it is known, it alone is the judgement.
    """

    metric: str
    now: Reading
    against: Reading
    change: Change
    adjusted: Change | None = None

    @property
    def judged(self) -> Change:
        """The difference that is judged: adjusted for the cases where that can be done, else as it came."""
        return self.change if self.adjusted is None else self.adjusted

    @property
    def told(self) -> bool:
        """Whether the two can be told apart."""
        return self.judged.verdict in (Verdict.BETTER, Verdict.WORSE)

    @property
    def cleared(self) -> bool:
        """Whether the figures as they came would tell a difference that the cases explain."""
        return not self.told and self.change.verdict in (Verdict.BETTER, Verdict.WORSE)


@kept_per_view
def team_of(view: View, name: str) -> Team:
    """The team with its channels and the other teams there; the team filter gives way, every other filter stays."""
    wide = Slice.of(None, None, **{key: values for key, values in view.kept.where if key != "team"})
    own = replace(view, kept=wide.and_(team=name))
    channels = _found(own, "channel")
    everywhere = replace(view, kept=Slice.of(None, None, **(dict(wide.where) | {"channel": channels})))
    others = tuple(team for team in _found(everywhere, "team") if team not in (name, NOT_GIVEN)) if channels else ()
    kept = Slice.of(None, None, **(dict(everywhere.kept.where) | {"team": others}))
    return Team(name, channels, others, own, replace(view, kept=kept) if others else None)


def _found(view: View, dimension: str) -> tuple[str, ...]:
    """The values of a dimension among the answers, complaints and visits of the last half year."""
    days = view.weeks_back(0, LOOKED_BACK)
    rows = [row for name in KNOWN_BY for row in readings(view, name, (dimension,), days)]
    return tuple(sorted({row.dims[dimension] for row in rows}))


@kept_per_view
def beside_others(view: View, name: str) -> list[Beside]:
    """Every compared metric over the period, the team against the others; none where it is alone.

    Judged is the difference that is adjusted for the team's cases, as on the funnel; all are tested together.
    """
    team = team_of(view, name)
    if team.others is None:
        return []
    found = _beside(team.own, team.own.period, team.others, team.others.period)
    changes = [apart(view, name, one.metric) for one in found]
    judged = judge_together([one.change if c is None else c for one, c in zip(found, changes, strict=True)]).changes
    listed = zip(found, changes, judged, strict=True)
    # a score of visits knows no cases: its own comparison, judged among the adjusted ones
    return [replace(one, change=j) if c is None else replace(one, adjusted=j) for one, c, j in listed]


@kept_per_view
def beside_past(view: View, name: str) -> list[Beside]:
    """Every compared metric of the team, the period against the one before, tested together."""
    own = team_of(view, name).own
    return _beside(own, own.period, own, own.period_before)


@kept_per_view
def unlike_others(view: View, name: str) -> list[Unlike]:
    """Where the team's customers and cases are others than those of the teams that it is compared with."""
    team = team_of(view, name)
    if team.others is None:
        return []
    own, others = (each.weeks_back(0, LOOKED_BACK) for each in (team.own, team.others))
    return unlike(view.snapshot, own, others)


def _beside(first: View, now: Slice, second: View, against: Slice) -> list[Beside]:
    pairs = [(reading(first, name, now), reading(second, name, against)) for name in COMPARED]
    judged = compare_many([(*pair, get_metric(name).better) for name, pair in zip(COMPARED, pairs, strict=True)])
    return [Beside(name, *pair, change) for name, pair, change in zip(COMPARED, pairs, judged.changes, strict=True)]


def nothing_known(team: Team) -> bool:
    """Whether the period holds no answers, complaints or visits of the team."""
    return all(reading(team.own, name, team.own.period).n == 0 for name in KNOWN_BY)


def too_few(team: Team) -> bool:
    """Whether the period holds too few answers for any survey figure to be judged."""
    return all(reading(team.own, name, team.own.period).state != State.JUDGEABLE for name in ("nps", "csat", *ITEMS))
