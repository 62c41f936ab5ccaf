"""All teams on one funnel instead of a league table: unadjusted, and adjusted for case mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.metrics.verdicts import ZONES, Zone
from servq.query import Asked
from servq.query.teams.funnels import ANSWERS, ENOUGH_LIKE, ON_FUNNELS, SLOWER, Funnel, Placed
from servq.records import Label, Slice
from servq.ui.charts import canvas
from servq.ui.charts.funnels import FunnelMark
from servq.ui.charts.funnels import funnels as plot
from servq.ui.components import drill
from servq.ui.components.figures import get_metric, reading, rests_on, why_empty
from servq.ui.components.team_peers import team_of
from servq.ui.shell import drill_request, shell
from servq.ui.shell.choices import choose_metric
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import everybody, funnel_of

FEWEST = 10
"""Cases below which a team is not drawn at all."""

_SLOWER = {
    "first_response_median": Label(
        "首次响应慢于全体中位数的占比", "Share of cases answered later than the median of all"
    ),
    "resolution_median": Label("办结慢于全体中位数的占比", "Share of cases slower than the median of all"),
}


def in_one_line(view: View, name: str) -> None:
    """The team's adjusted difference in one line, below the page's finding."""
    form, own = get_metric("nps"), _own(funnel_of(view, "nps"), name)
    if own is None or own.adjusted is None or own.zone == _told_zone(own):
        return
    draw(
        piece(
            '<ul class="sq sq-list"><li><span class="mark"><span class="sq-chip">{word}</span></span><span>{text}'
            "</span></li></ul>",
            word=say("按案件调整 ⚖", "adjusted ⚖"),
            text=_judged(form, own, shown(name)),
        )
    )


def among_all(view: View, name: str) -> None:
    """One metric of all teams, below the finding on this one; a click on a team opens its page."""
    head = st.container()
    metric = choose_metric("team-funnel", ON_FUNNELS)
    found = funnel_of(view, metric)
    with head:
        shell.section(_finding(found, metric, name), _explained(metric))
    chart = _chart(view, metric, name)
    if chart.empty:
        shell.note(why_empty(view, metric))
        return
    canvas.show(chart, f"funnel-{metric}", on_click=_look_at)
    if metric in ANSWERS:
        rests_on(view, everybody(view))
    _notes(view, found, metric, name)


def _look_at(key: str, targets: Sequence[tuple[Asked, Slice]]) -> None:
    """The page's team becomes the one that was clicked (a widget's callback)."""
    target = drill_request.clicked(key, targets)
    if target is None:
        return
    (team,) = dict(target[1].where)["team"]
    if len(st.session_state.get("team") or ()) == 1:
        st.session_state["team"] = [team]
    st.session_state["focus"] = team
    st.session_state["drill_count"] = st.session_state.get("drill_count", 0) + 1  # lets the same point be clicked again


def _form(metric: str) -> Metric:
    """The metric as it is drawn here: a median has no sum, so its funnel shows the share of slower cases."""
    form = get_metric(metric)
    return replace(form, unit="percent", label=_SLOWER[metric]) if metric in SLOWER else form


def _drawn(view: View, found: Funnel) -> list[Placed]:
    least = max(FEWEST, view.snapshot.viewing_minimum)
    return [placed for placed in found.placed if placed.n >= least]


def _own(found: Funnel, name: str) -> Placed | None:
    """The team's place; None where it has too few cases to be judged."""
    own = next((placed for placed in found.placed if placed.team == name and placed.n >= FEWEST), None)
    return None if own is None or own.zone == Zone.TOO_FEW else own


def _finding(found: Funnel, metric: str, name: str) -> str:
    form, own, who = _form(metric), _own(found, name), shown(name)
    if own is not None:
        return _judged(form, own, who)
    what = name_of(form.label)
    if name in found.hidden:
        return say(
            f"{what}：{who}答卷太少，数字隐藏以免认出个人", f"{what}: figures of {who} are hidden: too few answered"
        )
    return say(f"{what}：{who}样本不足，不在漏斗上判断", f"{what}: too few cases of {who} to judge on a funnel")


def _judged(form: Metric, own: Placed, who: str) -> str:
    what, raw = name_of(form.label), format_value(own.value, form.unit, language())
    zone, then = name_of(ZONES[own.zone]), name_of(ZONES[own.zone_adjusted])
    if _told_zone(own) != own.zone_adjusted:
        then = say("同渠道可比案件不足一半，不作判断", "not judged: under half have their like in the channel")
    if own.adjusted is None:
        return say(f"{what}：{who} {raw}，{zone}", f"{what}: {who} {raw}, {zone}")
    adjusted = format_value(_possible(form, own.adjusted), form.unit, language())
    return say(
        f"{what}：{who} 原始 {raw}，{zone}；按所接案件调整后 {adjusted}，{then}",
        f"{what}: {who} {raw} as it came, {zone}; {adjusted} adjusted for its cases, {then}",
    )


def _told_zone(own: Placed) -> Zone:
    """The team's adjusted zone, if enough of its cases have their like in the channel."""
    outside = own.zone_adjusted not in (Zone.INSIDE, Zone.TOO_FEW)
    return Zone.TOO_FEW if outside and own.like < ENOUGH_LIKE else own.zone_adjusted


def _possible(form: Metric, value: float) -> float:
    low, high = _ends(form)
    return min(max(value, low), high)


def _ends(form: Metric) -> tuple[float, float]:
    return (-100.0, 100.0) if form.unit == "points" else (0.0, 100.0)


def _explained(metric: str) -> str:
    by = say("渠道 × 产品 × 调查方式", "channel × product × survey mode")
    if metric not in ANSWERS:
        by = say("渠道 × 产品 × 严重程度", "channel × product × severity")
    return say(
        f"空心 原始，实心 按{by}间接标准化；虚线 95% 限，实线 99.8% 限；横轴 n（调整后按精度折算）；点圆点换班组",
        f"Open: as it came; filled: standardised by {by}; dotted: 95% limit, line: 99.8%; right: n (by precision once "
        "adjusted); click a team to look at it",
    )


@kept_per_view
def _chart(view: View, metric: str, name: str) -> canvas.Chart:
    found, form = funnel_of(view, metric), _form(metric)
    kept = everybody(view)
    marks = [
        FunnelMark(shown(placed.team), placed, kept.and_(team=placed.team), placed.team == name)
        for placed in _drawn(view, found)
    ]
    return plot(form, found, marks, _ends(form))


def _notes(view: View, found: Funnel, metric: str, name: str) -> None:
    own = team_of(view, name).own
    drill.button(metric, own.period, reading(own, metric, own.period).n, f"funnel-{metric}")
    said = []
    few = len(found.placed) - len(_drawn(view, found))
    if found.hidden:
        k = len(found.hidden)
        said.append(
            say(
                f"{k} 个班组隐藏：答卷太少，或为保护这样的班组。",
                f"{k} teams are hidden: too few answered, or a smaller team could be worked out.",
            )
        )
    if few:
        said.append(say(f"{few} 个班组样本不足，未画出。", f"{few} teams have too few cases and are not drawn."))
    placed = next((one for one in found.placed if one.team == name), None)
    if placed is not None and placed.adjusted is not None and placed.like < 1:
        share = format_value(100 * placed.like, "percent", language())
        said.append(
            say(
                f"{shown(name)} 有 {share} 的案件能与同渠道别组的同类案件相比，其余与其他渠道的相比；"
                "不到一半时不作强弱判断。",
                f"{share} of {shown(name)}'s cases are compared with their like in the same channel, the rest with "
                "other channels'; below half, nothing is called strong or weak.",
            )
        )
    if found.overdispersed and found.dispersion is not None:
        said.append(
            say(
                f"班组之间的差别多于随机（离散系数 {found.dispersion:.1f}）：还有未调整到的原因，限外不都是好坏。",
                f"Teams differ by more than chance (dispersion {found.dispersion:.1f}): causes that are not adjusted "
                "for remain.",
            )
        )
    if said:
        shell.note(" ".join(said))
