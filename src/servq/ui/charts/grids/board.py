"""A board of clickable fields: two lines of text in each, tinted by the verdict. Its texts are given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import plotly.graph_objects as go

from servq.query import Asked
from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.grids.heads import heads, most_lines, sides
from servq.ui.shell.language import say
from servq.ui.shell.theme import BETTER_TINT, PLAIN_TINT, SAME_TINT, WORSE_TINT

FIELD_HEIGHT = 46


class Tint(IntEnum):
    """The meaning of a field's colour."""

    WORSE = 0
    PLAIN = 1
    SAME = 2
    BETTER = 3


_COLOURS = (WORSE_TINT, PLAIN_TINT, SAME_TINT, BETTER_TINT)


@dataclass(frozen=True)
class Field:
    """One field: its place, its text, the target of a click.

    Attributes:
        row, column: as the board's lists name them; escaped here.
        text, hover: tags of ours allowed, values escaped already.
        target: (metric, slice) of the rows behind it.
    """

    row: str
    column: str
    text: str
    hover: str
    tint: Tint
    target: tuple[Asked, Slice]


def board(fields: Sequence[Field], rows: Sequence[str], columns: Sequence[str], size: float = 12.5) -> Chart:
    """Rows from top to bottom, columns from left to right; a field that is not given stays empty.

    The tints are a heat map; the clicks go to markers above it, because a heat map gives none.
    """
    fields = [field for field in fields if field.row in rows and field.column in columns]
    xs, ys, above = [plain(name) for name in columns], [plain(name) for name in rows], heads(columns)
    figure = sheet(FIELD_HEIGHT * len(rows) + 28 + 16 * most_lines(above))
    figure.add_trace(_tints(fields, rows, columns))
    figure.add_trace(
        go.Scatter(
            x=[plain(field.column) for field in fields],
            y=[plain(field.row) for field in fields],
            mode="markers+text",
            marker={"symbol": "square", "size": FIELD_HEIGHT - 4, "color": "rgba(0,0,0,0)"},
            text=[field.text for field in fields],
            textfont={"size": size},
            customdata=list(range(len(fields))),
            hovertext=[field.hover for field in fields],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    axis = {"type": "category", "categoryorder": "array", "showgrid": False, "showline": False}
    over = {"tickmode": "array", "tickvals": xs, "ticktext": above, "tickangle": 0, "side": "top"}
    figure.update_xaxes(categoryarray=xs, range=[-0.5, len(xs) - 0.5], **over, **axis)
    beside = {"tickmode": "array", "tickvals": ys, "ticktext": sides(rows)}
    figure.update_yaxes(categoryarray=ys[::-1], range=[-0.5, len(ys) - 0.5], **beside, **axis)
    alt = say(f"矩阵：{len(rows)} 行 × {len(columns)} 列", f"matrix: {len(rows)} rows × {len(columns)} columns")
    return Chart(figure, [field.target for field in fields], alt=alt)


def _tints(fields: Sequence[Field], rows: Sequence[str], columns: Sequence[str]) -> go.Heatmap:
    tints: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    for field in fields:
        tints[rows.index(field.row)][columns.index(field.column)] = int(field.tint)
    last = len(_COLOURS) - 1
    return go.Heatmap(
        x=[plain(name) for name in columns],
        y=[plain(name) for name in rows],
        z=tints,
        zmin=0,
        zmax=last,
        colorscale=[(place / last, colour) for place, colour in enumerate(_COLOURS)],
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
    )
