"""The menu as the platform draws it, and the page that an address stands for."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from servq.errors import ServqError
from servq.ui.shell import permissions
from servq.ui.shell.language import Language, ask_anew, language, name_of
from servq.ui.shell.menu import FIRST, GROUPS, PAGES

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

FILES = next(folder / "pages" for folder in Path(__file__).parents if (folder / "app.py").is_file())
"""The folder of the pages, beside app.py."""


def navigate() -> StreamlitPage:
    """The page that this address stands for. Called on every run, before anything can stop it."""
    ask_anew()
    # a page may run once: each run gets its own copies
    made = _pages(language(), _listed())
    groups = {name_of(heading): [copy(made[name]) for name in names] for heading, names in GROUPS.items()}
    return st.navigation(groups, expanded=True)


def _listed() -> frozenset[str]:
    """The pages that stand in this reader's menu. The others keep their address: the page itself says why not."""
    try:
        permissions.admit()
    except ServqError:
        return frozenset()
    return frozenset(name for name in PAGES if permissions.may(f"page:{name}"))


@lru_cache(maxsize=16)
def _pages(_language: Language, listed: frozenset[str]) -> dict[str, StreamlitPage]:
    """The pages under their names in a language, made once: looking for their files was a twentieth of a rerun."""
    return {
        name: st.Page(
            FILES / f"{name}.py",
            title=name_of(label),
            url_path=name,
            default=name == FIRST,
            visibility="visible" if name in listed else "hidden",
        )
        for name, label in PAGES.items()
    }
