"""The learning curve of a model: accuracy by the number of own labels, a line per set, lowest to highest as a band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from servq.text.training.measured import LearningCurvePoint
from servq.ui.charts.canvas import Chart, sheet
from servq.ui.shell.language import say
from servq.ui.shell.theme import ACCENT, GREY

_BANDS = ("rgba(31,86,115,.14)", "rgba(169,174,178,.22)")
_COLOURS = (ACCENT, GREY)


def curve(sets: Mapping[str, Sequence[LearningCurvePoint]], aim: float) -> Chart:
    """Accuracy by the number of own labels, on steps of equal width; the aim as a dashed line.

    Args:
        sets: name of ours -> its points, fewest labels first; two sets have colours.
    """
    figure = sheet(300)
    steps = sorted({point.labels for points in sets.values() for point in points})
    names = [f"{step:,}" for step in steps]
    for (name, points), colour, band in zip(sets.items(), _COLOURS, _BANDS, strict=True):
        x = [f"{point.labels:,}" for point in points]
        figure.add_trace(_edge(x, [100 * point.high for point in points], None, band))
        figure.add_trace(_edge(x, [100 * point.low for point in points], "tonexty", band))
        figure.add_trace(_line(name, x, points, colour))
    figure.add_hline(y=100 * aim, line={"color": GREY, "width": 1, "dash": "dash"})
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=names, tickangle=0)
    figure.update_yaxes(ticksuffix="%", nticks=6)
    return Chart(figure, alt=say("学习曲线：自有标注数与准确率", "learning curve: own labels and accuracy"))


def _edge(x: Sequence[str], y: Sequence[float], fill: str | None, band: str) -> go.Scatter:
    return go.Scatter(x=x, y=y, mode="lines", line={"width": 0}, fill=fill, fillcolor=band, hoverinfo="skip")


def _line(name: str, x: Sequence[str], points: Sequence[LearningCurvePoint], colour: str) -> go.Scatter:
    accuracies = [100 * point.accuracy for point in points]
    hover = [
        f"{name}<br><b>{point.accuracy:.1%}</b> ({point.low:.1%} – {point.high:.1%})<br>"
        + say(
            f"{point.labels:,} 条自有标注；在 {point.n:,} 条上评判", f"{point.labels:,} labels; judged on {point.n:,}"
        )
        for point in points
    ]
    return go.Scatter(
        x=x,
        y=accuracies,
        mode="lines+markers+text",
        line={"color": colour, "width": 2},
        marker={"size": 8, "color": colour},
        text=["" if place else name for place in range(len(points))],
        textposition="top right",
        textfont={"color": colour, "size": 12},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
