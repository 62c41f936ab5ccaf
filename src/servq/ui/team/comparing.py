"""One team against the other teams of its channels: the figures compared, and the significant differences."""

from __future__ import annotations

from functools import partial

from servq.measures import ITEMS
from servq.query.channels.mix import Unlike, unlike
from servq.query.teams import team_comparison
from servq.query.teams.team_comparison import TeamFigure, TeamPeriod
from servq.records import State
from servq.ui.components.figures import reading
from servq.ui.components.team_peers import KNOWN_BY, LOOKED_BACK, Team, team_of
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import everybody, funnel_of


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
