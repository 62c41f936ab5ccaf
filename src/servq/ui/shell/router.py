"""The menu as the platform draws it, and the way in through it."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from servq.ui.shell.language import Language, ask_anew, language, name_of
from servq.ui.shell.menu import GROUPS, PAGES

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_FIRST = "weekly"
_SPELT_OUT = "weekly spelt out"
"""The first page lives at /; whoever writes its name behind the slash would be told that there is no such page."""

_ROUTED = "routed"


def come_in_through_the_router() -> None:
    """Send a reader who came in by a page's own address on a fresh server through app.py, so that the menu is ours.

    Streamlit serves the folder `pages/` by itself, with a menu of file names, until some session has named its pages.
    """
    context = get_script_run_ctx()
    if _ROUTED not in st.session_state and context is not None and Path(context.main_script_path).name == "app.py":
        navigate()
        st.rerun()


def navigate() -> StreamlitPage:
    """The page that this address stands for. Called on every run, before anything can stop it."""
    st.session_state[_ROUTED] = True
    ask_anew()
    made = _pages(language())
    # a page may run once: each run gets its own copies
    groups = {name_of(heading): [copy(made[name]) for name in names] for heading, names in GROUPS.items()}
    groups[next(iter(groups))].append(copy(made[_SPELT_OUT]))
    return st.navigation(groups, expanded=True)


@lru_cache(maxsize=2)
def _pages(_language: Language) -> dict[str, StreamlitPage]:
    """The pages under their names in a language, made once: looking for their files was a twentieth of a rerun."""
    made = {
        name: st.Page(f"pages/{name}.py", title=name_of(PAGES[name]), url_path=name)
        for names in GROUPS.values()
        for name in names
        if name != _FIRST
    }
    file, title = f"pages/{_FIRST}.py", name_of(PAGES[_FIRST])
    made[_FIRST] = st.Page(file, title=title, url_path="first", default=True)
    made[_SPELT_OUT] = st.Page(file, title=title, url_path=_FIRST, visibility="hidden")
    return made
