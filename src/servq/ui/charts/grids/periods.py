"""Visits made against visits planned, as a grid: a line per team, a clickable field per month or quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.charts.lines import number_lines
from servq.ui.shell.language import say
from servq.ui.shell.theme import BETTER_TINT, PLAIN_TINT, WORSE_TINT

TINTS = {"done": BETTER_TINT, "short": WORSE_TINT, "running": PLAIN_TINT}


@dataclass(frozen=True)
class PeriodField:
    """One period: its line and column, its text, its state, the target of a click."""

    row: int
    column: int
    text: str
    standing: str
    hover: str
    slice_: Slice


def periods(fields: Sequence[PeriodField], rows: Sequence[str], columns: int) -> Chart:
    """Fields on a grid: planned and made in full, too few, or still running; word and colour say it together.

    Args:
        rows: names of the lines, escaped.
    """
    figure = sheet(44 * len(rows) + 30)
    for field in fields:
        figure.add_shape(
            type="rect", x0=field.column - 0.47, x1=field.column + 0.47, y0=field.row - 0.42, y1=field.row + 0.42,
            fillcolor=TINTS[field.standing], line={"width": 0}, layer="below",
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[field.column for field in fields],
            y=[field.row for field in fields],
            mode="markers+text",
            marker={"symbol": "square", "size": 38, "color": "rgba(0,0,0,0)"},
            text=[field.text for field in fields],
            customdata=list(range(len(fields))),
            hovertext=[field.hover for field in fields],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    figure.update_xaxes(range=[-0.55, columns - 0.45], showticklabels=False, showline=False)
    number_lines(figure, rows)
    targets = [("visit_score", field.slice_) for field in fields]
    return Chart(figure, targets, alt=say("访问计划与完成", "visits planned and made"), empty=not fields)
