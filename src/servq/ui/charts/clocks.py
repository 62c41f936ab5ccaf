"""Response times of several groups: from the median to the P90, on a scale of minutes, hours and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.formatting import format_value
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.shell.language import language, say
from servq.ui.shell.theme import ACCENT, FAINT, GREY, WORSE

_TICKS = (1 / 12, 0.25, 1, 4, 24, 96, 480)


@dataclass(frozen=True)
class Clock:
    """One group's clock: median and P90 in hours, the promised limit where there is one, what a click opens."""

    name: str
    median: Reading
    p90: Reading
    limit: float | None
    slice_: Slice


def clocks(groups: Sequence[Clock], clock: str) -> Chart:
    """A filled point for the median, an open one for the P90, a tick for the promise. Half wait longer.

    Args:
        clock: whose median and P90 the marks show and open, as in `first_response`_median.
    """
    figure = sheet(36 * len(groups) + 46)
    for place, group in enumerate(groups):
        if _known(group.median) and _known(group.p90):
            figure.add_shape(
                type="line", x0=group.median.value, x1=group.p90.value, y0=place, y1=place,
                line={"color": FAINT, "width": 4}, layer="below",
            )  # fmt: skip
    targets: list[tuple[str, Slice]] = []
    for which, fill in (("p90", "#FFFFFF"), ("median", ACCENT)):
        figure.add_trace(_points(groups, which, fill, len(targets)))
        targets += [(f"{clock}_{which}", group.slice_) for group in groups]
    figure.add_trace(_promised(groups))
    figure.update_xaxes(
        type="log", showgrid=True, tickvals=list(_TICKS), tickangle=0, gridcolor="#EEF0EC",
        ticktext=[format_value(tick, "hours", language()) for tick in _TICKS],
    )  # fmt: skip
    number_lines(figure, [brief(group.name) for group in groups])
    empty = not any(_known(reading) for group in groups for reading in (group.median, group.p90))
    return Chart(figure, targets, alt=say("响应时长", "response times"), empty=empty)


def _points(groups: Sequence[Clock], which: str, fill: str, first: int) -> go.Scatter:
    """One mark a group; `first` is the place of the first group's target."""
    shown = [(place, group, getattr(group, which)) for place, group in enumerate(groups)]
    shown = [(place, group, reading) for place, group, reading in shown if _known(reading)]
    return go.Scatter(
        y=[place for place, _, _ in shown],
        x=[reading.value for _, _, reading in shown],
        mode="markers",
        marker={"size": 12, "color": fill, "line": {"color": ACCENT, "width": 2}},
        customdata=[first + place for place, _, _ in shown],
        text=[_hover(group) for _, group, _ in shown],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _promised(groups: Sequence[Clock]) -> go.Scatter:
    limits = [(place, group.limit) for place, group in enumerate(groups) if group.limit is not None]
    return go.Scatter(
        y=[place for place, _ in limits],
        x=[limit for _, limit in limits],
        mode="markers",
        marker={"symbol": "line-ns", "size": 20, "line": {"width": 2.4, "color": WORSE}},
        hoverinfo="skip",
    )


def _known(reading: Reading) -> bool:
    return reading.value is not None and reading.state != State.TOO_FEW


def _hover(group: Clock) -> str:
    parts = [plain(group.name)]
    for word, reading in ((say("中位数", "median"), group.median), ("P90", group.p90)):
        value = format_value(reading.value, "hours", language()) if _known(reading) else "—"
        parts.append(f"{word} <b>{value}</b>")
    if group.limit is not None:
        parts.append(say("承诺 ", "promised ") + format_value(group.limit, "hours", language()))
    parts.append(f"<span style='color:{GREY}'>n = {group.median.n:,}</span>")
    return "<br>".join(parts)
