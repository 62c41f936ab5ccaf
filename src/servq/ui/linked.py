"""A choice that stands in the link under its own name, the same in both languages.

Streamlit's own binding writes an option's label into the link: in another language, or renamed, it would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from servq.records import Label
from servq.ui.language import name_of


def choice(
    name: str, label: str, options: Mapping[str, Label], width: int, disabled: bool = False, shown: bool = True
) -> str:
    """A select box over `options` (code -> label); the first is the usual one and needs no place in the link.

    Args:
        name: key of the choice in the session and in the link.
        shown: whether the choice says anything now, so that the link should carry it.
    """
    codes = list(options)
    if st.session_state.get(name) not in codes:
        linked = st.query_params.get(name, codes[0])
        st.session_state[name] = linked if linked in codes else codes[0]
    chosen: str = st.selectbox(
        label,
        codes,
        key=name,
        format_func=lambda code: name_of(options[code]),
        persist_state="session",
        width=width,
        disabled=disabled,
    )
    _write(name, chosen, chosen != codes[0] and shown)
    return chosen


def _write(name: str, code: str, wanted: bool) -> None:
    if wanted and st.query_params.get(name) != code:
        st.query_params[name] = code
    elif not wanted and name in st.query_params:
        del st.query_params[name]
