"""A table of counts by two dimensions: each number opens the rows that it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.shell.language import say
from servq.ui.shell.theme import GREY, INK, LINE

LINE_HEIGHT = 30


@dataclass(frozen=True)
class Count:
    """One field: its number of rows, and the target of a click."""

    n: int
    slice_: Slice


def counts(
    fields: Mapping[tuple[str, str], Count], rows: Sequence[str], columns: Mapping[str, str], name: str
) -> Chart:
    """One line per row value, one number per field; an empty field has a dot, which opens nothing.

    Args:
        fields: (row, code of the column) -> its count.
        columns: code -> label, from left to right; labels are our own words.
        name: the metric that is counted.
    """
    figure = sheet(LINE_HEIGHT * len(rows) + 40)
    drawn = [(row, code) for row in rows for code in columns if (row, code) in fields and fields[row, code].n]
    nothing = [(row, code) for row in rows for code in columns if (row, code) not in drawn]
    figure.add_trace(_texts(nothing, rows, columns, ["·"] * len(nothing), GREY, "skip"))
    marks = _texts(drawn, rows, columns, [f"<b>{fields[field].n:,}</b>" for field in drawn], INK, None)
    marks.update(
        customdata=list(range(len(drawn))),
        hovertext=[f"{plain(row)} · {columns[code]}<br>n = {fields[row, code].n:,}" for row, code in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected=UNSELECTED,
    )
    figure.add_trace(marks)
    figure.update_xaxes(
        side="top", tickmode="array", tickvals=list(range(len(columns))), ticktext=list(columns.values()),
        range=[-0.5, len(columns) - 0.5], tickangle=0, showline=False,
    )  # fmt: skip
    number_lines(figure, [brief(row) for row in rows])
    for place in range(len(rows) - 1):
        figure.add_hline(y=place + 0.5, line={"color": LINE, "width": 1}, layer="below")
    alt = say(f"{len(rows)} 行 × {len(columns)} 列的件数", f"counts: {len(rows)} rows × {len(columns)} columns")
    return Chart(figure, [(name, fields[field].slice_) for field in drawn], alt=alt, empty=not drawn)


def _texts(
    fields: Sequence[tuple[str, str]],
    rows: Sequence[str],
    columns: Mapping[str, str],
    texts: Sequence[str],
    colour: str,
    hover: str | None,
) -> go.Scatter:
    """Texts in their fields, on squares that can be clicked: a heat map could not."""
    lines, places = {row: place for place, row in enumerate(rows)}, {code: place for place, code in enumerate(columns)}
    return go.Scatter(
        x=[places[code] for _, code in fields],
        y=[lines[row] for row, _ in fields],
        mode="markers+text",
        marker={"symbol": "square", "size": LINE_HEIGHT - 2, "color": "rgba(0,0,0,0)"},
        text=list(texts),
        textfont={"size": 13, "color": colour},
        hoverinfo=hover,
    )
