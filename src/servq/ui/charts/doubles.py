"""Doubled visits: two shoppers' scores of the same place and day against each other, and the line of agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.shell.language import say
from servq.ui.shell.theme import ACCENT, GREY, LINE


@dataclass(frozen=True)
class Double:
    """One pair of visits: both scores in percent, the hover text, the visits that a click opens."""

    first: float
    second: float
    hover: str
    slice_: Slice


def doubles(pairs: Sequence[Double]) -> Chart:
    """First shopper to the right, second upwards; both axes from the same lowest score to 100 %."""
    figure = sheet(300)
    least = min([end for pair in pairs for end in (pair.first, pair.second)], default=0.0)
    start = max(0, 10 * floor((least - 2) / 10))
    figure.add_shape(type="line", x0=start, y0=start, x1=100, y1=100, line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_trace(
        go.Scatter(
            x=[pair.first for pair in pairs],
            y=[pair.second for pair in pairs],
            mode="markers",
            marker={"size": 10, "color": ACCENT, "opacity": 0.7},
            customdata=list(range(len(pairs))),
            text=[pair.hover for pair in pairs],
            hovertemplate="%{text}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    axis = {"range": [start, 101], "ticksuffix": "%", "showgrid": True, "gridcolor": LINE, "tickangle": 0, "dtick": 10}
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    targets = [("visit_score", pair.slice_) for pair in pairs]
    return Chart(figure, targets, alt=say("双访得分对照", "scores of doubled visits"), empty=not pairs)
