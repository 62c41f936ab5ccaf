"""Contradictions between score and text: their share by channel, and both lists."""

from __future__ import annotations

import streamlit as st

from servq.ui.charts import canvas
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.components import drill, verbatims
from servq.ui.components.figures import get_metric, reading, readings, why_empty
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.numbers import interval_text, value_text
from servq.ui.shell.theme import channel_colour, in_channel_order
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view

SHARE = "mismatch_share"


def contradicting(view: View) -> None:
    """The share with its interval as heading, a line a channel, and a button for each of the two lists."""
    shell.section(
        _heading(view),
        say(
            "评 9–10 分而文字负面，或评 0–6 分而文字正面；占能比较的答卷；点一个渠道看它的全部可比答卷",
            "9–10 with a negative text, or 0–6 with a positive one, of the answers that can be compared; "
            "click a channel for all of those",
        ),
    )
    chart = _by_channel(view)
    if chart.empty:
        shell.note(why_empty(view, SHARE))
    else:
        canvas.show(chart, "mismatch")
    for name, fit in verbatims.MISMATCH_LISTS.items():
        _list(view, name, fit)


def _heading(view: View) -> str:
    metric, whole = get_metric(SHARE), reading(view, SHARE, view.period)
    if not whole.n:
        return name_of(metric.label)
    parts = [
        f"{name_of(get_metric(name).label)} {reading(view, name, view.period).n:,}" for name in verbatims.MISMATCH_LISTS
    ]
    value, between = value_text(metric, whole), interval_text(metric, whole)
    return say(
        f"分数与文字不符：{value}（{between}，n = {whole.n:,}），{'，'.join(parts)}",
        f"Score and text contradict: {value} ({between}, n = {whole.n:,}), {', '.join(parts)}",
    )


@kept_per_view
def _by_channel(view: View) -> canvas.Chart:
    rows = {row.dims["channel"]: row.reading for row in readings(view, SHARE, ("channel",), view.period)}
    marks = [
        Mark(shown(channel), rows[channel], channel_colour(channel), view.period.and_(channel=channel))
        for channel in in_channel_order(rows)
        if rows[channel].n
    ]
    return intervals(get_metric(SHARE), marks)


def _list(view: View, name: str, fit: str) -> None:
    """One of the two lists: here in a dialog, and on the page of verbatims with its search."""
    n = reading(view, name, view.period).n
    label = name_of(get_metric(name).label)
    with st.container(horizontal=True, vertical_alignment="center"):
        drill.button(name, view.period, n, name, f"{label}{say('：', ': ')}")
        if n:
            to = address("voices", view, fit=fit)
            link = say(f"在原声页查看{label} ›", f"{label} among the verbatims ›")
            draw(piece('<a class="sq-link" href="{to}" target="_self">{link}</a>', to=to, link=link))
