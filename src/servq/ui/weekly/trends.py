"""The trend of a metric over half a year: the whole slice as a chart, each channel as a small one beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from servq.query.verdicts import PeriodChange, period_changes
from servq.records import Reading, State
from servq.ui.charts import canvas, sparks
from servq.ui.components.figures import by_week, get_metric, readings
from servq.ui.components.findings import over_time
from servq.ui.components.half_year_trend import TREND_WEEKS, dated_trend, how_to_read, no_trend
from servq.ui.shell import shell
from servq.ui.shell.choices import choose_metric
from servq.ui.shell.language import shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import value_text
from servq.ui.shell.theme import channel_colour, in_channel_order
from servq.ui.shell.view import View, kept_per_view
from servq.ui.weekly.weekly import WATCHED

TRENDS = WATCHED[:5]


def trends(view: View) -> None:
    """The metric over 26 weeks, and one small drawing per channel on the same scale."""
    above = st.container()
    name = choose_metric("weekly-trend", TRENDS)
    with above:
        shell.section(_heading(view, name), how_to_read())
    chart = _trend(view, name)
    if chart.empty:
        shell.note(no_trend())
        return
    canvas.show(chart, f"trend-{name}")
    draw(_small_multiples(view, name))


def _heading(view: View, name: str) -> str:
    """The finding of the trend: the period against as many weeks before."""
    found = _judged(view)[name]
    return over_time(get_metric(name), view.span, found.now, found.before, found.change.verdict)


@kept_per_view
def _judged(view: View) -> dict[str, PeriodChange]:
    """The verdict on each trend that can be chosen here, tested together."""
    return period_changes(view.snapshot, TRENDS, view.period, view.period_before)


@kept_per_view
def _trend(view: View, name: str) -> canvas.Chart:
    return dated_trend(view, name)


@kept_per_view
def _small_multiples(view: View, name: str) -> Markup:
    metric = get_metric(name)
    rows = readings(view, name, ("channel",), view.weeks_back(0, TREND_WEEKS))
    channels = in_channel_order(row.dims["channel"] for row in rows)
    series = {channel: _weeks_of(view, name, channel) for channel in channels}
    scale = sparks.own_scale([r for weeks in series.values() for r in weeks])
    return piece(
        '<div class="sq sq-small">{parts}</div>',
        parts=joined(_small(metric.name, channel, weeks, scale) for channel, weeks in series.items()),
    )


def _weeks_of(view: View, name: str, channel: str) -> list[Reading | None]:
    return [found for _, found in by_week(view, name, view.slice_.and_(channel=channel), TREND_WEEKS)]


def _small(name: str, channel: str, weeks: Sequence[Reading | None], scale: tuple[float, float]) -> Markup:
    metric, last = get_metric(name), weeks[-1] or Reading(None, 0, State.TOO_FEW)
    return piece(
        '<div><div class="head"><b style="color:{colour}">{channel}</b>'
        "<span>{value} <small>n={n}</small></span></div>{line}</div>",
        colour=channel_colour(channel),
        channel=shown(channel),
        value=value_text(metric, last),
        n=f"{last.n:,}",
        line=sparks.line(weeks, scale, channel_colour(channel), height=52),
    )
