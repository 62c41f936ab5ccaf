"""Funnel plot of teams: n to the right, the figure upwards, the limits of chance around all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.metrics.verdicts import ZONES, Zone
from servq.query.teams.funnels import LIMITS, Funnel, Placed
from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.theme import ACCENT, BETTER, FAINT, GREY, INK, LINE, WORSE

_ROOM = 1.12
"""The length of the limits, relative to the largest team's n."""


@dataclass(frozen=True)
class FunnelMark:
    """One team: its name, its place, the value that a click passes, whether it is the page's team."""

    name: str
    placed: Placed
    slice_: Slice
    chosen: bool


def funnels(metric: Metric, found: Funnel, marks: Sequence[FunnelMark], ends: tuple[float, float]) -> Chart:
    """Filled points are adjusted, open ones unadjusted; coloured beyond the 99.8 % limit only.

    Args:
        ends: lowest and highest possible figure; nothing is drawn beyond.
    """
    figure = sheet(380)
    xs = [x for mark in marks for x in (mark.placed.worth, _at(mark.placed)[0])]
    for errors, dash in zip(LIMITS, ("dot", "solid"), strict=True):
        figure.add_trace(_limits(found, max(xs, default=100) * _ROOM, errors, dash, ends))
    figure.add_hline(y=found.centre, line={"color": GREY, "width": 1.2})
    figure.add_trace(_ways(marks, ends))
    figure.add_trace(_raw(marks, ends))
    figure.add_trace(_adjusted(metric, marks, ends))
    most = max(xs, default=100) * _ROOM
    figure.update_xaxes(range=[0, most], showgrid=False, tickprefix="n = ", nticks=6, tickangle=0)
    ys = [y for mark in marks for y in (mark.placed.value, _at(mark.placed)[1])]
    room = max(8.0, 0.25 * (max(ys, default=0) - min(ys, default=0)))
    figure.update_yaxes(
        range=[max(ends[0], min(ys, default=0) - room), min(ends[1] + 1, max(ys, default=0) + room)],
        ticksuffix="%" if metric.unit == "percent" else "",
    )
    targets = [(metric.name, mark.slice_) for mark in marks]
    return Chart(figure, targets, alt=say("班组漏斗图", "funnel plot of teams"), empty=not marks)


def _at(placed: Placed) -> tuple[float, float]:
    """The place of the filled point: adjusted where possible, else unadjusted."""
    return (placed.worth, placed.value) if placed.adjusted is None else (placed.precision, placed.adjusted)


def _within(value: float, ends: tuple[float, float]) -> float:
    return min(max(value, ends[0]), ends[1])


def _limits(found: Funnel, most: float, errors: float, dash: str, ends: tuple[float, float]) -> go.Scatter:
    ns = np.geomspace(8, max(most, 20), 60)
    lines: list[tuple[float | None, float | None]] = []
    for sign in (1, -1):
        lines += [(float(n), _within(found.limit(n, sign * errors), ends)) for n in ns] + [(None, None)]
    line = {"color": FAINT, "width": 1.3, "dash": dash}
    return go.Scatter(x=[x for x, _ in lines], y=[y for _, y in lines], mode="lines", line=line, hoverinfo="skip")


def _ways(marks: Sequence[FunnelMark], ends: tuple[float, float]) -> go.Scatter:
    """A thin line from each team's unadjusted figure to the adjusted one."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for mark in marks:
        x, y = _at(mark.placed)
        xs += [mark.placed.worth, x, None]
        ys += [mark.placed.value, _within(y, ends), None]
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": LINE, "width": 1.2}, hoverinfo="skip")


def _raw(marks: Sequence[FunnelMark], ends: tuple[float, float]) -> go.Scatter:
    return go.Scatter(
        x=[mark.placed.worth for mark in marks],
        y=[_within(mark.placed.value, ends) for mark in marks],
        mode="markers",
        marker={
            "size": 8,
            "color": "#FFFFFF",
            "line": {"color": [INK if m.chosen else GREY for m in marks], "width": 1.4},
        },
        hoverinfo="skip",
    )


def _adjusted(metric: Metric, marks: Sequence[FunnelMark], ends: tuple[float, float]) -> go.Scatter:
    places = [_at(mark.placed) for mark in marks]
    return go.Scatter(
        x=[x for x, _ in places],
        y=[_within(y, ends) for _, y in places],
        mode="markers+text",
        marker={
            "size": [16 if mark.chosen else 11 for mark in marks],
            "color": [_colour(metric, mark) for mark in marks],
            "line": {"color": [INK if mark.chosen else "#FFFFFF" for mark in marks], "width": 1.6},
        },
        text=[_label(mark) for mark in marks],
        textposition="top center",
        textfont={"size": 11},
        cliponaxis=False,
        customdata=list(range(len(marks))),
        hovertext=[_hover(metric, mark) for mark in marks],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected=UNSELECTED,
    )


def _zone(placed: Placed) -> Zone:
    return placed.zone if placed.adjusted is None else placed.zone_adjusted


def _colour(metric: Metric, mark: FunnelMark) -> str:
    zone = _zone(mark.placed)
    if zone in (Zone.FAR_ABOVE, Zone.FAR_BELOW):
        return BETTER if (zone == Zone.FAR_ABOVE) == (metric.better == "higher") else WORSE
    return FAINT if zone == Zone.TOO_FEW else ACCENT


def _label(mark: FunnelMark) -> str:
    """The chosen team and those beyond a limit are named; the others by the mouse."""
    name = brief(mark.name)
    if mark.chosen:
        return f"<b>{name}</b>"
    return "" if _zone(mark.placed) in (Zone.INSIDE, Zone.TOO_FEW) else name


def _hover(metric: Metric, mark: FunnelMark) -> str:
    placed = mark.placed

    def figure(value: float, zone: Zone) -> str:
        return f"<b>{format_value(value, metric.unit, language())}</b> {name_of(ZONES[zone])}"

    lines = [plain(mark.name), say("原始 ", "as it came ") + figure(placed.value, placed.zone)]
    if placed.adjusted is not None:
        lines.append(say("调整后 ", "adjusted ") + figure(placed.adjusted, placed.zone_adjusted))
    return "<br>".join([*lines, f"n = {placed.n:,}"])
