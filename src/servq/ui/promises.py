"""Promised against delivered: which channels answer within the time they publish, and which do not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from servq.metrics.comparison import Standing, against_target
from servq.records import DIMENSIONS, Label, Reading, Slice
from servq.ui import drill, shell
from servq.ui.charts import canvas
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.lines import busiest
from servq.ui.figures import get_metric, readings, why_empty
from servq.ui.findings import Answered, against_promises
from servq.ui.language import joined_words, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import interval_text, standing_chip, value_text
from servq.ui.theme import in_channel_order
from servq.ui.view import View, kept_per_view
from servq.wording import format_value

PROMISE_KEPT_FROM = 90.0
"""Percent of cases within the promised time from which a promise counts as kept, where no target says otherwise."""


@dataclass(frozen=True)
class Kept:
    """One channel's promise: what was promised, what was delivered, and whether it can be called kept."""

    channel: str
    promise: str
    limit: float
    within: Reading
    standing: Standing
    kept: Slice


@kept_per_view
def promises(view: View) -> list[Kept]:
    """Every channel that published a response time, with the share of complaints answered within it."""
    within = {row.dims["channel"]: row.reading for row in readings(view, "sla_attainment", ("channel",), view.period)}
    floor = kept_from(view)
    found = []
    for channel in in_channel_order(within):
        promise = view.snapshot.standards.promise(channel, view.week)
        if promise is not None:
            standing = against_target(within[channel], floor, "higher")
            kept = view.period.and_(channel=channel)
            text = say(promise.text, promise.text_en)
            found.append(Kept(channel, text, promise.limit_hours, within[channel], standing, kept))
    return found


def headline(view: View) -> None:
    """How many channels keep their promise, and which one does not."""
    found = promises(view)
    broken = [shown(one.channel) for one in found if one.standing == Standing.MISSED]
    held = sum(one.standing == Standing.MET for one in found)
    unsure = len(found) - held - len(broken)
    names = say(f"（{joined_words(broken)}）", f" ({joined_words(broken)})") if broken else ""
    shell.title(
        say(
            f"响应承诺：{held} 个渠道兑现 · {len(broken)} 个违背{names} · {unsure} 个证据不足",
            f"Response promise: {held} kept · {len(broken)} broken{names} · {unsure} without enough evidence",
        )
        if found
        else _why_none(view),
        f"{drill.describe(view.period)} · {_criterion(view)}",
    )


def _why_none(view: View) -> str:
    """Why no promise can be tested: the filter asks for what complaints do not know, or nothing was promised."""
    if view.kept.dimensions - get_metric("sla_attainment").dimensions:
        return why_empty(view, "sla_attainment")
    return say("没有可检验的响应承诺", "No response promise can be tested")


def _criterion(view: View) -> str:
    floor = format_value(kept_from(view), "percent", view.language)
    return say(f"兑现：95% 区间整个不低于 {floor}", f"kept: the whole 95% interval at or above {floor}")


def kept_from(view: View) -> float:
    """The share within the promised time, in percent, from which a promise counts as kept."""
    return view.snapshot.standards.target("sla_attainment", view.week) or PROMISE_KEPT_FROM


def promised_and_delivered(view: View) -> None:
    """The promised response time of each channel against the delivered one."""
    shell.section(
        _said(view) if _drawn(view) else say("承诺与兑现", "Promised and delivered"),
        say(
            "首次响应：实心 中位数，空心 P90，红线 承诺；对数刻度；点圆点看投诉",
            "First response; filled: median, open: P90, red: promise; log scale; click a point for its complaints",
        ),
    )
    chart = _clocks(view)
    if chart.empty:
        shell.note(why_empty(view, "first_response_median"))
    else:
        canvas.show(chart, "promise-clocks")
        shell.left_out(len(_medians(view)) - len(_drawn(view)), DIMENSIONS["channel"])
    if promises(view):
        draw(_promise_table(view))
    for one in promises(view):
        if one.standing == Standing.MISSED:
            drill.button("sla_attainment", one.kept, one.within.n, f"broken-{one.channel}", who=_who(one.channel))


def _who(channel: str) -> str:
    """The channel before its button: a button reads Markdown, so its signs are escaped."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", shown(channel)) + say("：", ": ")


def _said(view: View) -> str:
    """What the clocks say: which channels break their promise."""
    medians, found = _medians(view), promises(view)
    groups = [Answered(shown(one.channel), medians[one.channel], one.within, one.standing) for one in found]
    return against_promises(groups, len(medians) - len(groups), Label("渠道", "channels"))


@kept_per_view
def _medians(view: View) -> dict[str, Reading]:
    return {
        row.dims["channel"]: row.reading for row in readings(view, "first_response_median", ("channel",), view.period)
    }


@kept_per_view
def _drawn(view: View) -> list[str]:
    """The channels that the clocks have room for: where there are too many, those with most complaints."""
    return in_channel_order(busiest({channel: median.n for channel, median in _medians(view).items()}))


@kept_per_view
def _clocks(view: View) -> canvas.Chart:
    median = _medians(view)
    p90 = {row.dims["channel"]: row.reading for row in readings(view, "first_response_p90", ("channel",), view.period)}
    standards = view.snapshot.standards
    groups = []
    for channel in _drawn(view):
        promise = standards.promise(channel, view.week)
        limit = None if promise is None else promise.limit_hours
        groups.append(Clock(shown(channel), median[channel], p90[channel], limit, view.period.and_(channel=channel)))
    return clocks(groups, "first_response")


@kept_per_view
def _promise_table(view: View) -> Markup:
    metric = get_metric("sla_attainment")
    lines = [
        piece(
            '<tr><td>{channel}</td><td class="left">“{promise}”</td>'
            '<td>{within}<br><small>{interval} n={n}</small></td><td class="left">{chip}</td></tr>',
            channel=shown(one.channel),
            promise=one.promise,
            within=value_text(metric, one.within),
            interval=interval_text(metric, one.within),
            n=f"{one.within.n:,}",
            chip=standing_chip(one.standing),
        )
        for one in promises(view)
    ]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr><th>{channel}</th><th class="left">{promise}</th>'
        '<th>{within}</th><th class="left">{kept}</th></tr>{lines}</table></div>',
        channel=say("渠道", "Channel"),
        promise=say("承诺原文", "Promise"),
        within=say("承诺时间内响应", "Answered in time"),
        kept=say("兑现？", "Kept?"),
        lines=joined(lines),
    )
