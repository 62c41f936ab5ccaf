"""The menu as the platform draws it, and the page that an address stands for."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from servq.ui.shell.language import Language, ask_anew, language, name_of
from servq.ui.shell.menu import FIRST, GROUPS, PAGES

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

FILES = next(folder / "pages" for folder in Path(__file__).parents if (folder / "app.py").is_file())
"""The folder of the pages, beside app.py."""


def navigate() -> StreamlitPage:
    """The page that this address stands for. Called on every run, before anything can stop it."""
    ask_anew()
    made = _pages(language())
    # a page may run once: each run gets its own copies
    groups = {name_of(heading): [copy(made[name]) for name in names] for heading, names in GROUPS.items()}
    return st.navigation(groups, expanded=True)


@lru_cache(maxsize=2)
def _pages(_language: Language) -> dict[str, StreamlitPage]:
    """The pages under their names in a language, made once: looking for their files was a twentieth of a rerun."""
    return {
        name: st.Page(FILES / f"{name}.py", title=name_of(label), url_path=name, default=name == FIRST)
        for name, label in PAGES.items()
    }
