"""Waiting times by team: the clocks beside their promised limits, each figure opening its complaints."""

from __future__ import annotations

from servq.query.verdicts import promise_standing
from servq.records import Label, Reading
from servq.ui.causes import ageing, causes
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.lines import busiest
from servq.ui.components.figures import get_metric, readings
from servq.ui.components.findings import Answered, against_promises
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.numbers import interval_text, n_text, value_text
from servq.ui.shell.theme import GREY
from servq.ui.shell.view import View, kept_per_view

COLUMNS = ("resolution_median", "resolution_p90", "sla_attainment", "reopen_rate")
"""The figures beside the first response of each team."""


def waiting(view: View) -> None:
    """Waiting times by team: the clock as a chart, the counts as a table."""
    shell.section(
        _said(view) if _teams(view) else say("客户等了多久", "How long customers wait"),
        say(
            "实心 中位数，空心 P90，红线 承诺；对数刻度；未结束的按已等时间计入（Kaplan–Meier）；点圆点看投诉",
            "Filled: median, open: P90, red: promise; log scale; open cases count with the time waited so far "
            "(Kaplan–Meier); click a point for its complaints",
        ),
    )
    if not _teams(view):
        shell.note(causes.nothing(view))
        return
    chart = _clocks(view)
    if chart.empty:
        shell.note(say("每个班组的投诉都太少，尚不能画出。", "Too few complaints in each team to draw."))
    else:
        canvas.show(chart, "clocks")
    canvas.show(_table(view), "team-clocks", wide=True)
    more = len(readings(view, "complaints", ("team",), view.period)) - len(_teams(view))
    if more:
        zh, en = (
            f"另有 {more:,} 个班组，件数较少，可用筛选查看",
            f"{more:,} more teams with fewer cases: use the filter",
        )
        shell.note(say(zh, en))
    ageing.still_open(view, _teams(view))


@kept_per_view
def _teams(view: View) -> list[str]:
    return busiest({row.dims["team"]: row.reading.n for row in readings(view, "complaints", ("team",), view.period)})


def _said(view: View) -> str:
    """The finding of the clocks: the drawn teams that break their promise."""
    return against_promises(*_answered(view), Label("班组", "teams"))


@kept_per_view
def _answered(view: View) -> tuple[list[Answered], int]:
    """The drawn teams that promised something, judged; and how many of them promised nothing."""
    median, within = (
        {row.dims["team"]: row.reading for row in readings(view, name, ("team",), view.period)}
        for name in ("first_response_median", "sla_attainment")
    )
    only = view.slice_.only("channel")
    promised = [team for team in _teams(view) if all(_limits(view, team))]
    found = [
        Answered(
            shown(team), median[team], within[team], promise_standing(view.snapshot, within[team], view.week, only)
        )
        for team in promised
    ]
    return found, len(_teams(view)) - len(promised)


@kept_per_view
def _clocks(view: View) -> canvas.Chart:
    median, p90 = (
        {row.dims["team"]: row.reading for row in readings(view, name, ("team",), view.period)}
        for name in ("first_response_median", "first_response_p90")
    )
    groups = [
        Clock(shown(team), median[team], p90[team], _limit(view, team), view.period.and_(team=team))
        for team in _teams(view)
    ]
    return clocks(groups, "first_response")


def _limit(view: View, team: str) -> float | None:
    """The promise that a team works under: only where all its channels promise the same."""
    limits = _limits(view, team)
    return limits.pop() if len(limits) == 1 else None


def _limits(view: View, team: str) -> set[float | None]:
    """The promises of the channels in which the team has complaints; None for a channel without one."""
    found = (view.snapshot.standards.promise(channel, view.week) for channel in _channels(view)[team])
    return {None if promise is None else promise.limit_hours for promise in found}


@kept_per_view
def _channels(view: View) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in readings(view, "complaints", ("team", "channel"), view.period):
        found.setdefault(row.dims["team"], []).append(row.dims["channel"])
    return found


@kept_per_view
def _table(view: View) -> canvas.Chart:
    """One line a team: resolution, share within the limit, share reopened; each figure opens its complaints."""
    names = {name: name_of(get_metric(name).label) for name in COLUMNS}
    fields = [
        _figure(view, name, row.reading, row.dims["team"])
        for name in COLUMNS
        for row in readings(view, name, ("team",), view.period)
    ]
    return board(fields, [shown(team) for team in _teams(view)], list(names.values()))


def _figure(view: View, name: str, found: Reading, team: str) -> Field:
    metric = get_metric(name)
    value, between = value_text(metric, found), interval_text(metric, found)
    small = f"<span style='font-size:11px;color:{GREY}'>{between} n={found.n:,}</span>"
    return Field(
        shown(team),
        name_of(metric.label),
        f"<b>{value}</b><br>{small}",
        f"{plain(shown(team))} · {name_of(metric.label)}<br><b>{value}</b> {between}<br>{n_text(found)}",
        Tint.PLAIN,
        (name, view.period.and_(team=team)),
    )
