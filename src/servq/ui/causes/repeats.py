"""Repeat complaints: the number that customers or orders with several make up, and the list. Never who the customer
is."""

from __future__ import annotations

from math import ceil

import streamlit as st

from servq.formatting import format_interval, format_value
from servq.query import Behind
from servq.query.customers.repeats import FROM, Repeats, repeats_behind, repeats_in
from servq.records import Label, Slice
from servq.ui.components import downloads, drill, verbatims
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View, kept_per_view

CUSTOMER = "customer"
_WHO = {CUSTOMER: Label("客户", "customers"), "order": Label("订单", "orders")}
_HEADINGS = {
    CUSTOMER: Label("重复投诉的客户", "Customers who complain again"),
    "order": Label("多次投诉的订单", "Orders with several complaints"),
}
_ASKED = "repeats"


def repeated(view: View) -> None:
    """Customers, then orders: the share with its interval, a line a number of complaints."""
    for column, by in zip(shell.two_columns(), _WHO, strict=True):
        with column:
            _part(view, by, repeats_of(view, by))
    asked = st.session_state.pop(_ASKED, None)
    if asked is not None:
        st.dialog(name_of(_HEADINGS[asked[0]]), width="large")(shell.plainly(_rows))(view, *asked)


def _part(view: View, by: str, found: Repeats | None) -> None:
    who = name_of(_WHO[by])
    explained = say(
        f"本期同一{who}有两件及以上的投诉，占能认出{who}的投诉；不显示是谁",
        f"Complaints of {who} with two or more in the period, of those whose {by} is known; nobody is named",
    )
    if found is None or not found.reading.n:
        shell.section(name_of(_HEADINGS[by]), explained)
        none = say(f"没有能认出{who}的投诉。", f"No complaint says whose it is ({who}).")
        blind = say("投诉数据不含所选的筛选条件。", "Complaints do not know this filter.")
        shell.note(blind if found is None else none)
        return
    reading = found.reading
    value, between = (
        format_value(reading.value, "percent", language()),
        format_interval(reading, "percent", language()),
    )
    shell.section(f"{name_of(_HEADINGS[by])}：{value}（{between}，n = {reading.n:,}）", explained)
    for number, (count, complaints) in sorted(found.groups.items()):
        times = f"{number}{'+' if number == FROM else ''}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"repeat-{by}-{number}"):
            text = say(f"{times} 件：{count:,} 个{who}", f"{times}: {count:,} {who}")
            draw(piece('<div class="sq sq-sub">{text}</div>', text=text))
            if number > 1:
                _button(by, view.period, number, complaints)


def _button(by: str, slice_: Slice, number: int, complaints: int) -> None:
    st.button(
        say(f"查看这 {complaints:,} 件投诉 ›", f"Open these {complaints:,} complaints ›"),
        key=f"open-repeat-{by}-{number}",
        on_click=_ask,
        args=(by, slice_, number),
        type="tertiary",
    )


def _ask(by: str, slice_: Slice, number: int) -> None:
    st.session_state[_ASKED] = (by, slice_, number)


def _rows(view: View, by: str, slice_: Slice, number: int) -> None:
    behind = _behind(view, by, slice_, number)
    draw(
        piece(
            '<div class="sq"><p class="sq-title">n = {total}</p><p class="sq-sub">{about}</p></div>',
            total=f"{behind.total:,}",
            about=drill.describe(slice_),
        )
    )
    pages = ceil(behind.total / drill.PER_PAGE)
    page = st.pagination(pages, key=f"repeat-rows-{by}-{number}") if pages > 1 else 1
    start = (page - 1) * drill.PER_PAGE
    verbatims.listed(Behind(behind.kind, behind.total, behind.frame.iloc[start : start + drill.PER_PAGE]))
    downloads.buttons(lambda: repeats_behind(view.snapshot, by, slice_, number).frame, f"servq-repeat-{by}", "repeats")


@kept_per_view
def repeats_of(view: View, by: str) -> Repeats | None:
    """The repeat complaints of the period, by number per customer or order; None where complaints lack the filter."""
    return repeats_in(view.snapshot, by, view.period)


@kept_per_view
def _behind(view: View, by: str, slice_: Slice, number: int) -> Behind:
    return repeats_behind(view.snapshot, by, slice_, number)
