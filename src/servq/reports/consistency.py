"""The report 渠道一致性, one page: channels that differ, every channel on every line, the trend, and the promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import AGREEMENTS, STANDINGS, Agreement
from servq.query import weekly_course
from servq.query.channels.agreement import LINES, channels_together
from servq.query.channels.channel_sentences import LINE_LABELS, MARKS, channel_sentences
from servq.query.channels.order import in_channel_order
from servq.query.promises.promise_verdicts import judged_promises
from servq.query.verdicts import PROMISE, period_changes, standing_of
from servq.records import Label
from servq.reports.definitions import definitions
from servq.reports.report import ReportColumn, ReportField, ReportFigure, Section, Table, Tone
from servq.reports.topics import promises
from servq.reports.wording import figure_field, named

if TYPE_CHECKING:
    from servq.query.channels.agreement import ChannelLine, Together
    from servq.query.verdicts import PeriodChange
    from servq.reports.asked import Asked

TREND = ("nps", "csat", PROMISE)
"""The figures whose course is drawn."""

COURSE = 26
"""Weeks of the course: half a year, as on the page."""

MOST_PROMISES = 8
MOST_CHANNELS = 8

_TONES = {Agreement.BETTER: Tone.BETTER, Agreement.WORSE: Tone.WORSE}
_NOTHING = ReportField(Label("", ""))


def consistency_sections(asked: Asked) -> tuple[Section, ...]:
    """The sections of the report, in their order."""
    together = channels_together(asked.snapshot, asked.period, asked.week)
    listed = promises(asked.snapshot, asked.period, asked.week)
    table = None if listed.table is None else replace(listed.table, printed=MOST_PROMISES)
    return (
        _sentences(asked, together),
        _matrix(together),
        _trend(asked),
        replace(listed, page=1, table=table),
        definitions((*LINES, "complaints")),
    )


def _sentences(asked: Asked, together: Together) -> Section:
    tested = judged_promises(asked.snapshot, asked.period, asked.week)
    found = channel_sentences(asked.snapshot, asked.where, asked.week, together, tested)
    note = Label(
        f"近 {asked.span} 周，每个渠道对其余渠道合计", f"{asked.span} weeks, each channel against all others together"
    )
    return Section("sentences", Label("结论", "In short"), Label("", ""), note, (found.first, *found.beneath))


def _matrix(together: Together) -> Section:
    """Line × channel, each field with the mark of its verdict."""
    title = Label("每个渠道，同样的服务吗？", "The same service in every channel?")
    note = Label(
        f"● 一致（在允许差距之内）▲▼ 不一致（较好、较差）○ 证据不足 – 无法比较；{together.tested} 格一起检验；"
        "问卷各行只在同一调查方式内比较",
        f"● consistent (inside the margin) ▲▼ not (better, worse) ○ not enough evidence – cannot be compared; "
        f"{together.tested} cells tested together; answers compared within the survey mode",
    )
    sizes: dict[str, int] = {}
    for cell in together.cells:
        sizes[cell.channel] = max(sizes.get(cell.channel, 0), cell.own.n)
    if not sizes:
        return Section("matrix", title, Label("所选范围没有数据", "There are no data for this slice"), note)
    largest = set(sorted(sizes, key=lambda name: -sizes[name])[:MOST_CHANNELS])
    channels = [name for name in in_channel_order(sizes) if name in largest]
    cells = {(cell.metric, cell.channel): _field(cell) for cell in together.cells}
    rows = tuple(
        (ReportField(LINE_LABELS[line]), *(cells.get((line, channel), _NOTHING) for channel in channels))
        for line in LINES
        if any(key[0] == line for key in cells)
    )
    columns = (
        ReportColumn(Label("指标", "Line")),
        *(ReportColumn(named(one), figures=True, judged=True) for one in channels),
    )
    left_out = len(sizes) - len(channels)
    more = (
        Label(f"另有 {left_out} 个渠道未列出", f"{left_out} more channels are not listed")
        if left_out
        else Label("", "")
    )
    return Section("matrix", title, more, note, table=Table(columns, rows, stacked=True))


def _field(cell: ChannelLine) -> ReportField:
    agreement, unit = cell.judged.agreement, get_metric(cell.metric).unit
    tone = _TONES.get(agreement, Tone.PLAIN)
    return figure_field(unit, cell.own, tone, MARKS[agreement], AGREEMENTS[agreement])


def _trend(asked: Asked) -> Section:
    """The last weeks against as many before, all tested together, and the course of half a year."""
    span, found = asked.span, period_changes(asked.snapshot, TREND, asked.period, asked.period_before)
    note = Label(
        f"近 {span} 周对比之前 {span} 周，一起检验；小图为近 {COURSE} 周，浅带为 95% 区间",
        f"{span} weeks against the {span} before, tested together; small: {COURSE} weeks, band: 95% interval",
    )
    figures = tuple(_figure(asked, name, found[name]) for name in TREND)
    return Section("figures", Label("走势", "Trend"), Label("", ""), note, figures=figures)


def _figure(asked: Asked, name: str, found: PeriodChange) -> ReportFigure:
    target = asked.snapshot.standards.target(name, asked.week, asked.where.only("channel"))
    standing = None if target is None else STANDINGS[standing_of(name, found.now, target)]
    course = weekly_course(asked.snapshot, name, asked.where, asked.week, COURSE)
    against = Label(f"之前 {asked.span} 周", f"the {asked.span} weeks before")
    metric = get_metric(name)
    return ReportFigure(metric, found.now, against, found.before, found.change, target, standing, tuple(course))
