"""The report 渠道一致性: one page that says what the page says of every channel."""

from __future__ import annotations

import pytest

from servq.metrics.verdicts import AGREEMENTS, Standing
from servq.query import Snapshot, weeks_back
from servq.query.channels.agreement import channels_together
from servq.query.channels.channel_sentences import channel_sentences
from servq.query.promises.promise_verdicts import judged_promises
from servq.query.verdicts import PROMISE, period_changes
from servq.records import Slice
from servq.reports.kinds import KINDS, make_report
from servq.reports.pdf import pdf_bytes
from servq.reports.report import Report
from servq.reports.workbook import FIRST, xlsx_bytes
from tests.reports.conftest import WEEK, pdf_pages, squeezed, workbook_of

PERIOD = weeks_back(Slice(), WEEK, 0, 8)


@pytest.fixture(scope="module")
def report(sample: Snapshot) -> Report:
    return make_report(sample, "consistency", WEEK)


def test_it_is_one_page_that_begins_with_the_sentence_of_the_page(report: Report, sample: Snapshot) -> None:
    (page,) = pdf_pages(pdf_bytes(report))
    together, tested = channels_together(sample, PERIOD, WEEK), judged_promises(sample, PERIOD, WEEK)
    told = channel_sentences(sample, Slice(), WEEK, together, tested)
    assert "2 项承诺未兑现：小程序 响应承诺（自 W33 起）、OTA 退改规则与官网不一致" in told.first.zh
    for one in (told.first, *told.beneath):
        assert squeezed(one.zh) in page


def test_every_broken_promise_stands_on_it(report: Report, sample: Snapshot) -> None:
    (page,) = pdf_pages(pdf_bytes(report))
    broken = [one for one in judged_promises(sample, PERIOD, WEEK) if one.standing == Standing.MISSED]
    assert len(broken) == 2
    for one in broken:
        assert squeezed(one.text[0]) in page
        assert f"n={one.reading.n}" in page


def test_its_trend_is_the_period_against_the_one_before(report: Report, sample: Snapshot) -> None:
    figures = next(one for one in report.sections if one.name == "figures").figures
    found = period_changes(sample, ("nps", "csat", PROMISE), PERIOD, weeks_back(Slice(), WEEK, 8, 8))
    assert [(one.now, one.before, one.change) for one in figures] == [
        (one.now, one.before, one.change) for one in found.values()
    ]


def test_the_workbook_holds_each_figure_of_the_matrix_with_its_verdict(report: Report, sample: Snapshot) -> None:
    sheet = workbook_of(xlsx_bytes(report))["每个渠道，同样的服务吗？"]
    heads = [cell.value for cell in sheet[FIRST]]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=FIRST + 1, values_only=True)}
    cells = [cell for cell in channels_together(sample, PERIOD, WEEK).cells if cell.metric == "nps"]
    assert len(cells) == 7
    for cell in cells:
        at = heads.index(f"{cell.channel} 值")
        assert rows["NPS"][at] == pytest.approx(cell.own.value)
        assert (rows["NPS"][at + 3], rows["NPS"][at + 5]) == (cell.own.n, AGREEMENTS[cell.judged.agreement].zh)


def test_a_longer_span_reaches_its_sections(sample: Snapshot) -> None:
    made = make_report(sample, "consistency", WEEK, span=13)
    figures = next(one for one in made.sections if one.name == "figures").figures
    before = period_changes(sample, ("nps",), weeks_back(Slice(), WEEK, 0, 13), weeks_back(Slice(), WEEK, 13, 13))
    assert figures[0].now == before["nps"].now
    assert "近13周" in pdf_pages(pdf_bytes(made))[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_pages_that_the_list_promises(kind: str, sample: Snapshot) -> None:
    assert len(pdf_pages(pdf_bytes(make_report(sample, kind, WEEK)))) == KINDS[kind].pages


@pytest.mark.parametrize("kind", KINDS)
def test_a_filter_that_leaves_nothing_makes_a_report_that_says_so(kind: str, sample: Snapshot) -> None:
    made = make_report(sample, kind, WEEK, Slice.of(team=["没有这个班组"]))
    text = "".join(pdf_pages(pdf_bytes(made)))
    assert "没有这个班组" in text
    assert "没有数据" in text
    assert xlsx_bytes(made)
