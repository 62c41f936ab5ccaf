"""The reader's language: Chinese by default, English by a switch that is part of the link."""

from __future__ import annotations

from collections.abc import Iterable
from threading import local
from typing import Literal

import streamlit as st

from servq.records import NOT_GIVEN, Label
from servq.text.visible import visible
from servq.ui.shell import remembered
from servq.ui.shell.markup import speak

Language = Literal["zh", "en"]

CHINESE, ENGLISH = "中文", "English"
"""The choices as they stand on the switch and in a link."""


def switch() -> None:
    """Draw the switch; its state is part of the link, and the browser is told."""
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
    _known.language = _named(chosen)
    speak(say("zh-CN", "en"))


def ask_anew() -> None:
    """Read the language again at the beginning of a run, since the reader may have changed it."""
    _known.language = None


def language() -> Language:
    """The language of this reader."""
    known: Language | None = getattr(_known, "language", None)
    if known is not None:
        return known
    # the menu is built before the switch is drawn: on a link's first run only the link knows
    return _named(st.session_state.get("lang") or st.query_params.get("lang"))


def _named(chosen: str | None) -> Language:
    return "en" if chosen == ENGLISH else "zh"


_known = local()
"""The language of this run. A thread runs for one reader only; a page asks some hundred times, and asking the session
each time was a fourteenth of a rerun."""


def say(zh: str, en: str) -> str:
    """One text in the reader's language; both stand side by side, so neither can be missing."""
    return en if language() == "en" else zh


def joined_words(words: Iterable[str]) -> str:
    """Words joined by the comma of the reader's language."""
    return say("、", ", ").join(words)


def name_of(label: Label) -> str:
    """A catalog's label in the reader's language."""
    return say(label.zh, label.en)


def shown(value: str) -> str:
    """A dimension value for readers: unchanged, except for the mark of a missing one."""
    return say(NOT_GIVEN, "not given") if value == NOT_GIVEN else visible(value)
