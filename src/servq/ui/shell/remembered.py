"""Choices kept from page to page in the session, and from reader to reader in the link.

Streamlit's own means are not enough: a value that came from a link or from code is lost when the page changes, and its
binding writes labels instead of codes and leaves defaults out of the link. So: the session's value if there is one,
else the link's, else the default; and after the widget the link holds what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

_SAID = "said-in-link"
"""Under this name the session keeps what the link said last of each choice."""


def carry_on(names: Iterable[str]) -> None:
    """On another page, whose link is still empty: put back what it said of these choices, in one step.

    Each write by itself would be a step of the browser's history, and Back would have to go through all of them.
    """
    said: dict[str, list[str]] = st.session_state.get(_SAID, {})
    kept = {name: said[name] for name in names if said.get(name)}
    if kept and not any(name in st.query_params for name in kept):
        st.query_params.update(kept)


def recall(name: str, options: Sequence[str], usual: str) -> None:
    """The value for a widget of one choice, set before it is drawn. An unknown option falls back to the default."""
    kept = st.session_state.get(name, st.query_params.get(name, usual))
    # assigned even when it is there already: otherwise the widget starts over on each page
    st.session_state[name] = kept if kept in options else usual


def recall_all(name: str) -> list[str]:
    """The values for a widget of many choices; unknown ones stay, so that a link never widens by itself."""
    kept: list[str] = st.session_state.get(name, st.query_params.get_all(name))
    st.session_state[name] = list(kept)
    return list(kept)


def write(name: str, values: Sequence[str]) -> None:
    """Write the choice into the link after the widget; nothing chosen, nothing in the link."""
    st.session_state.setdefault(_SAID, {})[name] = list(values)
    if not values:
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get_all(name) != list(values):
        st.query_params[name] = list(values)
