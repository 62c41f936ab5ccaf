"""The menu: which pages there are, in which order, under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from servq.ui.language import name_of, say
from servq.ui.shell import PAGES

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_GROUPS = (("weekly", "causes", "consistency"), ("team", "voices"), ("health", "definitions"))


def navigate() -> StreamlitPage:
    """The page that this address stands for. Called on every run, before anything can stop it."""
    headings = (say("三个问题", "Three questions"), say("看细节", "Behind them"), say("可信吗", "To be trusted?"))
    groups = {
        heading: [
            st.Page(f"pages/{name}.py", title=name_of(PAGES[name]), url_path=name, default=name == "weekly")
            for name in names
        ]
        for heading, names in zip(headings, _GROUPS, strict=True)
    }
    return st.navigation(groups)
