"""Points with intervals, one group per line, on any scale: for values that are no metric, such as differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.charts.lines import number_lines
from servq.ui.shell.language import say
from servq.ui.shell.theme import GREY, LINE


@dataclass(frozen=True)
class Dot:
    """One line.

    Attributes:
        name: escaped already: it may hold tags.
        value, low, high: None where nothing may be shown; `why` says so instead.
        target: the (metric, slice) that a click opens; None opens nothing.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    colour: str
    hover: str
    target: tuple[str, Slice] | None
    why: str = ""


def dots(lines: Sequence[Dot], alt: str, *, zero: bool = False, suffix: str = "") -> Chart:
    """One line per group, the first on top.

    Args:
        zero: draw the line of no difference, and keep it in sight.
        suffix: the unit behind the axis' figures.
    """
    figure = sheet(40 * len(lines) + 46)
    known = [place for place, line in enumerate(lines) if line.value is not None]
    targets: list[tuple[str, Slice]] = []
    places: list[int | None] = []
    for place in known:
        target = lines[place].target
        places.append(None if target is None else len(targets))
        targets += [] if target is None else [target]
    figure.add_trace(_points([lines[place] for place in known], known, places))
    for place, line in enumerate(lines):
        if line.value is None:
            figure.add_annotation(
                x=0, xref="paper", xanchor="left", y=place, showarrow=False, text=f"○ {line.why}",
                font={"size": 11, "color": GREY},
            )  # fmt: skip
    if zero:
        figure.add_vline(x=0, line={"color": GREY, "width": 1.2})
    figure.update_xaxes(showgrid=True, gridcolor=LINE, ticksuffix=suffix, tickangle=0, nticks=7)
    number_lines(figure, [line.name for line in lines])
    return Chart(figure, targets, alt=alt or say("各组区间", "groups with intervals"), empty=not known)


def _points(drawn: Sequence[Dot], places: Sequence[int], customdata: Sequence[int | None]) -> go.Scatter:
    return go.Scatter(
        y=list(places),
        x=[line.value for line in drawn],
        mode="markers",
        marker={"size": 12, "color": [line.colour for line in drawn]},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [_arm(line.value, line.high) for line in drawn],
            "arrayminus": [_arm(line.low, line.value) for line in drawn],
            "color": GREY,
            "thickness": 2,
            "width": 5,
        },
        customdata=list(customdata),
        text=[line.hover for line in drawn],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _arm(inner: float | None, outer: float | None) -> float:
    return 0.0 if outer is None or inner is None else max(outer - inner, 0.0)
