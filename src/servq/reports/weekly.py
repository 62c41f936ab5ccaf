"""The report 质量周报: what changed, six figures, teams in channels, promises, causes, and customers' words.

Every figure and verdict is asked of the functions that the pages ask; here they are only put in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import FALSE_ALARMS, STANDINGS
from servq.query import AGAINST, compared_weeks, measure, weekly_changes, weekly_course
from servq.query.verdicts import standing_of
from servq.query.weekly.changes import LOOKED_AT, WATCHED
from servq.query.weekly.statements import headline_of, statements_of
from servq.query.weekly.typical import typical_answers
from servq.records import NOT_GIVEN, Label
from servq.reports.definitions import definitions
from servq.reports.matrix import change_matrix
from servq.reports.report import Line, ReportFigure, ReportQuote, Section, Tone
from servq.reports.topics import causes, promises
from servq.reports.wording import mark_of, named, tone_of
from servq.weeks import business_day

if TYPE_CHECKING:
    from servq.query import WeekChanges
    from servq.query.weekly.statements import Statement
    from servq.reports.asked import Asked

TITLE = Label("质量周报", "Weekly quality report")

COURSE = 13
"""Weeks drawn beside a figure."""

_KINDS = {
    "news": Label("本周", "new"),
    "mixed": Label("构成", "mix"),
    "lasting": Label("持续", "lasting"),
}


def weekly_sections(asked: Asked) -> tuple[Section, ...]:
    """The sections of the report, in their order."""
    family = weekly_changes(asked.snapshot, asked.where, asked.week, asked.against)
    return (
        _changes(asked, family),
        _figures(asked, family),
        change_matrix(asked.snapshot, family, asked.this_week, AGAINST[asked.against]),
        promises(asked.snapshot, asked.period, asked.week),
        causes(asked.snapshot, asked.period, asked.period_before, asked.span),
        _words(asked),
        definitions((*LOOKED_AT, "complaints")),
    )


def _changes(asked: Asked, family: WeekChanges) -> Section:
    against = AGAINST[asked.against]
    cells, tested = f"{len(family.cells):,}", f"{family.tested:,}"
    note = Label(
        f"看了 {cells} 格（{len(LOOKED_AT)} 项指标 × 全部、渠道、班组），对比{against.zh}与自己的过去，"
        f"共 {tested} 次比较样本足够、一起检验；平稳的周约 {FALSE_ALARMS:.0%} 会误报",
        f"{cells} cells looked at ({len(LOOKED_AT)} metrics × all, channels, teams) against {against.en} and their own "
        f"past, {tested} comparisons tested together; a week without change alarms in about {FALSE_ALARMS:.0%}",
    )
    lines = tuple(_line(one) for one in statements_of(family, against))
    finding = headline_of(asked.snapshot, asked.where, asked.week, family, asked.against)
    return Section("changes", Label("变了什么", "What changed"), finding, note, lines=lines)


def _line(one: Statement) -> Line:
    tone = Tone.FAINT if one.kind == "mixed" else tone_of(one.change)
    mark = "●" if one.kind == "mixed" else mark_of(one.change)
    return Line(mark, tone, _KINDS[one.kind], one.text, get_metric(one.cell.metric), one.now, one.before)


def _figures(asked: Asked, family: WeekChanges) -> Section:
    found = tuple(_figure(asked, family, name) for name in WATCHED)
    empty = not any(one.now.n for one in found)
    finding = Label("本周没有数据", "No data in this week") if empty else Label("", "")
    note = Label(
        f"数值、95% 区间、n、对比{AGAINST[asked.against].zh}、目标；小图为近 {COURSE} 周，浅带为 95% 区间",
        f"Value, 95% interval, n, against {AGAINST[asked.against].en}, target; small: {COURSE} weeks, band: interval",
    )
    return Section("figures", Label("六个数字", "Six figures"), finding, note, figures=found)


def _figure(asked: Asked, family: WeekChanges, name: str) -> ReportFigure:
    snapshot, cell = asked.snapshot, family.of(name, {})
    then = compared_weeks(asked.where, asked.week, asked.against)
    now, before = (measure(snapshot, name, (), one)[0].reading for one in (asked.this_week, then))
    target = snapshot.standards.target(name, asked.week, asked.where.only("channel"))
    standing = None if target is None else STANDINGS[standing_of(name, now, target)]
    course = weekly_course(snapshot, name, asked.where, asked.week, COURSE)
    change = None if cell is None else cell.change
    return ReportFigure(get_metric(name), now, AGAINST[asked.against], before, change, target, standing, tuple(course))


def _words(asked: Asked) -> Section:
    quotes = [
        _quote(row, Tone.WORSE if bad else Tone.BETTER)
        for bad in (True, False)
        for row in typical_answers(asked.snapshot, asked.this_week, bad=bad)
    ]
    finding = Label("", "") if quotes else Label("本周没有这样的评论", "No such comment this week")
    note = Label(
        "选法：评分与文字一致（≤6 且负面、≥9 且正面），情感最鲜明，12–90 字；个人信息已屏蔽",
        "Chosen: score and text agree (≤6 and negative, ≥9 and positive), clearest sentiment; personal data masked",
    )
    return Section("words", Label("客户原声", "Customers' words"), finding, note, quotes=tuple(quotes), page=2)


def _quote(row: dict[str, object], tone: Tone) -> ReportQuote:
    day = business_day(int(str(row["answered_at"]).partition(".")[0]))
    where = [named(str(row[name] or NOT_GIVEN)) for name in ("channel", "team")]
    score = f"{row['likelihood']}".removesuffix(".0")
    return ReportQuote(
        str(row["comment"]),
        Label(
            " · ".join([f"{day:%m-%d}", *(one.zh for one in where), f"推荐意愿 {score}"]),
            " · ".join([f"{day:%m-%d}", *(one.en for one in where), f"likelihood {score}"]),
        ),
        tone,
    )
