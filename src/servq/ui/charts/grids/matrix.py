"""A matrix of readings with clickable fields: value and n in each, tinted only where the verdict is significant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.metrics.verdicts import Change, Verdict
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import Chart, plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.shell.language import language, name_of
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, why_nothing
from servq.ui.shell.theme import GREY

_TINTS = {Verdict.WORSE: Tint.WORSE, Verdict.BETTER: Tint.BETTER}
_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}
MOST_ROWS, MOST_COLUMNS = 20, 12
"""More than this nobody reads: the rest is named as a number, and the filter shows it."""


@dataclass(frozen=True)
class Cell:
    """One field of a matrix: its place, its figure, its verdict, the target of a click."""

    row: str
    column: str
    metric: Metric
    reading: Reading
    change: Change | None
    slice_: Slice


def leading(cells: Sequence[Cell], names: Sequence[str], most: int, of: Literal["row", "column"]) -> list[str]:
    """The names that get a line or column when there are too many: significant changes first, then the largest n.

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

    Args:
        rows, columns: the labels in their order; values from the data are escaped here.
        words: what a verdict is called in this comparison; a verdict without a word is not mentioned.
    """
    fields = [
        Field(cell.row, cell.column, _text(cell), _hover(cell, words), _tint(cell), (cell.metric.name, cell.slice_))
        for cell in cells
        if cell.row in rows and cell.column in columns
    ]
    return board(fields, rows, columns)


def _tint(cell: Cell) -> Tint:
    return Tint.PLAIN if cell.change is None else _TINTS.get(cell.change.verdict, Tint.PLAIN)


def _text(cell: Cell) -> str:
    reading = cell.reading
    n = f"<span style='font-size:11px;color:{GREY}'>n={reading.n:,}</span>"
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
