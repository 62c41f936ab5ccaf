"""The page 客户旅程: the touchpoints at which the same customers' scores fall, by group."""

from __future__ import annotations

from markupsafe import Markup

from servq.formatting import format_change
from servq.metrics.verdicts import Verdict
from servq.query.customers.journey import STAGES, Step
from servq.records import DIMENSIONS
from servq.ui.charts import canvas
from servq.ui.charts.lines import busiest
from servq.ui.charts.panels import Panel, PanelStep, is_drawn
from servq.ui.charts.slopes import slopes
from servq.ui.components import drill
from servq.ui.components.journey_sentence import (
    SCORES,
    WORDS,
    finding,
    journey_of,
    steps_told,
    who_steps,
)
from servq.ui.shell import shell
from servq.ui.shell.choices import choose
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import HIDDEN_MARK
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view

MOST_PANELS = 11
"""Channels, and segments, that the chart has room for: with the whole, three rows of each."""

_LEAST_SPAN = {"likelihood": 3.0, "csat": 1.5}
_CHIPS = {Verdict.BETTER: ("better", "▲"), Verdict.WORSE: ("worse", "▼"), Verdict.NO_EVIDENCE: ("", "●")}


def choose_score(_view: View) -> str:
    """The choice of the score that the page compares."""
    return choose("journey-score", SCORES)


def headline(view: View, score: str) -> None:
    """The step with the largest fall, or that none is significant; and the number of customers known."""
    found = journey_of(view, score)
    known = say(
        f"{found.answers:,} 份答卷中 {found.known:,} 份有客户编号（{found.customers:,} 位客户）",
        f"{found.known:,} of {found.answers:,} answers carry a customer id ({found.customers:,} customers)",
    )
    shell.title(finding(found, score), f"{drill.describe(view.period)} · {known}")


def steps(view: View, score: str) -> None:
    """Each group's steps on one scale; the whole in words above, with its intervals."""
    found = journey_of(view, score)
    shell.section(
        say("服务断层：同一批客户，一步一步", "Step by step, the same customers"),
        say(
            f"预→中→后即 {' → '.join(STAGES)}；每位客户只与自己、同一调查方式相比，多次作答取其均值；"
            f"共 {len(found.steps)} 格、{found.tested} 格一起检验（误报率 10%）；▲▼ 差异显著，灰字仅供参考，"
            f"○ 样本不足，{HIDDEN_MARK} 人数太少已隐藏；点圆点看答卷",
            f"Touchpoints in order: {' → '.join(STAGES)}; each customer is compared with him- or herself in one survey "
            f"mode, own means; {len(found.steps)} fields, {found.tested} tested together (10% false discoveries); ▲▼ "
            f"told, grey: indicative, ○ too few, {HIDDEN_MARK} too few people, hidden; click a point",
        ),
    )
    draw(_listed(view, score))
    chart = _chart(view, score)
    if chart.empty:
        shell.note(_why_empty(view))
    else:
        canvas.show(chart, f"slopes-{score}", wide=True)
        for by in ("channel", "segment"):
            shell.left_out(_left_out(view, score, by), DIMENSIONS[by])
        shell.groups_overlap(view, "segment")


def _why_empty(view: View) -> str:
    """The reason why nobody can be compared: the filter, or missing data; and what to do."""
    if "touchpoint" in view.slice_.dimensions:
        return say(
            "按触点筛选后没有前后可比：请取消触点筛选。", "A filter by touchpoint leaves nothing to compare: remove it."
        )
    stages = "、".join(STAGES)
    if not set(STAGES) & set(view.snapshot.values("touchpoint")):
        return say(
            f"答卷里没有触点 {stages}：请在映射里把“触点”一列译成这三个词（见 docs/maps.md）。",
            f"The answers do not know the touchpoints {stages}: map your own words to these (docs/maps.md).",
        )
    return say(
        "同一客户、同一调查方式在两处都打过分的不足 10 位：请拉长周期或放宽筛选。",
        "Fewer than ten customers scored both in one survey mode: choose a longer period or a wider filter.",
    )


@kept_per_view
def _listed(view: View, score: str) -> Markup:
    found = journey_of(view, score)
    whole = [step for step in found.steps if not step.by and is_drawn(step.found)]
    told = [step for verdict in (Verdict.WORSE, Verdict.BETTER) for step in steps_told(found, verdict) if step.by]
    return piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(map(_line, [*whole, *told])))


def _line(step: Step) -> Markup:
    change, reading = step.found.change, step.found.difference
    kind, mark = _CHIPS.get(change.verdict, ("", "○"))
    word = name_of(WORDS[change.verdict]) if change.verdict in WORDS else say("仅供参考", "indicative")
    low, high = (format_change(end, "score", language()) for end in (reading.low, reading.high))
    return piece(
        '<li><span class="mark"><span class="sq-chip {kind}">{word} {mark}</span></span>'
        "<span><b>{who}</b> {way} <b>{by}</b> <small>({low} – {high}, n = {n})</small></span></li>",
        kind=kind, word=word, mark=mark, who=who_steps(step),
        way=f"{shown(step.asked.first)} → {shown(step.asked.second)}",
        by=format_change(change.delta, "score", language()), low=low, high=high, n=f"{reading.n:,}",
    )  # fmt: skip


def _shown(view: View, score: str, by: str) -> list[str]:
    """The values of a dimension that there is room for: those with most customers."""
    most: dict[str, int] = {}
    for step in journey_of(view, score).steps:
        if step.by == by:
            most[step.name] = max(most.get(step.name, 0), step.found.difference.n)
    return busiest(most, MOST_PANELS)


def _left_out(view: View, score: str, by: str) -> int:
    names = {step.name for step in journey_of(view, score).steps if step.by == by}
    return len(names) - len(_shown(view, score, by))


@kept_per_view
def _chart(view: View, score: str) -> canvas.Chart:
    found = journey_of(view, score)
    groups: dict[tuple[str, str], list[Step]] = {}
    for step in found.steps:
        groups.setdefault((step.by, step.name), []).append(step)
    channels, segments = in_channel_order(_shown(view, score, "channel")), _shown(view, score, "segment")
    keys = [("", ""), *(("channel", name) for name in channels), *(("segment", name) for name in segments)]
    panels = [Panel(who_steps(groups[key][0]), [_rise(step) for step in groups[key]]) for key in keys]
    return slopes(panels, _LEAST_SPAN[score], {verdict: name_of(label) for verdict, label in WORDS.items()})


def _rise(step: Step) -> PanelStep:
    return PanelStep((shown(step.asked.first), shown(step.asked.second)), step.found, step.asked, step.slice_)
