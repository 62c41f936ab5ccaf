"""The rules of rows on the form of a map: which rows of the file are taken, by the value of one column.

Owns their widgets and their form in the map's table. loaders/maps decides what a rule may say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from servq.text.masking.masking import mask
from servq.text.visible import visible
from servq.ui.shell import shell
from servq.ui.shell.language import say

MOST = 5
"""Rules that the form has room for; a map's file takes any number."""

_LISTED = re.compile(r"\s*[,，、;；]\s*")  # 无效、测试 -> 无效 | 测试


def _key(source: str, place: int, part: str) -> str:
    return f"map-{source}-rows-{place}-{part}"


def form(source: str, headers: Sequence[str]) -> None:
    """One line a rule: leave out or only, the column, the values; one more than are filled in."""
    shell.note(
        say(
            "未完成、测试、作废或合计的行可以按一列的值排除；会单独计数，不算隔离。",
            "Unfinished answers, tests and totals can be left out by the value of a column; they are counted apart.",
        )
    )
    kinds = {"leave_out": say("不要这些行", "Leave out rows"), "only": say("只要这些行", "Only rows")}
    for place in range(min(MOST, len(rules(source)) + 1)):
        kind, where, values = st.columns([3, 4, 5])
        kind.selectbox(
            say("规则", "Rule"),
            list(kinds),
            key=_key(source, place, "kind"),
            format_func=lambda one: kinds[one],
            label_visibility="collapsed",
        )
        column = _key(source, place, "from")
        if st.session_state.get(column) not in ("", *headers):
            st.session_state[column] = ""
        where.selectbox(
            say("列", "Column"),
            ["", *headers],
            key=column,
            format_func=lambda one: visible(mask(one)) or say("— 哪一列", "— which column"),
            label_visibility="collapsed",
        )
        values.text_input(
            say("值", "Values"),
            key=_key(source, place, "values"),
            placeholder=say("值是…，如：无效、测试", "is …, e.g. False, Survey Preview"),
            label_visibility="collapsed",
        )


def rules(source: str) -> list[dict[str, Any]]:
    """The rules that are filled in, as `[[rows]]` of a map."""
    found = []
    for place in range(MOST):
        header = st.session_state.get(_key(source, place, "from")) or ""
        said = str(st.session_state.get(_key(source, place, "values")) or "")
        values = [value for value in _LISTED.split(said.strip()) if value]
        if header and values:
            found.append({"from": header, st.session_state.get(_key(source, place, "kind"), "leave_out"): values})
    return found
