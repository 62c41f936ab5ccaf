"""Trend of a metric over weeks: points with an interval band, gaps where there is nothing, the target of each week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.records import Reading, Slice, State
from servq.standards import Target
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.charts.sparks import runs
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, value_text, why_nothing
from servq.ui.shell.theme import ACCENT, GREY
from servq.weeks import week_key, week_label

TINT = "rgba(31,86,115,.14)"


def trend(
    metric: Metric,
    weeks: Sequence[tuple[date, Reading | None]],
    slice_: Slice,
    held: Sequence[Target | None] = (),
    height: int = 260,
) -> Chart:
    """Each point opens the rows of its week. Too few rows: an open circle, outside the line.

    Args:
        held: the target that held in each week, where the metric has any.
    """
    figure = sheet(height)
    labels = [week_key(monday)[5:] for monday, _ in weeks]
    firm = [r if r is not None and r.state != State.TOO_FEW and r.value is not None else None for _, r in weeks]
    for run in runs(firm):
        band = [(labels[place], r) for place in run if (r := firm[place]) and r.low is not None and r.high is not None]
        figure.add_trace(_edge([x for x, _ in band], [r.high for _, r in band], None))
        figure.add_trace(_edge([x for x, _ in band], [r.low for _, r in band], "tonexty"))
    middle = [None if r is None else r.value for r in firm]
    figure.add_trace(go.Scatter(x=labels, y=middle, mode="lines", line={"color": ACCENT, "width": 2}, hoverinfo="skip"))
    marks = [(label, monday, r) for label, (monday, r) in zip(labels, weeks, strict=True) if r and r.value is not None]
    figure.add_trace(_points(metric, marks))
    for label, (_, reading) in zip(labels, weeks, strict=True):
        if reading is not None and reading.state == State.HIDDEN:
            _draw_hidden(figure, label, reading)
    if any(held):
        _draw_target(figure, metric, labels, held)
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=labels, nticks=9, tickangle=0)
    if metric.unit == "hours":
        figure.update_yaxes(rangemode="tozero")
    targets = [(metric.name, slice_.between(monday, monday + timedelta(days=6))) for _, monday, _ in marks]
    return Chart(figure, targets, alt=name_of(metric.label), empty=not any(firm))


def _points(metric: Metric, marks: Sequence[tuple[str, date, Reading]]) -> go.Scatter:
    return go.Scatter(
        x=[label for label, _, _ in marks],
        y=[r.value for _, _, r in marks],
        mode="markers",
        marker={
            "size": 9,
            "color": ["#FFFFFF" if r.state == State.TOO_FEW else ACCENT for _, _, r in marks],
            "line": {"color": ACCENT, "width": 1.6},
        },
        customdata=list(range(len(marks))),
        text=[_hover(metric, monday, r) for _, monday, r in marks],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _draw_hidden(figure: go.Figure, label: str, reading: Reading) -> None:
    """A mark on the axis, so that a hidden week does not look like one without answers."""
    figure.add_annotation(
        text=HIDDEN_MARK, x=label, y=0, yref="paper", yanchor="bottom", showarrow=False, font={"color": GREY},
        hovertext=f"{why_nothing(reading)}<br>{n_text(reading)}",
    )  # fmt: skip


def _draw_target(figure: go.Figure, metric: Metric, labels: list[str], held: Sequence[Target | None]) -> None:
    """A dotted line that steps where another target began; its words stand above the sheet, where no point can lie."""
    figure.add_trace(
        go.Scatter(
            x=labels,
            y=[None if target is None else target.value for target in held],
            mode="lines",
            line={"color": GREY, "dash": "dot", "width": 1.4, "shape": "hvh"},
            hoverinfo="skip",
        )
    )
    small = {"size": 11, "color": GREY}
    figure.add_annotation(
        text=_targets_said(metric, held),
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        showarrow=False,
        font=small,
    )
    figure.update_layout(margin_t=26)


def _targets_said(metric: Metric, held: Sequence[Target | None]) -> str:
    """`目标 35 点`; each that began within the weeks with its day: `目标 30 点 → 35 点（2026-07-01 起）`."""
    versions = list(dict.fromkeys(target for target in held if target is not None))
    told = []
    for place, target in enumerate(versions):
        value = format_value(target.value, metric.unit, language())
        begins_here = place > 0 or held[0] is None
        told.append(
            value + (say(f"（{target.valid_from} 起）", f" (since {target.valid_from})") if begins_here else "")
        )
    return "┄ " + say("目标 ", "target ") + " → ".join(told)


def _edge(xs: list[str], ys: list[float | None], fill: str | None) -> go.Scatter:
    return go.Scatter(x=xs, y=ys, mode="lines", line={"width": 0}, fill=fill, fillcolor=TINT, hoverinfo="skip")


def _hover(metric: Metric, monday: date, reading: Reading) -> str:
    state = say(" · 样本不足", " · too few") if reading.state == State.TOO_FEW else ""
    value = value_text(metric, reading) if not state else format_value(reading.value, metric.unit, language())
    return f"{week_label(monday)}<br><b>{value}</b> ({interval_text(metric, reading)})<br>{n_text(reading)}{state}"
