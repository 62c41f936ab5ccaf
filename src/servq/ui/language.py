"""The reader's language: Chinese first, English by a switch that stands in the link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from servq.records import NOT_GIVEN, Label
from servq.ui import remembered

Language = Literal["zh", "en"]

CHINESE, ENGLISH = "中文", "English"
"""The choices as they stand on the switch and in a link."""


def switch() -> None:
    """Draw the switch; its state is part of the link."""
    remembered.recall("lang", (CHINESE, ENGLISH), CHINESE)
    chosen = st.segmented_control(
        "语言 / Language",
        (CHINESE, ENGLISH),
        key="lang",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    remembered.write("lang", [ENGLISH] if chosen == ENGLISH else [])


def language() -> Language:
    """The language of this reader."""
    # the menu is built before the switch is drawn: on a link's first run only the link knows
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    return "en" if chosen == ENGLISH else "zh"


def say(zh: str, en: str) -> str:
    """One text in the reader's language; both stand side by side, so neither can go missing."""
    return en if language() == "en" else zh


def joined_words(words: Iterable[str]) -> str:
    """Words one after the other, with the comma of the reader's language."""
    return say("、", ", ").join(words)


def name_of(label: Label) -> str:
    """A catalog's label in the reader's language."""
    return say(label.zh, label.en)


def shown(value: str) -> str:
    """A dimension value as readers see it: as it came, except for the mark of a missing one."""
    return say(NOT_GIVEN, "not given") if value == NOT_GIVEN else value
