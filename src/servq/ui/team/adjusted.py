"""Case-mix-adjusted figures of teams: the funnels of a view, and one team's place on them."""

from __future__ import annotations

from dataclasses import replace

from servq.formatting import format_change, format_interval
from servq.metrics.verdicts import Change
from servq.query.teams.funnels import SLOWER, Funnel, teams_on_funnel
from servq.records import Reading, Slice, State
from servq.ui.components.figures import get_metric
from servq.ui.shell.language import language, say
from servq.ui.shell.view import View, kept_per_view


@kept_per_view
def funnel_of(view: View, metric: str) -> Funnel:
    """All teams of the period on the funnel of one metric."""
    return teams_on_funnel(view.snapshot, metric, everybody(view))


def everybody(view: View) -> Slice:
    """The period without the team filter, since a team is judged among all."""
    wide = Slice.of(None, None, **{key: values for key, values in view.slice_.where if key != "team"})
    return replace(view, slice_=wide).period


def gap_text(metric: str, change: Change) -> str:
    """A difference with its sign and its 95 % interval; a clock's is one of shares, and says so."""
    of = say("慢于全体中位数的占比 ", "share slower than the median of all ") if metric in SLOWER else ""
    return of + gap("percent" if metric in SLOWER else get_metric(metric).unit, change)


def gap(unit: str, change: Change) -> str:
    """A difference of this unit with its sign and its 95 % interval."""
    ends = Reading(None, 0, State.JUDGEABLE, low=change.low, high=change.high)
    between = format_interval(ends, unit, language()).removesuffix("%")
    size = format_change(change.delta, unit, language())
    points = say(" 个百分点", " pct. points") if unit == "percent" else ""
    return f"{size}{points}" + say(f"（95% 区间 {between}）", f" (95% {between})")
