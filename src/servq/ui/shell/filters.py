"""The filter bar: period, channel, team, segment, touchpoint, mode; the same on every page and in the link."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from servq.query import Snapshot
from servq.records import DIMENSIONS, Slice
from servq.text.visible import visible
from servq.ui.shell import my_team, remembered
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.my_team import MY_TEAM
from servq.ui.shell.view import View
from servq.weeks import business_day, monday_of, week_from_key, week_key, week_label

FILTERED = ("channel", "team", "segment", "touchpoint", "survey_mode")
IN_EVERY_LINK = ("lang", "week", "span", MY_TEAM, *FILTERED)
"""The choices that the link carries from page to page and from part to part."""

SPANS = ("1", "4", "8", "13", "26")
USUAL_SPAN = "8"

HIDDEN = ".st-key-filter-bar{display:none}"
"""The style of a page that no filter applies to; what is chosen is kept for the next page."""


def bar(snapshot: Snapshot, part: str = "") -> View:
    """Draw the bar for a part of a page and return its choices."""
    weeks = [week_key(monday) for monday in reversed(complete_weeks(snapshot))]
    this_week = week_key(monday_of(business_day(int(datetime.now(UTC).timestamp()))))
    linked = st.query_params.get("week", "")
    if weeks and linked and linked not in weeks and "week" not in st.session_state:
        said = say(
            f"链接里的周 {linked} 不在数据中，显示最近一周",
            f"The week {linked} of the link is not in the data; the last one is shown",
        )
        draw(piece('<div class="sq sq-note">{said}</div>', said=said))
    remembered.recall("week", weeks, weeks[0] if weeks else this_week)
    remembered.recall("span", SPANS, USUAL_SPAN)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-bar"):
        week = st.selectbox(
            say("周", "Week") + _days_of(st.session_state["week"]),
            weeks or [this_week],
            key="week",
            persist_state="session",
            width=200,
        )
        span = st.selectbox(
            say("周期（近几周）", "Period (weeks)"), SPANS, key="span", persist_state="session", width=130
        )
        kept = my_team.applied(part, snapshot.values("team"), _dimensions(snapshot))
    # the usual span is written in the code, but the last week changes: a copied link must open this very week
    remembered.write("week", [week])
    remembered.write("span", [span] if span != USUAL_SPAN else [])
    return View(snapshot, language(), week_from_key(week), int(span), kept, part)


def _days_of(week: str) -> str:
    """The days of a week, beside its name."""
    return f" {week_label(week_from_key(week)).partition(' ')[2]}"


def complete_weeks(snapshot: Snapshot, today: date | None = None) -> list[date]:
    """The weeks with data that are over, oldest first; when none is over, those that are not."""
    today = today or business_day(int(datetime.now(UTC).timestamp()))
    over = [monday for monday in snapshot.weeks if monday < monday_of(today)]
    return over or snapshot.weeks


def _dimensions(snapshot: Snapshot) -> Slice:
    """The dimension filters, behind one button that says how many are set; which ones stands beside it."""
    chosen = {name: remembered.recall_all(name) for name in FILTERED}
    active = sum(1 for values in chosen.values() if values)
    with st.popover(say("筛选", "Filter") + (f" · {active}" if active else ""), width=130):
        picked = {name: _choice(snapshot, name, chosen[name]) for name in FILTERED}
    for name, values in picked.items():
        remembered.write(name, values)
    if any(picked.values()):
        said = [
            f"{name_of(DIMENSIONS[name])}：{'、'.join(map(shown, values))}" for name, values in picked.items() if values
        ]
        draw(piece('<div class="sq sq-sub">{said}</div>', said=" · ".join(said)))
        st.button(say("清除筛选", "Clear"), key="clear-filters", on_click=_clear, type="tertiary")
    return Slice.of(None, None, **picked)


def _choice(snapshot: Snapshot, name: str, chosen: list[str]) -> list[str]:
    known = snapshot.values(name)
    overlap = say("（分组有重叠）", " (groups overlap)") if snapshot.overlap((name,)) else ""
    return st.multiselect(
        name_of(DIMENSIONS[name]) + overlap,
        [*known, *(value for value in chosen if value not in known)],
        key=name,
        format_func=visible,
        placeholder=say("全部", "All"),
        persist_state="session",
    )


def _clear() -> None:
    for name in FILTERED:
        st.session_state[name] = []
