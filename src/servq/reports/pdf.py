"""A report as PDF: its texts and figures as data for the layout, which Typst sets in the shipped font.

Data go in as JSON and are text there: nothing of them is markup. Equal reports give equal bytes: no system font is
used, and the date of creation is that of the load. Source of the layout: `layout/report.typ`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import typst

from servq.formatting import Language, format_value
from servq.metrics.verdicts import VERDICTS, Verdict
from servq.records import Label, State
from servq.reports.glyphs import FAMILY, Printer, font_folder
from servq.reports.wording import interval_label, mark_of, n_label, tone_of, value_label
from servq.settings import BUSINESS_ZONE
from servq.weeks import week_label

if TYPE_CHECKING:
    from servq.records import Reading
    from servq.reports.report import Line, Report, ReportField, ReportFigure, Section, Table

LAYOUT = Path(__file__).parent / "layout"

MOST_LINES = 8
"""Statements that fit on paper; a sheet holds all."""


WIDEST = 60
"""Width of a text in the widest column; a Chinese character is as wide as two."""


def pdf_bytes(report: Report, language: Language = "zh") -> bytes:
    """The report as a PDF file of A4 pages."""
    made = _compiler().compile(
        format="pdf", sys_inputs={"data": layout_data(report, language)}, timestamp=report.loaded_at
    )
    assert isinstance(made, bytes)
    return made


def layout_data(report: Report, language: Language) -> str:
    """Everything that the layout prints, as JSON; what the font lacks is □ there, and counted in a note."""
    printer = _Printed(language)
    told: dict[str, Any] = {
        "family": FAMILY,
        "language": language,
        "title": printer.label(report.title),
        "subtitle": printer.text(report.title.en if language == "zh" else report.title.zh),
        "period": printer.text(week_label(report.first)),
        "filters": printer.text(_filters(report, language)),
        "pages": [[one.name for one in report.sections if one.page == page] for page in _pages(report)],
        "sections": {one.name: printer.section(one) for one in report.sections if one.page},
        "words": {name: printer.label(label) for name, label in _WORDS.items()},
        "foot": printer.text(_foot(report, language)),
    }
    told["missing"] = _missing(printer.missing, language)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


_WORDS = {
    "page": Label("页", "page"),
    "interval": Label("95% 区间", "95% interval"),
    "target": Label("目标", "target"),
}


def _pages(report: Report) -> list[int]:
    return sorted({one.page for one in report.sections if one.page})


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    return typst.Compiler(LAYOUT / "report.typ", root=LAYOUT, font_paths=fonts)


def _filters(report: Report, language: Language) -> str:
    if not report.filters:
        return "全部数据" if language == "zh" else "all data"
    names = [(label.zh if language == "zh" else label.en, values) for label, values in report.filters]
    return " · ".join(f"{name} = {'、'.join(values)}" for name, values in names)


def _foot(report: Report, language: Language) -> str:
    """The origin of the figures: the load and its time, and the version."""
    if not report.loaded_at:
        return f"servq {report.version} · {'尚无载入' if language == 'zh' else 'nothing loaded yet'}"
    moment = datetime.fromtimestamp(report.loaded_at, UTC).astimezone(BUSINESS_ZONE)
    at = f"{moment:%Y-%m-%d %H:%M}"
    origin = f"第 {report.load_id} 次载入（{at}）" if language == "zh" else f"load {report.load_id} ({at})"
    return f"servq {report.version} · {origin}"


def _missing(count: int, language: Language) -> str:
    if not count:
        return ""
    if language == "zh":
        return f"□：{count:,} 个字符字体中没有，原文见看板"
    noun = "character" if count == 1 else "characters"
    return f"□: {count:,} {noun} that the font lacks; the dashboard shows the text"


class _Printed(Printer):
    """The parts of a report as the layout takes them, in one language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def label(self, label: Label) -> str:
        return self.text(label.zh if self._language == "zh" else label.en)

    def section(self, one: Section) -> dict[str, Any]:
        return {
            "title": self.label(one.title),
            "finding": self.label(one.finding),
            "note": self.label(one.note),
            "sentences": [self.label(told) for told in one.sentences],
            "lines": [self._line(line) for line in one.lines[:MOST_LINES]],
            "figures": [self._figure(figure) for figure in one.figures],
            "table": None if one.table is None else self._table(one.table),
            "quotes": [
                {"text": self.text(quote.text), "about": self.label(quote.about), "tone": quote.tone}
                for quote in one.quotes
            ],
            "more": self._more(len(one.lines) - MOST_LINES, Label("处", "statements")),
        }

    def _more(self, count: int, noun: Label) -> str:
        if count <= 0:
            return ""
        return self.label(
            Label(f"另有 {count:,} {noun.zh}，见 XLSX 或看板", f"{count:,} more {noun.en}: see XLSX or the dashboard")
        )

    def _line(self, one: Line) -> dict[str, Any]:
        return {"mark": one.mark, "tone": one.tone, "kind": self.label(one.kind), "text": self.label(one.text)}

    def _figure(self, one: ReportFigure) -> dict[str, Any]:
        metric = one.metric
        none = one.now.value is None or one.now.state == State.TOO_FEW
        return {
            "name": self.label(metric.label),
            "value": self.label(value_label(metric, one.now)),
            "none": none,
            "interval": self.label(interval_label(metric.unit, one.now)),
            "n": self.label(n_label(one.now)),
            "verdict": self._verdict(one),
            "tone": tone_of(one.change),
            "before": self._before(one),
            "target": self._target(one),
            "course": [_point(reading) for _, reading in one.course],
        }

    def _verdict(self, one: ReportFigure) -> str:
        if one.change is None or one.change.verdict == Verdict.NONE:
            return ""
        few = Label("不足以比较", "too few to compare")
        word = few if one.change.verdict == Verdict.TOO_FEW else VERDICTS[one.change.verdict]
        return f"{mark_of(one.change)} {self.label(word)}"

    def _before(self, one: ReportFigure) -> str:
        if not one.before.n:
            return self.label(Label(f"{one.against.zh}没有数据", f"no data: {one.against.en}"))
        value = value_label(one.metric, one.before)
        return self.label(Label(f"{one.against.zh} {value.zh}", f"{one.against.en} {value.en}"))

    def _target(self, one: ReportFigure) -> str:
        if one.target is None or one.standing is None:
            return ""
        value = format_value(one.target, one.metric.unit, self._language)
        return f"{self.label(_WORDS['target'])} {value} {self.label(one.standing)}"

    def _table(self, table: Table) -> dict[str, Any]:
        rows, ranged = _printed_rows(table), None if table.totals else table.charted
        return {
            "ranged": ranged,
            "totals": table.totals,
            "stacked": table.stacked,
            "columns": [
                {"text": self.label(one.label), "figures": one.figures, "wide": one.wide} for one in table.columns
            ],
            "rows": [
                [self._field(field, wide=column.wide) for column, field in zip(table.columns, row, strict=True)]
                for row in rows
            ],
            "more": self._more(len(table.rows) - len(rows), Label("行", "rows")),
        }

    def _field(self, one: ReportField, *, wide: bool) -> dict[str, Any]:
        beneath = "" if one.beneath is None else self.label(one.beneath)
        text = _one_line(self.label(one.text)) if wide else self.label(one.text)
        return {"text": text, "tone": one.tone, "beneath": beneath} | _ends(one.reading)


def _one_line(text: str) -> str:
    """The text as far as it fits on a line of the widest column; a workbook holds all of it."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > WIDEST:
            return text[:place] + "…"
    return text


def _printed_rows(table: Table) -> tuple[tuple[ReportField, ...], ...]:
    """The rows that fit; of a table that is cut the last one, which may be a total, is kept."""
    if len(table.rows) <= table.printed:
        return table.rows
    return (*table.rows[: table.printed - 1], table.rows[-1]) if table.totals else table.rows[: table.printed]


def _ends(reading: Reading | None) -> dict[str, float | None]:
    """The figure of a field and the ends of its interval, for the drawing beside it."""
    if reading is None or reading.value is None:
        return {"value": 0.0, "low": 0.0, "high": 0.0}
    return {"value": reading.value, "low": reading.low, "high": reading.high}


def _point(reading: Reading | None) -> dict[str, float | None] | None:
    """A week of a small chart; a week with too few rows is a gap."""
    if reading is None or reading.value is None or reading.state in (State.TOO_FEW, State.HIDDEN):
        return None
    return {"value": reading.value, "low": reading.low, "high": reading.high}
