"""One team against the other teams of its channels: the figures compared, and the significant differences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from servq.measures import ITEMS
from servq.query import team_comparison
from servq.query.channels.mix import Unlike, unlike
from servq.query.team_comparison import TeamFigure, TeamPeriod
from servq.records import NOT_GIVEN, Slice, State
from servq.ui.components.figures import reading, readings
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import everybody, funnel_of

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


@kept_per_view
def team_of(view: View, name: str) -> Team:
    """The team with its channels and the other teams there; the team filter is dropped, every other filter stays."""
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


def period_of(view: View, name: str) -> TeamPeriod:
    """The rows that the team is judged by, as the corridor takes them."""
    team = team_of(view, name)
    others = None if team.others is None else team.others.period
    own = team.own
    return TeamPeriod(name, team.channels, view.week, own.period, own.period_before, others, everybody(view))


@kept_per_view
def beside_others(view: View, name: str) -> list[TeamFigure]:
    """Every compared metric over the period, the team against the others, tested together; none where it is alone."""
    return team_comparison.beside_others(view.snapshot, period_of(view, name), partial(funnel_of, view))


@kept_per_view
def beside_past(view: View, name: str) -> list[TeamFigure]:
    """Every compared metric of the team, the period against the one before, tested together."""
    return team_comparison.beside_past(view.snapshot, period_of(view, name))


@kept_per_view
def unlike_others(view: View, name: str) -> list[Unlike]:
    """Differences in mix between the team and the teams that it is compared with."""
    team = team_of(view, name)
    if team.others is None:
        return []
    own, others = (each.weeks_back(0, LOOKED_BACK) for each in (team.own, team.others))
    return unlike(view.snapshot, own, others)


def nothing_known(team: Team) -> bool:
    """Whether the period holds no answers, complaints or visits of the team."""
    return all(reading(team.own, name, team.own.period).n == 0 for name in KNOWN_BY)


def too_few(team: Team) -> bool:
    """Whether the period holds too few answers for any survey figure to be judged."""
    return all(reading(team.own, name, team.own.period).state != State.JUDGEABLE for name in ("nps", "csat", *ITEMS))
