"""The headline of the weekly page: new changes in order of importance, lasting ones, or that none is significant."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.metrics.verdicts import FALSE_ALARMS, Change, ChartRule
from servq.query import AGAINST, Against, CellChange, WeekChanges
from servq.query.weekly.changes import Sign
from servq.query.weekly.control_chart import LEAST_WEEKS, RECENT
from servq.query.weekly.statements import headline_of
from servq.ui.components import control_chart
from servq.ui.components.figures import get_metric
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.numbers import by_one_limit, chip, n_text, shift_text, value_text
from servq.ui.shell.view import View, kept_per_view
from servq.ui.weekly.weekly import LOOKED_AT, judged, named
from servq.weeks import week_key, week_label

MOST_LINES = 8
"""More than this nobody reads; the rest is in the matrix."""

MOST_NAMED = 3
"""Values of a filter that are named; the filter bar shows all."""

MOST_MIXED = 3
"""Figures whose mix moved, the clearest: the others moved with them."""


def headline(view: View, against: Against) -> None:
    """The page's first sentence, and the cells with a significant change."""
    family = judged(view, against)
    title = name_of(headline_of(view.snapshot, view.slice_, view.week, family, against))
    shell.title(title, _looked(view, family, against))
    _lines(view, family.news, against)
    for cell in family.mixed[:MOST_MIXED]:
        shell.note(_mixed(view, cell))
    if family.lasting:
        shell.section(
            say(
                f"持续异常（尚未恢复）：{len(family.lasting)} 处", f"Lasting, not yet recovered: {len(family.lasting)}"
            ),
            say("已不是本周的新变化；数值为近几周合计", "No news of this week; figures of the last weeks together"),
        )
        _lines(view, family.lasting, against)


def _who(view: View, cell: CellChange) -> str:
    """Whose figure a line is about; the total says what it is the total of."""
    if cell.dims:
        return " · ".join(shown(value) for value in cell.dims.values())
    kept = [shown(value) for _, values in view.slice_.where for value in values]
    if not kept:
        return say("全部", "All")
    more = say(" 等", " …") if len(kept) > MOST_NAMED else ""
    return say("所选合计（", "All chosen (") + say("、", ", ").join(kept[:MOST_NAMED]) + more + say("）", ")")


def _mixed(view: View, cell: CellChange) -> str:
    """A figure that moved because its mix did: from where to where, and both parts."""
    metric = get_metric(cell.metric)
    who = _who(view, cell)
    course = f"{value_text(metric, cell.before)} → {value_text(metric, cell.now)}"
    parts = "" if cell.shift is None else say("；", "; ") + shift_text(metric, cell.shift)
    return say(
        f"{who} {name_of(metric.label)} {course}：变的主要是构成（班组、渠道、调查方式），不算服务变化{parts}",
        f"{who} {name_of(metric.label)} {course}: mostly a changed mix of teams, channels and modes, no change of "
        f"service{parts}",
    )


def _looked(view: View, family: WeekChanges, against: Against) -> str:
    """The number of cells tested, the method, and its rate of false alarms."""
    weeks = sum(monday < view.week for monday in view.snapshot.weeks) + 1 - RECENT
    short = say(f"；历史不足 {LEAST_WEEKS + RECENT} 周，尚无控制限", "; the past is too short for control limits")
    cells, tested = f"{len(family.cells):,}", f"{family.tested:,}"
    return say(
        f"{week_label(view.week)}；看了 {cells} 格（{len(LOOKED_AT)} 项指标 × 全部、渠道、班组），"
        f"对比{named(view, against)}与自己的过去，共 {tested} 次比较样本足够、一起检验；"
        f"平稳的周约 {FALSE_ALARMS:.0%} 会误报",
        f"{week_label(view.week)}; {cells} cells looked at ({len(LOOKED_AT)} metrics × all, channels, teams) against "
        f"{named(view, against)} and their own past, {tested} comparisons with enough rows, tested together; a week "
        f"without change alarms in about {FALSE_ALARMS:.0%}",
    ) + (short if weeks < LEAST_WEEKS else "")


def _lines(view: View, cells: list[CellChange], against: Against) -> None:
    for place, cell in enumerate(cells[:MOST_LINES], start=1):
        name = f"{cell.metric}-{'-'.join(cell.dims.values())}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-{place}-{cell.is_news}"):
            draw(_line(view, place, cell, against))
            control_chart.button(cell.metric, view.this_week.and_(**cell.dims), name)
    rest = len(cells) - MOST_LINES
    if rest > 0:
        shell.note(say(f"另有 {rest} 处，见下方矩阵", f"{rest} more: see the matrix below"))


@kept_per_view
def _line(view: View, place: int, cell: CellChange, against: Against) -> Markup:
    """One line: who, what, from where to where, on how many rows, and by which evidence."""
    metric, sign = get_metric(cell.metric), cell.leading
    now, before, change = _told(cell, sign)
    return piece(
        '<div class="sq sq-news"><span class="place">{place}</span><span class="mark">{chip}</span>'
        "<span><b>{who}</b> {metric} {before} → <b>{now}</b> <small>({n}{comma}{why})</small></span></div>",
        place=place,
        chip=chip(change),
        who=_who(view, cell),
        metric=name_of(metric.label),
        before=before,
        now=now,
        n=n_text(cell.now if sign is None else sign.now),
        comma=say("，", ", "),
        why=_why(sign, against) + _since(cell) + by_one_limit(cell.limit_since),
    )


def _told(cell: CellChange, sign: Sign | None) -> tuple[str, str, Change]:
    """The two figures of a line and the change between them."""
    metric = get_metric(cell.metric)
    now, before, change = (cell.now, cell.before, cell.change) if sign is None else (sign.now, sign.before, sign.change)
    return value_text(metric, now), value_text(metric, before), change


def _since(cell: CellChange) -> str:
    """The week in which a lasting change most likely began."""
    return "" if cell.since is None else say(f"；自 {week_key(cell.since)} 起", f"; since {week_key(cell.since)}")


def _why(sign: Sign | None, against: Against) -> str:
    """By which evidence: the words of the control chart, or what the week is compared with."""
    if sign is None:
        return say(f"对比{AGAINST[against].zh}", f"against {AGAINST[against].en}")
    if sign.rule == ChartRule.OUTSIDE:
        lasting = say(f"，已 {sign.lasting} 周", f" for {sign.lasting} weeks") if sign.lasting > 1 else ""
        return say("超出控制限", "outside the limits") + lasting
    if sign.rule == ChartRule.RUN:
        return say(f"近 8 周，已连续 {sign.lasting} 周在中心线同侧", f"8 weeks; {sign.lasting} in a row on one side")
    return say("近 4 周至少 3 周接近或超出控制限", "at least 3 of the last 4 weeks near or beyond a limit")
