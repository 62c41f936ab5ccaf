"""A matrix of readings that can be clicked: value and n in each field, tinted only where something can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from servq.metrics.comparison import Change, Verdict
from servq.metrics.definition import Metric
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.language import language, name_of, say
from servq.ui.numbers import HIDDEN_MARK, interval_text, n_text, why_nothing
from servq.ui.theme import BETTER_TINT, GREY, PLAIN_TINT, WORSE_TINT
from servq.wording import format_value

_TINTS = {Verdict.WORSE: 0, Verdict.BETTER: 2}
_PLAIN = 1
_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}
CELL_HEIGHT = 46
MOST_ROWS, MOST_COLUMNS = 20, 12
"""More than this nobody reads: the rest is named as a number, and the filter shows it."""


@dataclass(frozen=True)
class Cell:
    """One field of a matrix: where it stands, its figure, what may be said of it, what a click opens."""

    row: str
    column: str
    metric: Metric
    reading: Reading
    change: Change | None
    kept: Slice


def leading(cells: Sequence[Cell], names: Sequence[str], most: int, of: Literal["row", "column"]) -> list[str]:
    """The names worth a line or column when there are too many: changes that can be told first, then the largest n.

    They keep the order in which they were given.
    """
    weights = dict.fromkeys(names, (False, 0))
    for cell in cells:
        name = cell.row if of == "row" else cell.column
        told = cell.change is not None and cell.change.verdict in _TINTS
        if name in weights:
            weights[name] = (weights[name][0] or told, max(weights[name][1], cell.reading.n))
    kept = set(sorted(names, key=lambda name: weights[name], reverse=True)[:most])
    return [name for name in names if name in kept]


def matrix(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], words: Mapping[Verdict, str]) -> Chart:
    """Rows from top to bottom, columns from left to right; a field without data stays empty.

    The tints are a heat map; the clicks go to markers above it, because a heat map gives none.

    Args:
        rows, columns: the labels in their order; values from the data are escaped here.
        words: what a verdict is called in this comparison; a verdict without a word is not mentioned.
    """
    cells = [cell for cell in cells if cell.row in rows and cell.column in columns]
    figure = sheet(CELL_HEIGHT * len(rows) + 44)
    xs, ys = [plain(name) for name in columns], [plain(name) for name in rows]
    figure.add_trace(_tints(cells, rows, columns))
    figure.add_trace(
        go.Scatter(
            x=[plain(cell.column) for cell in cells],
            y=[plain(cell.row) for cell in cells],
            mode="markers+text",
            marker={"symbol": "square", "size": CELL_HEIGHT - 4, "color": "rgba(0,0,0,0)"},
            text=[_text(cell) for cell in cells],
            textfont={"size": 12.5},
            customdata=list(range(len(cells))),
            hovertext=[_hover(cell, words) for cell in cells],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    axis = {"type": "category", "categoryorder": "array", "showgrid": False, "showline": False}
    figure.update_xaxes(categoryarray=xs, side="top", tickangle=0, range=[-0.5, len(xs) - 0.5], **axis)
    figure.update_yaxes(categoryarray=ys[::-1], ticksuffix="  ", range=[-0.5, len(ys) - 0.5], **axis)
    alt = say(f"矩阵：{len(rows)} 行 × {len(columns)} 列", f"matrix: {len(rows)} rows × {len(columns)} columns")
    return Chart(figure, [(cell.metric.name, cell.kept) for cell in cells], alt=alt)


def _tints(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str]) -> go.Heatmap:
    tints: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    for cell in cells:
        judged = cell.change.verdict if cell.change is not None else Verdict.NONE
        tints[rows.index(cell.row)][columns.index(cell.column)] = _TINTS.get(judged, _PLAIN)
    return go.Heatmap(
        x=[plain(name) for name in columns],
        y=[plain(name) for name in rows],
        z=tints,
        zmin=0,
        zmax=2,
        colorscale=[(0.0, WORSE_TINT), (0.5, PLAIN_TINT), (1.0, BETTER_TINT)],
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
    )


def _text(cell: Cell) -> str:
    reading = cell.reading
    n = f"<span style='font-size:10px;color:{GREY}'>n={reading.n:,}</span>"
    if reading.value is None or reading.state == State.TOO_FEW:
        mark = HIDDEN_MARK if reading.state == State.HIDDEN else "○"
        return f"<span style='color:{GREY}'>{mark}</span><br>{n}"
    mark = _MARKS.get(cell.change.verdict, "") if cell.change is not None else ""
    value = mark + format_value(reading.value, cell.metric.unit, language(), bare=True)
    value = f"<b>{value}</b>" if reading.state == State.JUDGEABLE else f"<span style='color:{GREY}'>{value}</span>"
    return f"{value}<br>{n}"


def _hover(cell: Cell, words: Mapping[Verdict, str]) -> str:
    reading, unit = cell.reading, cell.metric.unit
    lines = [f"{plain(cell.row)} · {plain(cell.column)}", name_of(cell.metric.label)]
    if reading.value is None or reading.state == State.TOO_FEW:
        lines.append(why_nothing(reading))
    else:
        value = format_value(reading.value, unit, language())
        lines.append(f"<b>{value}</b> ({interval_text(cell.metric, reading)})")
    lines.append(n_text(reading))
    if cell.change is not None and cell.change.verdict in words:
        lines.append(words[cell.change.verdict])
    return "<br>".join(lines)
