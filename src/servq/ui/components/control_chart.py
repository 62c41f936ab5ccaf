"""The control chart behind a figure, opened by a click: its weeks, its limits, the rules and which are broken."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_value
from servq.holidays import KNOWN_FROM, KNOWN_UNTIL
from servq.metrics.metric import Metric
from servq.metrics.verdicts import RULES, ChartRule
from servq.query.weekly.control_chart import LEAST_WEEKS, MOST_WEEKS, RECENT, ControlChart, Limits, control_chart
from servq.records import Slice
from servq.ui.charts import canvas
from servq.ui.charts.xmr import xmr
from servq.ui.components import drill
from servq.ui.components.figures import get_metric
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view

_ASKED = "course"


def button(metric: str, slice_: Slice, key: str) -> None:
    """A button beside a line that opens the control chart of a figure."""
    st.button(
        say("控制图 ›", "Control chart ›"), key=f"course-{key}", on_click=_ask, args=(metric, slice_), type="tertiary"
    )


def _ask(metric: str, slice_: Slice) -> None:
    st.session_state[_ASKED] = (metric, slice_)
    st.session_state["drill_count"] = st.session_state.get("drill_count", 0) + 1


def show(view: View) -> None:
    """Open the control chart that was just asked for; stands before `drill.show`."""
    asked = st.session_state.pop(_ASKED, None)
    if asked is not None:
        metric, kept = asked
        st.dialog(name_of(get_metric(metric).label), width="large")(shell.plainly(_body))(view, metric, kept)


def _body(view: View, name: str, slice_: Slice) -> None:
    metric, judged = get_metric(name), _judged(view, name, slice_)
    limits, found = judged.limits, judged.broken
    draw(
        piece(
            '<div class="sq"><p class="sq-title">{finding}</p><p class="sq-sub">{about}</p></div>',
            finding=_finding(limits, found),
            about=drill.describe(slice_),
        )
    )
    chart = _chart(view, name, slice_)
    if chart.empty:
        shell.note(say("没有一周的样本足以画出。", "No week has enough rows to draw."))
        return
    canvas.show(chart, f"xmr-{name}")
    draw(_rules(metric, limits, found))
    last = judged.course[-1][1]
    drill.button(name, slice_.between(view.week, view.this_week.end), 0 if last is None else last.n, f"course-{name}")
    if "drill" in st.session_state:
        st.rerun()  # a point was clicked: its rows open in the place of this chart


@kept_per_view
def _judged(view: View, name: str, slice_: Slice) -> ControlChart:
    return control_chart(view.snapshot, name, slice_, view.week)


@kept_per_view
def _chart(view: View, name: str, slice_: Slice) -> canvas.Chart:
    judged = _judged(view, name, slice_)
    return xmr(get_metric(name), judged.course, judged.limits, slice_, judged.limit_since)


def _finding(limits: Limits | None, found: Mapping[ChartRule, int]) -> str:
    if limits is None:
        return say("历史还不够长，没有控制限", "The past is too short for limits")
    if not found:
        return say("本周没有违反任何规则", "This week breaks no rule")
    return say("；", "; ").join(name_of(RULES[rule]) + _lasting(rule, weeks) for rule, weeks in found.items())


def _lasting(rule: ChartRule, weeks: int) -> str:
    """For how many weeks, where that is more than the rule itself says."""
    if rule == ChartRule.NEAR or weeks == 1:
        return ""
    return say(f"（已 {weeks} 周）", f" ({weeks} weeks by now)")


def _rules(metric: Metric, limits: Limits | None, found: Mapping[ChartRule, int]) -> Markup:
    """The rules as they are printed, what the limits come from, and up to when holidays are known."""
    rows = [
        piece(
            '<tr><td class="left">{rule}</td><td><span class="sq-chip {kind}">{word}</span></td></tr>',
            rule=name_of(label),
            kind="worse" if rule in found else "",
            word=say("触发 ◆", "broken ◆") if rule in found else say("未触发 ○", "not broken ○"),
        )
        for rule, label in RULES.items()
    ]
    return piece(
        '<div class="sq"><table class="sq-table">{rows}</table><p class="sq-sub">{limits}</p>'
        '<p class="sq-sub">{days}</p></div>',
        rows=joined(rows),
        limits=_limits(metric, limits),
        days=say(
            f"灰底：法定节假日所在周（已收录 {KNOWN_FROM.year}–{KNOWN_UNTIL.year} 年；其他年份没有标记）",
            f"Shaded: weeks with a public holiday ({KNOWN_FROM.year}–{KNOWN_UNTIL.year} are known; other years "
            "are not marked)",
        ),
    )


def _limits(metric: Metric, limits: Limits | None) -> str:
    if limits is None:
        return say(
            f"控制限要此前至少 {LEAST_WEEKS} 周有足够样本（不含最近 {RECENT} 周）",
            f"Limits need at least {LEAST_WEEKS} earlier weeks with enough rows (not counting the last {RECENT})",
        )
    centre, step = (format_value(value, metric.unit, language()) for value in (limits.centre, limits.step))
    return say(
        f"中心 {centre}，平均移动极差 {step}，控制限 = 中心 ± 2.660 × 平均移动极差；"
        f"取自最近 {RECENT} 周之前的 {limits.weeks} 周（至多 {MOST_WEEKS} 周）；样本不足的周留空，不连线",
        f"Centre {centre}, mean moving range {step}, limits = centre ± 2.660 × mean moving range; from the "
        f"{limits.weeks} weeks (at most {MOST_WEEKS}) before the last {RECENT}; weeks with too few rows stay open",
    )
