"""Promised against actual response times: the channels that answer within the time they publish, and the others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servq.metrics.verdicts import Standing
from servq.query.verdicts import promise_standing
from servq.records import DIMENSIONS, Label, Reading, Slice
from servq.ui.charts import canvas
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.lines import busiest
from servq.ui.components.figures import readings, why_empty
from servq.ui.components.findings import Answered, against_promises
from servq.ui.shell import shell
from servq.ui.shell.language import say, shown
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view


@dataclass(frozen=True)
class Kept:
    """One channel's promise: the promised limit, the actual time, and whether the promise counts as kept."""

    channel: str
    promise: str
    limit: float
    within: Reading
    standing: Standing
    slice_: Slice


@kept_per_view
def promises(view: View) -> list[Kept]:
    """Every channel that published a response time, with the share of complaints answered within it."""
    within = {row.dims["channel"]: row.reading for row in readings(view, "sla_attainment", ("channel",), view.period)}
    found = []
    for channel in in_channel_order(within):
        promise = view.snapshot.standards.promise(channel, view.week)
        if promise is not None:
            kept = view.period.and_(channel=channel)
            standing = promise_standing(view.snapshot, within[channel], view.week, channel)
            text = say(promise.text, promise.text_en)
            found.append(Kept(channel, text, promise.limit_hours, within[channel], standing, kept))
    return found


def promised_and_delivered(view: View) -> None:
    """The promised response time of each channel against the actual one."""
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


def named(*names: str) -> str:
    """Values from the data for a button, with Markdown's characters escaped."""
    escaped = (re.sub(r"([^\w\s]|_)", r"\\\1", shown(name)) for name in names)
    return " ".join(escaped) + say("：", ": ")


def _said(view: View) -> str:
    """The finding of the clocks: the channels that break their promise."""
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
