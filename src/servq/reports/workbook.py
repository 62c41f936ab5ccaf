"""A report as XLSX: one sheet for each question, figures as numbers with their intervals, and native charts.

Texts are guarded as in every export: a spreadsheet takes none of them for a formula. Equal reports give equal bytes.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from servq.exports import sheet_text
from servq.formatting import Language, state_label
from servq.metrics.metric import UNITS
from servq.metrics.verdicts import VERDICTS
from servq.records import Label, Reading
from servq.reports.charts import FIRST, draw_course, draw_figures
from servq.reports.wording import interval_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from servq.reports.report import Report, ReportFigure, Section, Table

FIGURE_HEADS = (
    Label("值", "value"),
    Label("下限", "low"),
    Label("上限", "high"),
    Label("n", "n"),
    Label("状态", "state"),
)
"""What a sheet tells of every figure, each in a column of its own."""

_VERDICT = Label("判断", "verdict")

_FONT = "Microsoft YaHei"
_LEFT_OUT = re.compile(r"[\\/*?:\[\]]")


def xlsx_bytes(report: Report, language: Language = "zh") -> bytes:
    """The report as an XLSX file."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    created = datetime.fromtimestamp(report.loaded_at, UTC).replace(tzinfo=None)
    book.set_properties({"title": _Written.plain(report.title, language), "author": "servq", "created": created})
    written = _Written(book, language)
    written.cover(report)
    for section in report.sections:
        written.section(section)
    book.close()
    return out.getvalue()


def _weeks_drawn(figures: Sequence[ReportFigure]) -> Label:
    """The name of the sheet that holds the weeks of the figures."""
    count = len(figures[0].course)
    return Label(f"近 {count} 周", f"{count} weeks")


class _Written:
    """The sheets of one workbook, in one language."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book, self._language = book, language
        base = {"font_name": _FONT, "font_size": 10}
        self._plain = book.add_format(base | {"valign": "top"})
        self._wrapped = book.add_format(base | {"valign": "top", "text_wrap": True})
        self._title = book.add_format(base | {"bold": True, "font_size": 14})
        self._finding = book.add_format(base | {"bold": True, "font_color": "#1F5673"})
        self._note = book.add_format(base | {"font_color": "#5C6369"})
        self._head = book.add_format(base | {"bold": True, "bottom": 1, "bg_color": "#F1F2F0"})
        self._number = book.add_format(base | {"num_format": "0.00"})
        self._count = book.add_format(base | {"num_format": "#,##0"})

    @staticmethod
    def plain(label: Label, language: Language) -> str:
        return label.zh if language == "zh" else label.en

    def label(self, label: Label) -> str:
        return self.plain(label, self._language)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, form: Any = None) -> None:
        if text:
            sheet.write_string(row, column, sheet_text(text), form or self._plain)

    def cover(self, report: Report) -> None:
        """What the report is about, and one line for each question with the sentence that answers it."""
        sheet = self._book.add_worksheet(self.label(Label("报告", "Report")))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.hide_gridlines(2)
        self.text(sheet, 0, 0, self.label(report.title), self._title)
        told = [
            (Label("周期", "Week"), f"{report.first.isoformat()} – {report.last.isoformat()}"),
            (Label("筛选", "Filter"), self._filters(report)),
            (Label("载入编号", "Load"), f"{report.load_id}"),
            (Label("版本", "Version"), f"servq {report.version}"),
        ]
        told += [(one.title, self.label(one.finding)) for one in report.sections if one.finding.zh]
        for row, (name, value) in enumerate(told, start=2):
            self.text(sheet, row, 0, self.label(name), self._head)
            self.text(sheet, row, 1, value, self._wrapped)

    def _filters(self, report: Report) -> str:
        found = [f"{self.label(name)} = {'、'.join(values)}" for name, values in report.filters]
        return " · ".join(found) or self.label(Label("全部数据", "all data"))

    def section(self, one: Section) -> None:
        """A sheet: the question, its answer, how to read it, and the rows from the fifth line on."""
        sheet = self._book.add_worksheet(_LEFT_OUT.sub(" ", self.label(one.title))[:31])
        self.text(sheet, 0, 0, self.label(one.title), self._title)
        self.text(sheet, 1, 0, self.label(one.finding), self._finding)
        self.text(sheet, 2, 0, self.label(one.note), self._note)
        for row, told in enumerate(one.sentences, start=FIRST - 1):
            self.text(sheet, row, 0, self.label(told))
        if one.lines:
            self._lines(sheet, one)
        elif one.figures:
            self._figures(sheet, one)
        elif one.table is not None:
            self._table(sheet, one.table)
        elif one.quotes:
            self._quotes(sheet, one)

    def _heads(self, sheet: Worksheet, heads: Sequence[str], widths: Sequence[int]) -> None:
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            self.text(sheet, FIRST - 1, column, head, self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(FIRST, 1)

    def _reading(self, sheet: Worksheet, row: int, column: int, reading: Reading) -> None:
        """A figure as numbers: value, interval, n, state; a figure that may not be shown has no number."""
        for place, value in enumerate(interval_parts(reading)):
            if value is not None:
                sheet.write_number(row, column + place, value, self._number)
        sheet.write_number(row, column + 3, reading.n, self._count)
        self.text(sheet, row, column + 4, state_label(reading, self._language))

    def _figure_heads(self, of: str = "") -> list[str]:
        return [f"{of} {self.label(one)}".strip() for one in FIGURE_HEADS]

    def _lines(self, sheet: Worksheet, one: Section) -> None:
        names = (Label("何时", "When"), Label("说了什么", "Statement"), Label("指标", "Metric"), Label("单位", "Unit"))
        now, before = self.label(Label("现在", "now")), self.label(Label("之前", "before"))
        heads = [*map(self.label, names), *self._figure_heads(now), *self._figure_heads(before)]
        self._heads(sheet, heads, [8, 80, 18, 10, *[11] * 10])
        for row, line in enumerate(one.lines, start=FIRST):
            told = (line.kind, line.text, line.metric.label, UNITS[line.metric.unit])
            for column, label in enumerate(told):
                self.text(sheet, row, column, self.label(label))
            self._reading(sheet, row, 4, line.now)
            self._reading(sheet, row, 9, line.before)

    def _figures(self, sheet: Worksheet, one: Section) -> None:
        """The figures, then their weeks with one chart each."""
        names = (Label("指标", "Metric"), Label("单位", "Unit"))
        after = (Label("判断", "Verdict"), Label("目标", "Target"), Label("对照目标", "Against target"))
        then = self.label(one.figures[0].against)
        heads = [*map(self.label, names), *self._figure_heads(), *self._figure_heads(then), *map(self.label, after)]
        self._heads(sheet, heads, [20, 10, *[11] * 10, 14, 10, 12])
        for row, figure in enumerate(one.figures, start=FIRST):
            self.text(sheet, row, 0, self.label(figure.metric.label))
            self.text(sheet, row, 1, self.label(UNITS[figure.metric.unit]))
            self._reading(sheet, row, 2, figure.now)
            self._reading(sheet, row, 7, figure.before)
            if figure.change is not None:
                self.text(sheet, row, 12, self.label(VERDICTS[figure.change.verdict]))
            if figure.target is not None and figure.standing is not None:
                sheet.write_number(row, 13, figure.target, self._number)
                self.text(sheet, row, 14, self.label(figure.standing))
        weeks = self._book.add_worksheet(self.label(_weeks_drawn(one.figures)))
        draw_course(self._book, weeks, one.figures, self.label, (self._head, self._plain, self._number, self._count))

    def _table(self, sheet: Worksheet, table: Table) -> None:
        heads: list[str] = []
        widths: list[int] = []
        places: list[int] = []
        for column in table.columns:
            places.append(len(heads))
            name = self.label(column.label)
            told = [*self._figure_heads(name), *([self.label(_VERDICT)] if column.judged else [])]
            heads += told if column.figures else [name]
            widths += [11] * len(told) if column.figures else [44 if column.wide else 18]
        self._heads(sheet, heads, widths)
        for row, fields in enumerate(table.rows, start=FIRST):
            for column, at, field in zip(table.columns, places, fields, strict=True):
                if column.figures and field.reading is not None:
                    self._reading(sheet, row, at, field.reading)
                    self.text(sheet, row, at + len(FIGURE_HEADS), self.label(field.verdict or Label("", "")))
                elif field.count is not None:
                    sheet.write_number(row, at, field.count, self._count)
                elif not column.figures:
                    self.text(sheet, row, at, self.label(field.text))
        if table.charted is not None and table.unit is not None:
            rows = table.rows[:-1] if table.totals else table.rows
            drawn = [fields[table.charted].reading for fields in rows]
            draw_figures(self._book, sheet, places[table.charted], drawn, (heads[0], self.label(table.unit)))

    def _quotes(self, sheet: Worksheet, one: Section) -> None:
        names = (Label("原话", "Words"), Label("出处", "Origin"))
        self._heads(sheet, [self.label(name) for name in names], [90, 50])
        for row, quote in enumerate(one.quotes, start=FIRST):
            self.text(sheet, row, 0, quote.text, self._wrapped)
            self.text(sheet, row, 1, self.label(quote.about))
