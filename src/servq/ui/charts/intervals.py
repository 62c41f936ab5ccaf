"""Groups side by side, each as a point on its interval; the reference and the target as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.metrics.definition import Metric
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.language import language, name_of, say
from servq.ui.numbers import interval_text, n_text, value_text
from servq.ui.theme import GREY, LINE
from servq.wording import format_value


@dataclass(frozen=True)
class Mark:
    """One group: its name, figure and colour, what a click opens."""

    name: str
    reading: Reading
    colour: str
    kept: Slice


def intervals(metric: Metric, marks: Sequence[Mark], target: float | None = None) -> Chart:
    """One line a group, largest scale shared; a group with too few rows is named, not drawn."""
    figure = sheet(40 * len(marks) + 46)
    firm = [place for place, mark in enumerate(marks) if _known(mark.reading)]
    figure.add_trace(_points(metric, marks, firm))
    small = {"size": 11, "color": GREY}
    for place, mark in enumerate(marks):
        if place not in firm:
            text = f"○ {say('样本不足', 'too few')} n={mark.reading.n:,}"
            figure.add_annotation(x=0, xref="paper", xanchor="left", y=place, showarrow=False, text=text, font=small)
    if target is not None:
        text = say("目标 ", "target ") + format_value(target, metric.unit, language())
        figure.add_vline(x=target, line={"color": GREY, "dash": "dot", "width": 1.2})
        figure.add_annotation(x=target, y=1, yref="paper", yanchor="bottom", showarrow=False, font=small, text=text)
    labels = [f"{brief(mark.name)} <b>{value_text(metric, mark.reading)}</b>" for mark in marks]
    figure.update_xaxes(
        showgrid=True, gridcolor=LINE, ticksuffix="%" if metric.unit == "percent" else "", nticks=6, tickangle=0
    )
    number_lines(figure, labels)
    figure.update_layout(margin={"t": 22})
    targets = [(metric.name, mark.kept) for mark in marks]
    return Chart(figure, targets, alt=name_of(metric.label), empty=not firm)


def _known(reading: Reading) -> bool:
    return reading.value is not None and reading.state != State.TOO_FEW


def _points(metric: Metric, marks: Sequence[Mark], firm: Sequence[int]) -> go.Scatter:
    drawn = [marks[place] for place in firm]
    arms = {
        "type": "data",
        "symmetric": False,
        "array": [_arm(mark.reading.high, mark.reading.value) for mark in drawn],
        "arrayminus": [_arm(mark.reading.value, mark.reading.low) for mark in drawn],
        "color": GREY,
        "thickness": 2,
        "width": 5,
    }
    return go.Scatter(
        y=list(firm),
        x=[mark.reading.value for mark in drawn],
        mode="markers",
        marker={"size": 12, "color": [mark.colour for mark in drawn]},
        error_x=arms,
        customdata=list(firm),
        text=[_hover(metric, mark) for mark in drawn],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _arm(outer: float | None, inner: float | None) -> float:
    return 0.0 if outer is None or inner is None else max(outer - inner, 0.0)


def _hover(metric: Metric, mark: Mark) -> str:
    return (
        f"{plain(mark.name)}<br><b>{value_text(metric, mark.reading)}</b> ({interval_text(metric, mark.reading)})"
        f"<br>{n_text(mark.reading)}"
    )
