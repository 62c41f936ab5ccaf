"""Groups side by side, each as a point with its interval, open where only indicative; the target as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.records import STATES, Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines, small_n
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.numbers import interval_text, n_text, value_text
from servq.ui.shell.theme import GREY, LINE


@dataclass(frozen=True)
class Mark:
    """One group: its name, figure and colour, and the target of a click.

    Attributes:
        target: where it has one of its own.
        more: further lines of the hover text; escaped already.
    """

    name: str
    reading: Reading
    colour: str
    slice_: Slice
    target: float | None = None
    more: str = ""


def intervals(metric: Metric, marks: Sequence[Mark], target: float | None = None) -> Chart:
    """One line per group on a shared scale; a group with too few rows is named, not drawn."""
    figure = sheet(40 * len(marks) + 46)
    firm = [place for place, mark in enumerate(marks) if _known(mark.reading)]
    figure.add_trace(_points(metric, marks, firm))
    small = {"size": 11, "color": GREY}
    for place, mark in enumerate(marks):
        if place not in firm:
            text = f"○ {say('样本不足', 'too few')} n={mark.reading.n:,}"
            figure.add_annotation(x=0, xref="paper", xanchor="left", y=place, showarrow=False, text=text, font=small)
    _aims(figure, metric, marks, target)
    labels = [_label(metric, mark, known=place in firm) for place, mark in enumerate(marks)]
    figure.update_xaxes(
        showgrid=True, gridcolor=LINE, ticksuffix="%" if metric.unit == "percent" else "", nticks=5, tickangle=0
    )
    number_lines(figure, labels)
    figure.update_layout(margin={"t": 22})
    targets = [(metric.name, mark.slice_) for mark in marks]
    return Chart(figure, targets, alt=name_of(metric.label), empty=not firm)


def _aims(figure: go.Figure, metric: Metric, marks: Sequence[Mark], target: float | None) -> None:
    """The common target across all lines, and a group's own on its line."""
    small = {"size": 11, "color": GREY}
    if target is not None:
        text = say("目标 ", "target ") + format_value(target, metric.unit, language())
        figure.add_vline(x=target, line={"color": GREY, "dash": "dot", "width": 1.2})
        figure.add_annotation(x=target, y=1, yref="paper", yanchor="bottom", showarrow=False, font=small, text=text)
    own = [(place, mark.target) for place, mark in enumerate(marks) if mark.target not in (None, target)]
    for place, x in own:
        line = {"color": GREY, "width": 2}
        figure.add_shape(type="line", x0=x, x1=x, y0=place - 0.38, y1=place + 0.38, line=line)
    for place, x in own[:1]:
        text = say("短线：自己的目标 ", "short line: its own target ") + format_value(x, metric.unit, language())
        figure.add_annotation(x=x, y=place - 0.38, yanchor="bottom", showarrow=False, font=small, text=text)


def _label(metric: Metric, mark: Mark, *, known: bool) -> str:
    n = small_n(mark.reading.n) if known else ""
    return f"{brief(mark.name)} <b>{value_text(metric, mark.reading)}</b>{n}"


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
        marker={
            "size": 12,
            "color": [mark.colour for mark in drawn],
            "symbol": ["circle" if mark.reading.state == State.JUDGEABLE else "circle-open" for mark in drawn],
            "line": {"width": 2},
        },
        error_x=arms,
        customdata=list(firm),
        text=[_hover(metric, mark) for mark in drawn],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _arm(outer: float | None, inner: float | None) -> float:
    return 0.0 if outer is None or inner is None else max(outer - inner, 0.0)


def _hover(metric: Metric, mark: Mark) -> str:
    aim = "" if mark.target is None else say("目标 ", "target ") + format_value(mark.target, metric.unit, language())
    return (
        f"{plain(mark.name)}<br><b>{value_text(metric, mark.reading)}</b> ({interval_text(metric, mark.reading)})"
        f"{aim and f'<br>{aim}'}<br>{n_text(mark.reading)} · {name_of(STATES[mark.reading.state])}{mark.more}"
    )
