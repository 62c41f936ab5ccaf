"""The shape of a table on the form of a map: one line per answer, or one column per checklist item.

Owns their widgets and their form in the map's table. loaders/maps decides what a shape may say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from servq.loaders.sources.catalog import SOURCES
from servq.text.masking.masking import mask
from servq.text.visible import visible
from servq.ui.shell import shell
from servq.ui.shell.language import say

LONG = ("id", "question", "answer")
"""The headers of a long table, by their names in a map."""


def key(source: str, part: str) -> str:
    """The session key of a choice of the shape."""
    return f"map-{source}-shape-{part}"


def form(source: str, headers: Sequence[str]) -> None:
    """The choices of the source: its checklist, or its answers one by one."""
    if source == "visits":
        _items(source, headers)
    else:
        _long(source, headers)


def _long(source: str, headers: Sequence[str]) -> None:
    shell.note(
        say(
            "每题一行的表（编号、题目、答案）：选好三列后，每道题会像一列那样出现在下面。",
            "A table of one line per answer (id, question, answer): with all three chosen, questions appear below as "
            "columns.",
        )
    )
    labels = {
        "id": say("同一份的编号", "Id of the answer sheet"),
        "question": say("题目在哪一列", "Column of the question"),
        "answer": say("答案在哪一列", "Column of the answer"),
    }
    chosen = [st.session_state.get(key(source, name)) or "" for name in LONG]
    # turned round, the table has no columns of questions and answers any more: what was chosen stays to choose
    options = list(dict.fromkeys(["", *headers, *chosen]))
    for name, place in zip(LONG, st.columns(3), strict=True):
        place.selectbox(
            labels[name], options, key=key(source, name), format_func=_shown, on_change=_look_anew, args=(source,)
        )


def _items(source: str, headers: Sequence[str]) -> None:
    shell.note(
        say(
            "每个检查项一列的表：表头写了分值的（微笑服务(5分)）会自动识别；没写的请在这里选出来，并给出满分。",
            "A table of one column per checklist item: headers that tell their points, Smile (5 points), are found by "
            "themselves; choose others here, and say how many points they have.",
        )
    )
    columns, possible = st.columns([3, 1])
    chosen: list[str] = st.session_state.get(key(source, "columns")) or []
    columns.multiselect(
        say("检查项的列", "Columns of items"),
        list(dict.fromkeys([*headers, *chosen])),
        key=key(source, "columns"),
        format_func=_shown,
        on_change=_look_anew,
        args=(source,),
        placeholder=say("表头写了分值的列", "those that tell their points"),
    )
    possible.number_input(
        say("没写分值的满分", "Points of the others"), min_value=0.0, value=None, key=key(source, "possible")
    )


def _look_anew(source: str) -> None:
    """Turned round, the table has other columns: each is looked for by its name again (a widget's callback)."""
    for name in SOURCES[source].names:
        st.session_state.pop(f"map-{source}-{name}-from", None)


def _shown(header: str) -> str:
    return visible(mask(header)) or say("— 不是这种表", "— no such table")


def table(source: str) -> dict[str, Any]:
    """The shape that is chosen, as `long` or `items` of a map; nothing where none is."""
    if source == "visits":
        columns = st.session_state.get(key(source, "columns")) or []
        possible = st.session_state.get(key(source, "possible"))
        items = {"columns": list(columns)} | ({"possible": possible} if possible else {})
        return {"items": items} if columns else {}
    chosen = {name: st.session_state.get(key(source, name)) or "" for name in LONG}
    return {"long": chosen} if all(chosen.values()) else {}


def forget(source: str) -> None:
    """Choose none, as for another file."""
    for part in (*LONG, "columns", "possible"):
        st.session_state.pop(key(source, part), None)
