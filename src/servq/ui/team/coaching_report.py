"""The coaching report of the team in view, cached per view; made in `servq.query.teams.coaching_report`."""

from __future__ import annotations

from servq.query.teams.coaching_report import Talk
from servq.query.teams.coaching_report import talk_about as _talk_about
from servq.records import State
from servq.ui.components.figures import reading
from servq.ui.components.team_peers import team_of
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import funnel_of
from servq.ui.team.comparing import beside_others, beside_past, period_of


def is_hidden(view: View, name: str) -> bool:
    """Whether the team's answers are too few to be shown, or would reveal a smaller team."""
    own = team_of(view, name).own
    return reading(own, "nps", own.period).state == State.HIDDEN or name in funnel_of(view, "nps").hidden


@kept_per_view
def talk_about(view: View, name: str) -> Talk:
    """The content of a talk with one team."""
    return _talk_about(view.snapshot, period_of(view, name), beside_others(view, name), beside_past(view, name))
