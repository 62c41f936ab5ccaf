"""The weekly report: it says what the pages and the command line say, on paper and in a workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from servq.formatting import format_reading
from servq.metrics.catalog import get_metric
from servq.query import AGAINST, Against, Snapshot, measure, take_snapshot, weekly_changes, weeks_back
from servq.query.causes.cause_counts import named_in
from servq.query.promises.promise_verdicts import judged_promises
from servq.query.weekly.changes import WATCHED
from servq.query.weekly.statements import statements_of
from servq.query.weekly.typical import typical_answers
from servq.records import Label, Slice, State
from servq.reports.glyphs import BOX, Printer, drawn_characters
from servq.reports.kinds import make_report
from servq.reports.pdf import layout_data, pdf_bytes
from servq.reports.report import Report, Section
from servq.reports.workbook import FIRST, xlsx_bytes
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from tests.reports.conftest import HOSTILE, WEEK, pdf_pages, squeezed, workbook_of

Company = Callable[..., Snapshot]
THIS_WEEK, PERIOD = weeks_back(Slice(), WEEK, 0, 1), weeks_back(Slice(), WEEK, 0, 8)


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.name == name)


def rows_of(content: bytes, title: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its heads."""
    sheet = workbook_of(content)[title]
    return [
        row for row in sheet.iter_rows(min_row=FIRST + 1, values_only=True) if any(cell is not None for cell in row)
    ]


class TestTheRecord:
    def test_it_holds_the_statements_of_the_week_and_their_first_sentence(
        self, weekly_report: Report, sample: Snapshot
    ) -> None:
        family, found = weekly_changes(sample, Slice(), WEEK), section(weekly_report, "changes")
        assert found.finding == family.sentence
        told = statements_of(family, AGAINST[Against.WEEK])
        assert [line.text for line in found.lines] == [one.text for one in told] != []

    def test_it_holds_the_six_figures_as_they_are_measured(self, weekly_report: Report, sample: Snapshot) -> None:
        figures = section(weekly_report, "figures").figures
        assert [one.metric.name for one in figures] == list(WATCHED)
        for one in figures:
            assert one.now == measure(sample, one.metric.name, (), THIS_WEEK)[0].reading
            assert one.course[-1][0] == WEEK

    def test_it_carries_week_filter_load_and_version(self, sample: Snapshot) -> None:
        made = make_report(sample, "weekly", WEEK, Slice.of(channel=["OTA"]))
        assert made.filters == ((Label("渠道", "Channel"), ("OTA",)),)
        assert (f"{made.first}", f"{made.last}", made.load_id) == ("2026-09-21", "2026-09-27", sample.load_id)
        assert made.loaded_at > 0
        assert made.version

    def test_a_filter_reaches_every_section(self, sample: Snapshot) -> None:
        made = make_report(sample, "weekly", WEEK, Slice.of(channel=["OTA"]))
        only = THIS_WEEK.and_(channel="OTA")
        assert section(made, "figures").figures[0].now == measure(sample, "nps", (), only)[0].reading
        assert all("OTA" in quote.about.zh for quote in section(made, "words").quotes)
        promised = section(made, "promises").table
        assert promised is not None
        assert {row[0].text.zh for row in promised.rows} == {"OTA"}


class TestOnPaper:
    def test_it_has_two_pages_whose_text_holds_every_statement_and_figure(
        self, weekly_report: Report, sample: Snapshot
    ) -> None:
        pages = pdf_pages(pdf_bytes(weekly_report))
        assert len(pages) == 2
        for line in section(weekly_report, "changes").lines:
            assert squeezed(line.text.zh) in pages[0]
        for name in WATCHED:
            reading = measure(sample, name, (), THIS_WEEK)[0].reading
            assert squeezed(format_reading(reading, get_metric(name).unit, "zh")) in pages[0]
            assert squeezed(f"n = {reading.n:,}") in pages[0]
        for row in measure(sample, "nps", ("team",), THIS_WEEK):
            assert squeezed(row.dims["team"]) in pages[0]

    def test_promises_causes_and_words_stand_on_the_second_page(self, weekly_report: Report, sample: Snapshot) -> None:
        page = pdf_pages(pdf_bytes(weekly_report))[1]
        for one in judged_promises(sample, PERIOD, WEEK):
            assert squeezed(one.text[0]) in page
        assert f"{named_in(sample, PERIOD)[0].n}" in page
        words = typical_answers(sample, THIS_WEEK, bad=False)
        assert len(words) == 3
        for row in words:
            assert squeezed(Printer().text(str(row["comment"]))) in page

    def test_equal_loads_give_equal_bytes(self, weekly_report: Report, sample: Snapshot) -> None:
        again = make_report(sample, "weekly", WEEK)
        assert pdf_bytes(weekly_report) == pdf_bytes(again)
        assert xlsx_bytes(weekly_report) == xlsx_bytes(again)

    def test_the_date_of_creation_is_that_of_the_load(self, weekly_report: Report) -> None:
        about = PdfReader(io.BytesIO(pdf_bytes(weekly_report))).metadata
        assert about is not None
        assert about.creation_date is not None
        assert int(about.creation_date.timestamp()) == weekly_report.loaded_at

    def test_it_is_made_in_english_too(self, weekly_report: Report) -> None:
        pages = pdf_pages(pdf_bytes(weekly_report, "en"))
        assert len(pages) == 2
        assert "Weeklyqualityreport" in pages[0]
        assert squeezed(section(weekly_report, "changes").lines[0].text.en) in pages[0]


class TestHostileTexts:
    def test_what_is_markup_to_the_typesetter_is_printed_as_it_stands(self, small_company: Company) -> None:
        made = make_report(small_company(HOSTILE, team="#甲 *$x$* @乙\\"), "weekly", WEEK)
        assert section(made, "words").quotes
        spoken = tuple(replace(section(made, "words").quotes[0], text=text) for text in HOSTILE)
        sections = tuple(replace(one, quotes=spoken) if one.name == "words" else one for one in made.sections)
        text = "".join(pdf_pages(pdf_bytes(replace(made, sections=sections))))
        for one in HOSTILE:
            assert squeezed(Printer().text(one)) in text
        assert squeezed("#甲 *$x$* @乙\\") in text
        assert "root:" not in text

    def test_characters_that_the_font_lacks_are_boxes_and_counted(self, weekly_report: Report) -> None:
        words = section(weekly_report, "words")
        quote = replace(words.quotes[0], text="不会再来了\U0001f624 𠮷野家")
        sections = tuple(
            replace(one, quotes=(quote,)) if one.name == "words" else one for one in weekly_report.sections
        )
        text = "".join(pdf_pages(pdf_bytes(replace(weekly_report, sections=sections))))
        assert f"不会再来了{BOX}{BOX}野家" in text
        assert f"{BOX}：2个字符字体中没有" in text

    def test_a_report_without_such_characters_says_nothing_of_them(self, weekly_report: Report) -> None:
        sections = tuple(replace(one, quotes=()) for one in weekly_report.sections)
        assert '"missing": ""' in layout_data(replace(weekly_report, sections=sections), "zh")

    def test_every_character_of_our_own_is_in_the_font(self) -> None:
        assert set(map(ord, "▲▼●○✓×⊘□—–−≥≤·“”、→…Σ")) <= drawn_characters()

    def test_steering_characters_are_made_visible(self) -> None:
        assert Printer().text("a\u202eb\x1b[31m") == "a\\u202eb␛[31m".replace(
            "␛", BOX if 0x241B not in drawn_characters() else "␛"
        )

    def test_no_cell_of_a_workbook_is_a_formula(self, small_company: Company) -> None:
        made = make_report(small_company(HOSTILE, team="=1+1"), "weekly", WEEK)
        content = xlsx_bytes(made)
        cells = [cell for sheet in workbook_of(content) for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert "'=1+1" in {cell.value for cell in cells}
        assert b"<f>" not in b"".join(zipfile.ZipFile(io.BytesIO(content)).read(name) for name in _sheets(content))


def _sheets(content: bytes) -> list[str]:
    return [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.startswith("xl/worksheets/sheet")]


class TestTheWorkbook:
    def test_its_six_figures_are_numbers_equal_to_the_measured_ones(
        self, weekly_report: Report, sample: Snapshot
    ) -> None:
        rows = rows_of(xlsx_bytes(weekly_report), "六个数字")
        assert len(rows) == len(WATCHED)
        for name, row in zip(WATCHED, rows, strict=True):
            now = measure(sample, name, (), THIS_WEEK)[0].reading
            assert row[0] == get_metric(name).label.zh
            assert row[2:5] == pytest.approx((now.value, now.low, now.high))
            assert row[5] == now.n

    def test_its_matrix_holds_every_team_and_hides_what_is_too_few(
        self, weekly_report: Report, sample: Snapshot
    ) -> None:
        rows = {row[0]: row for row in rows_of(xlsx_bytes(weekly_report), "班组 × 渠道：净推荐值 NPS")}
        for one in measure(sample, "nps", ("team",), THIS_WEEK):
            value, n = rows[one.dims["team"]][-6], rows[one.dims["team"]][-3]
            assert n == one.reading.n
            assert value == (None if one.reading.state == State.TOO_FEW else pytest.approx(one.reading.value))

    def test_its_causes_are_those_of_the_page(self, weekly_report: Report, sample: Snapshot) -> None:
        rows = rows_of(xlsx_bytes(weekly_report), "投诉原因（近 8 周）")
        found = named_in(sample, PERIOD)
        assert [row[1] for row in rows] == [one.n for one in found]
        assert [row[2] for row in rows] == pytest.approx([one.share.value for one in found])

    def test_it_has_native_charts_with_error_bars_and_a_sheet_of_definitions(self, weekly_report: Report) -> None:
        content = xlsx_bytes(weekly_report)
        archive = zipfile.ZipFile(io.BytesIO(content))
        charts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 8  # a line for each of six figures, bars for teams and for causes
        assert all(b"<c:errBars>" in chart for chart in charts)
        told = {row[0]: row[2] for row in rows_of(content, "口径")}
        assert told[get_metric("nps").label.zh] == get_metric("nps").formula.zh


class TestSmallCompanies:
    @pytest.fixture
    def of_nothing(self, warehouse: Warehouse) -> Report:
        migrate(warehouse)
        return make_report(take_snapshot(warehouse, Standards()), "weekly", WEEK)

    def test_an_empty_warehouse_makes_a_report_that_says_so(self, of_nothing: Report) -> None:
        pages = pdf_pages(pdf_bytes(of_nothing))
        assert len(pages) == 2
        assert "本周没有数据" in pages[0]
        assert "尚无载入" in pages[0]
        assert "没有在守的承诺" in pages[1]
        assert workbook_of(xlsx_bytes(of_nothing))["变了什么"]["A2"].value == "本周没有数据"

    def test_a_figure_of_nothing_is_no_zero(self, of_nothing: Report) -> None:
        assert [row[2] for row in rows_of(xlsx_bytes(of_nothing), "六个数字")] == [None] * len(WATCHED)

    def test_one_team_s_only_week_has_figures_and_nothing_to_compare_with(self, small_company: Company) -> None:
        made = make_report(small_company(), "weekly", WEEK)
        page = pdf_pages(pdf_bytes(made))[0]
        assert "上周没有数据，无从比较" in page
        assert "净推荐值NPS无从比较" in page
        assert "0点95%区间" in page  # 20 promoters − 20 detractors of 40
        assert "n=40" in page

    def test_a_promise_of_any_length_takes_one_line_of_paper_and_stands_whole_in_the_workbook(
        self, weekly_report: Report
    ) -> None:
        found, text = section(weekly_report, "promises").table, "自收到反馈之时起由专人答复，" * 6
        assert found is not None
        rows = tuple((row[0], replace(row[1], text=Label(text, text)), *row[2:]) for row in found.rows * 3)
        table = replace(found, rows=rows)
        sections = tuple(replace(one, table=table) if one.name == "promises" else one for one in weekly_report.sections)
        made = replace(weekly_report, sections=sections)
        pages = pdf_pages(pdf_bytes(made))
        assert len(pages) == 2
        assert f"{text[:30]}…" in pages[1]
        assert {row[1] for row in rows_of(xlsx_bytes(made), "承诺兑现")} == {text}

    def test_more_teams_and_statements_than_fit_are_told_and_stand_in_the_workbook(self, weekly_report: Report) -> None:
        found = section(weekly_report, "matrix").table
        assert found is not None
        many = tuple(
            (replace(row[0], text=Label(f"班组 {place}", f"Team {place}")), *row[1:])
            for place in range(200)
            for row in found.rows[:1]
        )
        table = replace(found, rows=(*many, found.rows[-1]))
        line = section(weekly_report, "changes").lines[0]
        lines = (replace(line, text=Label("某某分公司第二十三客户服务班组 " + line.text.zh, line.text.en)),) * 30
        sections = tuple(
            replace(one, table=table) if one.name == "matrix" else replace(one, lines=lines) if one.lines else one
            for one in weekly_report.sections
        )
        made = replace(weekly_report, sections=sections)
        pages = pdf_pages(pdf_bytes(made))
        assert len(pages) == 2
        assert "另有22处" in pages[0]
        assert "另有188行" in pages[0]  # 201 rows, of which 12 teams and the total are printed
        assert len(rows_of(xlsx_bytes(made), "班组 × 渠道：净推荐值 NPS")) == 201
