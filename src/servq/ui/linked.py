"""What stands in links: choices under their own names, the same in both languages, and the way to other pages.

Streamlit's own binding writes an option's label into the link: in another language, or renamed, it would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from servq.records import Label
from servq.ui.language import ENGLISH, name_of
from servq.ui.view import View
from servq.weeks import week_key


def choice(
    name: str,
    label: str,
    options: Mapping[str, Label],
    width: int,
    *,
    disabled: bool = False,
    in_link: bool = True,
    usual_in_link: bool = False,
) -> str:
    """A select box over `options` (code -> label), the first of which is the usual one.

    Args:
        name: key of the choice in the session and in the link.
        in_link: whether the choice says anything now, so that the link should carry it.
        usual_in_link: whether the link carries the usual one too, because another may be the first later.
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
    _write(name, chosen, in_link and (usual_in_link or chosen != codes[0]))
    return chosen


def _write(name: str, code: str, wanted: bool) -> None:
    if wanted and st.query_params.get(name) != code:
        st.query_params[name] = code
    elif not wanted and name in st.query_params:
        del st.query_params[name]


def address(page: str, view: View, **more: str) -> str:
    """The address of another page with this reader's week, period, filters and language.

    Args:
        more: further choices in the link; a filter that is named here takes the place of the reader's own.
    """
    filters = {key: values for key, values in view.kept.where if key not in more}
    parts = [("week", week_key(view.week)), ("span", str(view.span)), *more.items()]
    parts += [(key, value) for key, values in filters.items() for value in values]
    if view.language == "en":
        parts.append(("lang", ENGLISH))
    return f"{page}?{urlencode(parts)}"
