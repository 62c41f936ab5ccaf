"""The reader's own team: chosen once, kept in session and link, and applied where a team works with its figures.

A team in the filter bar goes before it. What 班组 happens to show is not the reader's choice: only a hand makes it so.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from servq.records import Slice
from servq.ui.shell import remembered
from servq.ui.shell.language import say, shown
from servq.ui.shell.markup import draw, piece

MY_TEAM = "my_team"
"""Its name in the session and in the link."""

SHOWN = "focus"
"""The team that 班组 shows, in the session and in the link."""

APPLIED = frozenset({"causes", "tree", "contradictions", "voices", "cards"})
"""Parts that show the reader's team alone."""


def applied(part: str, teams: Sequence[str], slice_: Slice) -> Slice:
    """The filter with the reader's team, on parts where it applies; elsewhere the choice is only carried on."""
    filtered = "team" in dict(slice_.where)
    if part not in APPLIED or filtered or not teams:
        _carry_on(teams)
        return slice_
    linked = st.query_params.get(MY_TEAM, "")
    if linked and linked not in teams and MY_TEAM not in st.session_state:
        unknown(linked, say("显示全部班组", "all teams are shown"))
    options = ["", *teams]
    remembered.recall(MY_TEAM, options, "")
    chosen = st.selectbox(
        say("我的班组", "My team"),
        options,
        key=MY_TEAM,
        format_func=lambda team: shown(team) if team else say("全部班组", "All teams"),
        on_change=_show_it_too,
        persist_state="session",
        width=200,
    )
    remembered.write(MY_TEAM, [chosen] if chosen else [])
    return slice_.and_(team=chosen) if chosen else slice_


def unknown(team: str, instead: str) -> None:
    """The note that the link names a team of which there are no data, and what is shown instead."""
    said = say(f"数据中没有链接里的班组“{team}”，{instead}", f"The data have no team “{team}” of the link; {instead}")
    draw(piece('<div class="sq sq-note">{said}</div>', said=said))


def begin_with_it(teams: Sequence[str]) -> None:
    """On 班组, unless it shows a team already or the link names one: show the reader's own."""
    mine = st.session_state.get(MY_TEAM)
    if mine in teams and SHOWN not in st.session_state and SHOWN not in st.query_params:
        st.session_state[SHOWN] = mine


def chosen_by_hand() -> None:
    """The team chosen on 班组 is the reader's own from now on."""
    st.session_state[MY_TEAM] = st.session_state[SHOWN]


def _show_it_too() -> None:
    if st.session_state[MY_TEAM]:
        st.session_state[SHOWN] = st.session_state[MY_TEAM]


def _carry_on(teams: Sequence[str]) -> None:
    mine = st.session_state.get(MY_TEAM, st.query_params.get(MY_TEAM, ""))
    if mine in teams:
        st.session_state[MY_TEAM] = mine
        remembered.write(MY_TEAM, [mine])
