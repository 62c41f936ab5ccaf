"""The tab 驱动因素: the items most related to recommending, and their performance. 相关, never 导致."""

from __future__ import annotations

import streamlit as st

from servq.formatting import format_value
from servq.measures import ITEMS
from servq.query.weekly.drivers import FEWEST, Drivers, Weight, item_drivers
from servq.records import Reading, State
from servq.ui.charts import canvas
from servq.ui.charts.quadrant import Item, quadrant
from servq.ui.components import drill
from servq.ui.components.figures import get_metric, reading, rests_on, why_empty
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say
from servq.ui.shell.numbers import interval_text, value_text
from servq.ui.shell.view import View, kept_per_view


@kept_per_view
def _found(view: View) -> Drivers:
    return item_drivers(view.snapshot, view.period)


@kept_per_view
def _scores(view: View) -> dict[str, Reading]:
    return {item: reading(view, item, view.period) for item in ITEMS}


def headline(view: View) -> None:
    """The item most related to recommending, and whether it is among the weaker ones."""
    found = _found(view)
    about = drill.describe(view.period)
    if not found.weights:
        shell.title(_why_not(view, found), about)
        shell.note(say("放宽筛选或换一个周期。", "Widen the filter, or choose another period."))
        st.stop()
    share = format_value(100 * (found.r_squared or 0.0), "percent", language())
    explained = say(
        f"{about} · n = {found.n:,}（推荐意愿与四项都作答）· R² = {share}：四项一起能说明的差异",
        f"{about} · n = {found.n:,} (likelihood and all four items) · R² = {share}: what the four explain together",
    )
    shell.title(_finding(view, found), explained)
    rests_on(view, view.period)
    shell.note(
        say(
            "这里说的是相关：推荐意愿高的客户，哪一项也打得高。改好某一项会不会提高推荐意愿，要靠前后对照才知道。",
            "This is correlation: which item those who would recommend score high too. Whether mending it brings "
            "recommendations only a comparison before and after can tell.",
        )
    )


def _why_not(view: View, found: Drivers) -> str:
    if not reading(view, "nps", view.period).n:
        return why_empty(view, "nps")
    return say(
        f"样本不足：五问齐答的只有 {found.n:,} 份（至少要 {FEWEST} 份，且分数有差异）",
        f"Too few: only {found.n:,} answers gave all five scores (at least {FEWEST}, not all alike)",
    )


def _finding(view: View, found: Drivers) -> str:
    """Only items that stand out of an equal share are called stronger; without any, none is."""
    weights, told = dict(zip(ITEMS, found.weights, strict=True)), dict(zip(ITEMS, found.stand_out, strict=True))
    out = sorted((item for item in ITEMS if told[item]), key=lambda item: -weights[item].share)
    if not out:
        return say(
            "四项与推荐意愿的相关程度相近，分不出先后",
            "All four go with recommending about equally",
        )
    named = joined_words(f"{name_of(get_metric(item).label)}（{_share(weights[item])}）" for item in out)
    first = [item for item in out if _is_weak(view, item)]
    if first:
        which = joined_words(name_of(get_metric(item).label) for item in first)
        return say(
            f"与推荐意愿相关最强：{named}；其中{which}得分低于四项平均，值得先看",
            f"Goes with recommending most: {named}; {which} scores below the four's mean: look there first",
        )
    return say(
        f"与推荐意愿相关最强：{named}，看不出得分低于四项平均",
        f"Goes with recommending most: {named}, not seen to score below the four's mean",
    )


def _equal() -> float:
    return 100 / len(ITEMS)


def _share(weight: Weight) -> str:
    share = format_value(weight.share, "percent", language())
    ends = Reading(None, 0, State.JUDGEABLE, low=weight.low, high=weight.high)
    return f"{share}, {interval_text(get_metric('csat'), ends)}"


def _mean(view: View) -> float:
    values = [found.value for found in _scores(view).values() if found.value is not None]
    return sum(values) / len(values) if values else 0.0


def _is_weak(view: View, item: str) -> bool:
    """Whether the whole interval of its score is below the mean of the four."""
    high = _scores(view)[item].high
    return high is not None and high < _mean(view)


def importance_and_performance(view: View) -> None:
    """The four items by importance and performance."""
    shell.section(
        say("重要性 × 表现", "Importance × performance"),
        say(
            "纵轴：占四项解释力的份额（Johnson 相对权重，竖线为 95% 自助法区间）；横轴：平均分；虚线：均分与四项平均；"
            "点圆点看答卷",
            "Up: share of what the four explain (Johnson's relative weights, 95% bootstrap interval); right: mean "
            "score 1–5; dotted: an equal share, the four's mean; click a point for its answers",
        ),
    )
    canvas.show(_quadrant(view), "drivers")


@kept_per_view
def _quadrant(view: View) -> canvas.Chart:
    items, found = [], _found(view)
    for name, weight, told in zip(ITEMS, found.weights, found.stand_out, strict=True):
        metric, score = get_metric(name), _scores(view)[name]
        if score.value is None or score.state == State.TOO_FEW:
            continue
        label = name_of(metric.label)
        hover = f"{label}<br><b>{_share(weight)}</b><br>{value_text(metric, score)} ({interval_text(metric, score)})"
        hover += f"<br>n = {score.n:,}"
        ends = (weight.share, weight.low, weight.high)
        items.append(Item(name, label, score.value, *ends, hover, view.period, told and _is_weak(view, name)))
    return quadrant(items, (_mean(view), _equal()))
