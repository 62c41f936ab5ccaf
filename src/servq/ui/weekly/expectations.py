"""SERVQUAL gaps on the weekly page: experience against expectation, item by item, where a survey asks both."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_change, unit_label
from servq.measures import GAPS
from servq.metrics.verdicts import Standing
from servq.query.verdicts import standing_of
from servq.records import Reading
from servq.ui.charts.sparks import interval_bar, scale_of
from servq.ui.components import drill
from servq.ui.components.figures import get_metric, reading
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.numbers import interval_text, n_text, value_text, why_nothing
from servq.ui.shell.view import View, kept_per_view


def gaps(view: View) -> None:
    """The gap of each item this week, below the finding; the questions to ask, where there is none."""
    found = {gap: reading(view, gap, view.this_week) for gap in GAPS}
    if not any(one.n for one in found.values()):
        shell.note(_not_asked())
        return
    shell.section(
        _finding(found),
        say(
            "体验分 − 期望分，同一份答卷内相减再平均；横线为 95% 区间，竖线为 0（正好达到期望）",
            "Experience − expectation within one answer, then the mean; bar: 95% interval, tick: 0, just as expected",
        ),
    )
    with st.container(key=f"cardgrid-4-{GAPS[0]}"):
        for gap, one in found.items():
            with st.container(border=True, key=f"card-{gap}"):
                draw(_card(view, gap))
                drill.button(gap, view.this_week, one.n, f"card-{gap}")


@kept_per_view
def _card(view: View, gap: str) -> Markup:
    metric, found = get_metric(gap), reading(view, gap, view.this_week)
    text = value_text(metric, found)
    return piece(
        '<div class="sq sq-card short"><div class="sq-name"><span>{name}</span></div>'
        '<div class="sq-line"><span class="sq-value {kind}">{value}</span>{chip}</div>{bar}'
        '<div class="sq-foot">{foot}</div></div>',
        name=name_of(metric.label),
        kind="none" if text == "—" else "",
        value=why_nothing(found) if text == "—" else _signed(found),
        chip=_chip(gap, found) if found.n else "",
        bar=interval_bar(found, scale_of(metric.unit, []), 0.0),
        foot=" · ".join(part for part in (_interval(found), n_text(found)) if part),
    )


def _signed(found: Reading) -> str:
    """A gap with its sign: +0.18 分."""
    return f"{format_change(found.value, 'gap', language())} {unit_label('gap', language())}"


def _interval(found: Reading) -> str:
    ends = interval_text(get_metric(GAPS[0]), found)
    return say("95% 区间 ", "95% interval ") + ends if ends else ""


def _chip(gap: str, found: Reading) -> Markup:
    standing = standing_of(gap, found, 0.0)
    word, kind = {
        Standing.MISSED: (say("不及期望 ▼", "falls short ▼"), "worse"),
        Standing.MET: (say("达到期望 ▲", "meets it ▲"), "better"),
    }.get(standing, (say("暂无定论 ○", "inconclusive ○"), ""))
    return piece('<span class="sq-chip {kind}">{word}</span>', kind=kind, word=word)


def _finding(found: dict[str, Reading]) -> str:
    """The experiences below their expectation, the largest gap first."""
    short = [gap for gap, one in found.items() if standing_of(gap, one, 0.0) == Standing.MISSED]
    if not short:
        return say("期望与体验：没有一项显著低于期望", "Expectation and experience: none is significantly short")
    told = joined_words(
        f"{name_of(get_metric(gap).label).partition(say('：', ':'))[0]} {value_text(get_metric(gap), found[gap])}"
        for gap in sorted(short, key=lambda gap: found[gap].value or 0.0)
    )
    return say(f"体验不及期望：{told}", f"Experience falls short of expectation: {told}")


def _not_asked() -> str:
    return say(
        "没有问期望：问卷里若同时问“期望的服务态度”等四项（1–5 分），这里会显示体验与期望之差。",
        "Expectations were not asked: where a survey asks what was expected of the four items (1–5), the gap to what "
        "was experienced stands here.",
    )
