"""A matrix of readings that can be clicked: square markers, value and n inside, tinted only where something can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.metrics.comparison import VERDICTS, Change, Verdict
from servq.metrics.definition import Metric
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.language import language, name_of, say
from servq.ui.numbers import interval_text, n_text
from servq.ui.theme import BETTER_TINT, GREY, PLAIN_TINT, WORSE_TINT
from servq.wording import format_value

_TINTS = {Verdict.BETTER: BETTER_TINT, Verdict.WORSE: WORSE_TINT}
_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}
CELL_HEIGHT = 46


@dataclass(frozen=True)
class Cell:
    """One field of a matrix: where it stands, its figure, what may be said of it, what a click opens."""

    row: str
    column: str
    metric: Metric
    reading: Reading
    change: Change | None
    kept: Slice


def matrix(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str]) -> Chart:
    """Rows from top to bottom, columns from left to right; a field without data stays empty.

    Args:
        rows, columns: the labels in their order; values from the data are escaped here.
    """
    figure = sheet(CELL_HEIGHT * len(rows) + 44)
    figure.add_trace(
        go.Scatter(
            x=[plain(cell.column) for cell in cells],
            y=[plain(cell.row) for cell in cells],
            mode="markers+text",
            marker={
                "symbol": "square",
                "size": 40,
                "color": [_tint(cell) for cell in cells],
                "line": {"width": 0},
            },
            text=[_text(cell) for cell in cells],
            textfont={"size": 12.5},
            customdata=list(range(len(cells))),
            hovertext=[_hover(cell) for cell in cells],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=[plain(name) for name in columns], side="top", tickangle=0,
        range=[-0.5, len(columns) - 0.5],
    )  # fmt: skip
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=[plain(name) for name in rows][::-1], showgrid=True,
        range=[-0.5, len(rows) - 0.5],
    )  # fmt: skip
    return Chart(figure, [(cell.metric.name, cell.kept) for cell in cells], alt=say("班组 × 渠道矩阵", "team × channel matrix"))


def _tint(cell: Cell) -> str:
    return _TINTS.get(cell.change.verdict, PLAIN_TINT) if cell.change is not None else PLAIN_TINT


def _text(cell: Cell) -> str:
    reading = cell.reading
    if reading.value is None or reading.state == State.TOO_FEW:
        return f"<span style='color:{GREY}'>○<br><span style='font-size:10px'>n={reading.n:,}</span></span>"
    mark = _MARKS.get(cell.change.verdict, "") if cell.change is not None else ""
    value = mark + format_value(reading.value, cell.metric.unit, language(), bare=True)
    value = f"<b>{value}</b>" if reading.state == State.JUDGEABLE else f"<span style='color:{GREY}'>{value}</span>"
    return f"{value}<br><span style='font-size:10px;color:{GREY}'>n={reading.n:,}</span>"


def _hover(cell: Cell) -> str:
    reading = cell.reading
    lines = [f"{plain(cell.row)} · {plain(cell.column)}", f"{name_of(cell.metric.label)}"]
    if reading.state == State.TOO_FEW:
        lines.append(say("样本不足", "too few"))
    else:
        lines.append(
            f"<b>{format_value(reading.value, cell.metric.unit, language())}</b> ({interval_text(cell.metric, reading)})"
        )
    lines.append(n_text(reading))
    if cell.change is not None and cell.change.verdict != Verdict.NONE:
        lines.append(name_of(VERDICTS[cell.change.verdict]))
    return "<br>".join(lines)
