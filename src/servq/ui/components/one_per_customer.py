"""The choice of one answer per customer beside a figure that is opened: all answers, the first, or the last one."""

from __future__ import annotations

import streamlit as st

from servq.formatting import format_interval, format_value, state_label
from servq.metrics.catalog import get_metric
from servq.query.one_per_customer import WHICH, Once, is_of_answers, measure_once
from servq.records import Slice
from servq.ui.shell.language import language, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View, kept_per_view

ALL = "all"


def offer(view: View, name: str, slice_: Slice, key: str) -> None:
    """The choice, and the figure that it gives; nothing for metrics that are not made of answers."""
    metric = get_metric(name)
    if not is_of_answers(metric) or slice_.dimensions - metric.dimensions:
        return
    labels = {ALL: say("全部", "All"), "first": say("最早一次", "The first"), "last": say("最近一次", "The last")}
    chosen = st.segmented_control(
        say("每位客户计哪次作答", "Which answer of each customer counts"),
        [ALL, *WHICH],
        key=f"once-{key}",
        default=ALL,
        format_func=lambda one: labels[one],
    )
    if chosen in WHICH:
        _figure(name, _once(view, name, chosen, slice_), labels[chosen])


@kept_per_view
def _once(view: View, name: str, which: str, slice_: Slice) -> Once:
    return measure_once(view.snapshot, name, which, (), slice_)


def _figure(name: str, found: Once, which: str) -> None:
    """The figure in one line, with what is passed over; the rows below stay all of them."""
    reading, unit = found.rows[0].reading, get_metric(name).unit
    draw(
        piece(
            '<div class="sq"><p class="sq-sub"><b>{value}</b> {interval} · n = {n} · {state} · {said}</p></div>',
            value=format_value(reading.value, unit, language()),
            interval=format_interval(reading, unit, language()),
            n=f"{reading.n:,}",
            state=state_label(reading, language()),
            said=say(
                f"每位客户本期只计{which}；另有 {found.passed_over:,} 份不计（下面仍列出全部）",
                f"one answer per customer in this period: {which.lower()}; {found.passed_over:,} more are not counted "
                "(all are listed below)",
            ),
        )
    )
