"""Native charts of a workbook: figures with error bars, which Excel and WPS can edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servq.exports import sheet_text
from servq.metrics.metric import UNITS
from servq.records import Label
from servq.reports.wording import interval_parts
from servq.weeks import week_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from servq.records import Reading
    from servq.reports.report import ReportFigure

COLOUR, GREY = "#1F5673", "#5C6369"

FIRST = 5
"""The row of a sheet's first figure, counted from 0; its heads stand above it."""

MOST_DRAWN = 30
"""Rows of a table that a chart draws: more cannot be read."""

_HEIGHT, _WIDTH, _ROWS = 260, 480, 14
"""Size of a chart in pixels, and the rows of a sheet that it covers."""


def _bars(readings: Sequence[Reading | None]) -> dict[str, Any]:
    """Error bars of a series: the distances of the interval's ends from the value, 0 where there is none."""
    ends = [(None, None, None) if one is None else interval_parts(one) for one in readings]
    plus = [0.0 if value is None or high is None else high - value for value, _, high in ends]
    minus = [0.0 if value is None or low is None else value - low for value, low, _ in ends]
    return {
        "type": "custom",
        "plus_values": plus,
        "minus_values": minus,
        "line": {"color": GREY, "width": 1},
    }


def draw_figures(
    book: Workbook, sheet: Worksheet, column: int, readings: Sequence[Reading | None], names: tuple[str, str]
) -> None:
    """A bar chart of a table's figures, with their intervals, to the right of the table.

    Args:
        column: where the values stand.
        names: of the rows and of the values' unit.
    """
    shown = readings[:MOST_DRAWN]
    if not any(one is not None and interval_parts(one)[0] is not None for one in shown):
        return
    first, last = FIRST, FIRST + len(shown) - 1
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet.get_name(), first, 0, last, 0],
            "values": [sheet.get_name(), first, column, last, column],
            "x_error_bars": _bars(shown),
            "fill": {"color": COLOUR},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"name": names[1], "major_gridlines": {"visible": True, "line": {"color": "#E2E4E0"}}})
    chart.set_title({"name": f"{names[1]} · 95%", "name_font": {"size": 11}})
    chart.set_size({"width": 560, "height": max(_HEIGHT, 70 + 20 * len(shown))})
    sheet.insert_chart(last + 3, 1, chart)


def draw_course(
    book: Workbook,
    sheet: Worksheet,
    figures: Sequence[ReportFigure],
    label: Callable[[Label], str],
    forms: tuple[Any, Any, Any, Any],
) -> None:
    """The weeks of every figure in long form, and a line chart with error bars for each beside them."""
    head, plain, number, count = forms
    names = (
        Label("指标", "Metric"),
        Label("周", "Week"),
        Label("值", "value"),
        Label("下限", "low"),
        Label("上限", "high"),
        Label("n", "n"),
    )
    for column, name in enumerate(names):
        sheet.write_string(0, column, label(name), head)
        sheet.set_column(column, column, 20 if column == 0 else 11)
    sheet.freeze_panes(1, 2)
    row = 1
    for place, figure in enumerate(figures):
        start = row
        for monday, reading in figure.course:
            sheet.write_string(row, 0, sheet_text(label(figure.metric.label)), plain)
            sheet.write_string(row, 1, week_key(monday), plain)
            if reading is not None:
                for at, value in enumerate(interval_parts(reading), start=2):
                    if value is not None:
                        sheet.write_number(row, at, value, number)
                sheet.write_number(row, 5, reading.n, count)
            row += 1
        chart = _line(book, sheet.get_name(), (start, row - 1), figure, label)
        sheet.insert_chart(1 + _ROWS * (place // 2), 7 + 8 * (place % 2), chart)


def _line(
    book: Workbook, sheet: str, rows: tuple[int, int], figure: ReportFigure, label: Callable[[Label], str]
) -> Any:
    """A line of weeks; a week without a figure is a gap."""
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "categories": [sheet, rows[0], 1, rows[1], 1],
            "values": [sheet, rows[0], 2, rows[1], 2],
            "y_error_bars": _bars([reading for _, reading in figure.course]),
            "line": {"color": COLOUR, "width": 1.75},
            "marker": {"type": "circle", "size": 5, "fill": {"color": COLOUR}, "border": {"color": COLOUR}},
        }
    )
    chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    name = f"{label(figure.metric.label)} · 95%"
    chart.set_title({"name": name, "name_font": {"size": 11}, "overlay": False})
    chart.set_y_axis(
        {"name": label(UNITS[figure.metric.unit]), "major_gridlines": {"visible": True, "line": {"color": "#E2E4E0"}}}
    )
    chart.set_x_axis({"num_font": {"rotation": -45}, "label_position": "low"})
    chart.set_size({"width": _WIDTH, "height": _HEIGHT})
    return chart
