"""The drill: from a clicked figure to the rows behind it, as many as its n."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil

import streamlit as st
from markupsafe import Markup

from servq.metrics.catalog import get_metric
from servq.query import Asked, Behind, rows_behind
from servq.query.drill import places_behind
from servq.records import DIMENSIONS, OPEN_FOR, SEVERAL, Picked, SameCustomers, SeenInBoth, Slice
from servq.text.causes.labels import cause_label
from servq.ui.components import card_link, downloads, metric_definition, one_per_customer, verbatims
from servq.ui.shell import shell
from servq.ui.shell.drill_request import ask
from servq.ui.shell.language import joined_words, name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view

PER_PAGE = 50

Evidence = Callable[[View, str, Slice], None]
"""Draws what is known of a figure (metric, slice)."""

_UNITS = {
    "responses": ("份答卷", "responses"),
    "complaints": ("件投诉", "complaints"),
    "visits": ("次访问", "visits"),
    "customers": ("位客户", "customers"),
    "orders": ("个订单", "orders"),
}


def button(metric: str | Picked, slice_: Slice, n: int, key: str, who: str = "") -> None:
    """A button under a figure that opens the n rows behind it; `who` goes before, already safe as Markdown."""
    zh, en = _UNITS[metric.kind if isinstance(metric, Picked) else get_metric(metric).drill]
    st.button(
        who + say(f"查看这 {n:,} {zh} ›", f"Open these {n:,} {en} ›"),
        key=f"open-{key}",
        on_click=ask,
        args=(metric, slice_),
        type="tertiary",
        disabled=n == 0,
    )


def show(view: View, evidence: Evidence | None = None) -> None:
    """Open the rows of the figure that was just clicked; the last statement of every page with figures.

    Args:
        evidence: draws what is known of the figure above its rows, where it knows anything.
    """
    asked = st.session_state.pop("drill", None)
    if asked is not None:
        metric, kept = asked
        st.dialog(heading(metric), width="large")(shell.plainly(opened))(view, metric, kept, evidence)


def opened(view: View, metric: Asked, slice_: Slice, evidence: Evidence | None) -> None:
    """The content of a dialog: the evidence, then the rows."""
    if "drill" in st.session_state:  # a mark of the evidence was clicked: its rows take this one's place
        st.rerun()
    if evidence is not None and isinstance(metric, str):
        evidence(view, metric, slice_)
    _rows(view, metric, slice_)


def heading(asked: Asked) -> str:
    """The title of a dialog, safe as Markdown."""
    if isinstance(asked, SameCustomers):
        way = f"{words_only(asked.first)} → {words_only(asked.second)}"
        return say(f"同一批客户：{way}", f"The same customers: {way}")
    if isinstance(asked, SeenInBoth):
        both = "、".join(dict.fromkeys((words_only(asked.first), words_only(asked.second))))
        return say(f"联系过：{both}", f"In contact by: {both}")
    if isinstance(asked, Picked):
        return words_only(name_of(asked.why))
    return name_of(get_metric(asked).label)


def words_only(value: str) -> str:
    r"""A text from the data with Markdown's characters escaped; before other characters a backslash would be seen.

    >>> print(words_only("态度差、*生硬*"))
    态度差、\*生硬\*
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", shown(value))


def _rows(view: View, metric: Asked, slice_: Slice) -> None:
    behind = _behind(view, metric, slice_, PER_PAGE, 0)
    draw(
        piece(
            '<div class="sq"><p class="sq-title">n = {total}</p><p class="sq-sub">{unit} · {about}</p></div>',
            total=f"{behind.total:,}",
            unit=say(*_UNITS[behind.kind]),
            about=describe(slice_),
        )
    )
    if isinstance(metric, str):
        draw(metric_definition.folded(view, metric, slice_))
        one_per_customer.offer(view, metric, slice_, f"{st.session_state.get('drill_count', 0)}")
    if behind.withheld:
        shell.note(withheld(view.snapshot.viewing_minimum))
    if behind.total == 0 or behind.withheld:
        return
    pages = ceil(behind.total / PER_PAGE)
    page = st.pagination(pages, key=f"rows-{st.session_state['drill_count']}") if pages > 1 else 1
    if page > 1:
        behind = _behind(view, metric, slice_, PER_PAGE, (page - 1) * PER_PAGE)
    verbatims.listed(
        behind,
        _places(view, metric, slice_, (page - 1) * PER_PAGE),
        below=lambda row: _course_of(view, row["complaint_id"]),
    )
    downloads.offer(view, metric, slice_, key="drill")
    if behind.kind == "complaints" and isinstance(metric, str):
        card_link.link(view, slice_)
    teams = dict(slice_.where).get("team", ())
    if len(teams) == 1:
        label = say(f"打开班组页：{shown(teams[0])} ›", f"The team's page: {shown(teams[0])} ›")
        to = address("team", view, focus=teams[0])
        draw(piece('<a class="sq-link" href="{to}" target="_self">{label}</a>', to=to, label=label))


def withheld(minimum: int) -> str:
    """The reason why too few answers are not listed behind a figure."""
    return say(
        f"不足 {minimum} 位客户的答卷，数字与明细一并隐藏，以免认出个人。",
        f"Fewer than {minimum} customers: figure and rows are hidden, so that nobody is recognised.",
    )


@kept_per_view
def _behind(view: View, metric: Asked, slice_: Slice, limit: int, offset: int) -> Behind:
    return rows_behind(view.snapshot, metric, slice_, limit, offset)


@kept_per_view
def _places(view: View, metric: Asked, slice_: Slice, offset: int) -> verbatims.Places:
    return places_behind(view.snapshot, _behind(view, metric, slice_, PER_PAGE, offset), slice_)


def _course_of(view: View, complaint_id: str) -> Markup:
    """The way from a complaint to its course in time, on the page of verbatims."""
    to = address("voices", view, kind="complaints", case=complaint_id)
    label = say("一件投诉的经过 ›", "Its course in time ›")
    return piece('<a class="sq-link" href="{to}" target="_self">{label}</a>', to=to, label=label)


def describe(slice_: Slice) -> str:
    """A slice as text: its days, then the values of each dimension."""
    days = (
        f"{slice_.start:%Y-%m-%d} – {slice_.end:%Y-%m-%d}"
        if slice_.start and slice_.end
        else say("全部日期", "all days")
    )
    dims = [f"{name_of(DIMENSIONS[name])}: {joined_words(_named(name, values))}" for name, values in slice_.where]
    return " · ".join([days, *dims])


def _named(dimension: str, values: tuple[str, ...]) -> list[str]:
    """Values as readers see them: ages and causes are codes of our own, all others stand as they came."""
    if dimension in SEVERAL:
        return [name_of(cause_label(value)) for value in values]
    return [name_of(OPEN_FOR[value]) if dimension == "open_for" else shown(value) for value in values]
