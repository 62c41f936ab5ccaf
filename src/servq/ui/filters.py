"""The one filter bar: period, channel, team, segment, touchpoint, mode; the same on every page and in the link."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from servq.query import Snapshot
from servq.records import DIMENSIONS, Slice
from servq.ui.language import language, name_of, say, shown
from servq.ui.view import View
from servq.weeks import business_day, monday_of, week_from_key, week_key, week_label

FILTERED = ("channel", "team", "segment", "touchpoint", "survey_mode")
SPANS = (1, 4, 8, 13, 26)
USUAL_SPAN = 8


def bar(snapshot: Snapshot) -> View:
    """Draw the bar and return what it says."""
    weeks = [week_key(monday) for monday in reversed(complete_weeks(snapshot))]
    if weeks and st.session_state.get("week") not in weeks:
        linked = st.query_params.get("week")
        st.session_state["week"] = linked if linked in weeks else weeks[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-bar"):
        week = st.selectbox(
            say("周", "Week") + _days_of(st.session_state.get("week")),
            weeks,
            key="week",
            placeholder=say("选择周", "Choose a week"),
            persist_state="session",
            width=200,
        )
        # bound widgets write their options into the link as they are shown: so they are the same in both languages
        span = st.selectbox(
            say("周期（近几周）", "Period (weeks)"),
            SPANS,
            index=SPANS.index(USUAL_SPAN),
            key="span",
            bind="query-params",
            persist_state="session",
            width=130,
        )
        kept = _dimensions(snapshot)
    if week and st.query_params.get("week") != week:
        # not bound: Streamlit leaves a default out of the link, and a copied link must open this very week
        st.query_params["week"] = week
    monday = week_from_key(week) if week else monday_of(datetime.now(UTC).date())
    return View(snapshot, language(), monday, span or USUAL_SPAN, kept)


def _days_of(week: str | None) -> str:
    """The days of a week, beside its name."""
    return f" {week_label(week_from_key(week)).partition(' ')[2]}" if week else ""


def complete_weeks(snapshot: Snapshot, today: date | None = None) -> list[date]:
    """The weeks with data that are over, oldest first; when none is over, those that are not."""
    today = today or business_day(int(datetime.now(UTC).timestamp()))
    over = [monday for monday in snapshot.weeks if monday < monday_of(today)]
    return over or snapshot.weeks


def _dimensions(snapshot: Snapshot) -> Slice:
    """The dimension filters, behind one button that says which are set."""
    chosen = {name: st.session_state.get(f"{name}") or _from_link(name) for name in FILTERED}
    active = sum(1 for values in chosen.values() if values)
    label = say("筛选", "Filter") + (f" · {active}" if active else "")
    with st.popover(label, width=130):
        picked = {name: _choice(snapshot, name) for name in FILTERED}
    for name, values in picked.items():
        if values:
            st.button(
                f"{name_of(DIMENSIONS[name])}: {'、'.join(shown(value) for value in values)} ✕"[:60],
                key=f"clear-{name}",
                on_click=_clear,
                args=(name,),
                type="tertiary",
                help=say("取消此筛选", "Remove this filter"),
            )
    return Slice.of(None, None, **picked)


def _choice(snapshot: Snapshot, name: str) -> list[str]:
    return st.multiselect(
        name_of(DIMENSIONS[name]),
        snapshot.values(name),
        key=name,
        placeholder=say("全部", "All"),
        bind="query-params",
        persist_state="session",
    )


def _from_link(name: str) -> list[str]:
    return st.query_params.get_all(name)


def _clear(name: str) -> None:
    st.session_state[name] = []
