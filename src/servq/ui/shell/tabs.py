"""Tabs of a page: each has its own address (`?part=`), and only the open one is computed.

The link alone holds the open tab, so that Back, a copied link and a click agree.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from servq.access.viewer import NotPermitted
from servq.ui.shell import permissions
from servq.ui.shell.filters import IN_EVERY_LINK
from servq.ui.shell.language import name_of
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.menu import PAGES, PART, PARTS, QUESTIONS, TABS


def open_part(page: str) -> str:
    """Draw the tabs of a page and the question of the part that is open; return that part's name."""
    part = st.query_params.get(PART, page)
    if part not in PARTS[page]:
        part = page
    if not permissions.may_open(page, part):
        raise NotPermitted
    parts = [one for one in PARTS[page] if permissions.may_open(page, one)]
    if len(parts) == 1:
        st.set_page_config(page_title=name_of(PAGES[page]))
        _ask(part)
        return part
    # the tab of the first part is called in short, the page's own name stands in the menu
    title = "" if part == parts[0] else f"{name_of(TABS[part])} · "
    st.set_page_config(page_title=title + name_of(PAGES[page]))
    labels = {name_of(TABS[name]): name for name in parts}
    key = f"part-{page}"
    st.session_state[key] = name_of(TABS[part])
    panels = st.tabs(list(labels), key=key, on_change=_go_to, args=(key, labels, parts[0]))
    with panels[parts.index(part)]:
        _ask(part)
    return part


def _ask(part: str) -> None:
    draw(piece('<div class="sq"><p class="sq-ask">{ask}</p></div>', ask=name_of(QUESTIONS[part])))


def _go_to(key: str, labels: Mapping[str, str], first: str) -> None:
    """A tab was chosen: the link says so, in one step that Back takes back.

    Choices of the part that is left go out of the link; the session keeps them.
    """
    part = labels[st.session_state[key]]
    said = {} if part == first else {PART: [part]}
    said |= {name: st.query_params.get_all(name) for name in st.query_params if name in IN_EVERY_LINK}
    st.query_params.from_dict(said)
