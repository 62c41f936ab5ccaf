"""Importance-performance quadrant: each item a point with its interval, the averages as a cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.shell.language import say
from servq.ui.shell.theme import ACCENT, GREY, LINE, WORSE


@dataclass(frozen=True)
class Item:
    """One item: its performance (x), its importance in percent (y, with interval), what a click opens.

    Attributes:
        first: whether it is what to look at first.
    """

    metric: str
    name: str
    performance: float
    importance: float
    low: float
    high: float
    hover: str
    slice_: Slice
    first: bool


def quadrant(items: Sequence[Item], middle: tuple[float, float]) -> Chart:
    """More important upwards, better performance to the right; `middle` is the centre of the cross."""
    items = sorted(items, key=lambda item: item.performance)
    figure = sheet(400)
    figure.add_vline(x=middle[0], line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_hline(y=middle[1], line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_trace(
        go.Scatter(
            x=[item.performance for item in items],
            y=[item.importance for item in items],
            mode="markers+text",
            marker={"size": 14, "color": [WORSE if item.first else ACCENT for item in items]},
            text=[f"<b>{item.name}</b>" if item.first else item.name for item in items],
            # neighbours stand above and below in turn, so that their names fit side by side on a phone
            textposition=["bottom right" if place % 2 else "top right" for place in range(len(items))],
            cliponaxis=False,
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [item.high - item.importance for item in items],
                "arrayminus": [item.importance - item.low for item in items],
                "color": GREY,
                "thickness": 1.6,
                "width": 5,
            },
            customdata=list(range(len(items))),
            hovertext=[item.hover for item in items],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    xs = [item.performance for item in items]
    room = max(0.1, 0.35 * (max(xs, default=5) - min(xs, default=1)))
    figure.update_xaxes(range=[min(xs, default=1) - room, max(xs, default=5) + 2 * room], showgrid=True, gridcolor=LINE)
    figure.update_yaxes(ticksuffix="%", rangemode="tozero")
    _name_corners(figure)
    targets = [(item.metric, item.slice_) for item in items]
    return Chart(figure, targets, alt=say("重要性与表现", "importance and performance"), empty=not items)


def _name_corners(figure: go.Figure) -> None:
    """The labels of the upper corners."""
    small = {"size": 11, "color": GREY}
    left, right = say("重要，做得较弱 ↖", "important, weaker ↖"), say("重要，做得较好 ↗", "important, better ↗")
    for x, text in ((0.01, left), (0.99, right)):
        figure.add_annotation(
            x=x, y=0.99, xref="paper", yref="paper", xanchor="left" if x < 0.5 else "right", yanchor="top",
            showarrow=False, text=text, font=small,
        )  # fmt: skip
