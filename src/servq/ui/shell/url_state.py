"""State in links: choices under their own names, the same in both languages, and the addresses of other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from servq.records import Label
from servq.text.visible import visible
from servq.ui.shell import remembered
from servq.ui.shell.language import ENGLISH, name_of
from servq.ui.shell.menu import PART, PARTS, page_of, place_of
from servq.ui.shell.view import View
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
    on_change: Callable[[], None] | None = None,
) -> str:
    """A select box over `options` (code -> label); the first is the default.

    Args:
        name: key of the choice in the session and in the link.
        in_link: whether the choice says anything now, so that the link should carry it.
        usual_in_link: whether the link carries the usual one too, because another may be the first later.
        on_change: what follows when the reader chooses another.
    """
    codes = list(options)
    remembered.recall(name, codes, codes[0])
    chosen: str = st.selectbox(
        label,
        codes,
        key=name,
        format_func=lambda code: visible(name_of(options[code])),
        persist_state="session",
        width=width,
        disabled=disabled,
        on_change=on_change,
    )
    remembered.write(name, [chosen] if in_link and (usual_in_link or chosen != codes[0]) else [])
    return chosen


def segments(name: str, label: str, options: Mapping[str, Label]) -> str:
    """A row of a few `options` (code -> label); the first is the default and stands in no link."""
    codes = list(options)
    remembered.recall(name, codes, codes[0])
    chosen = (
        st.segmented_control(
            label,
            codes,
            key=name,
            format_func=lambda code: name_of(options[code]),
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        or codes[0]
    )
    remembered.write(name, [chosen] if chosen != codes[0] else [])
    return chosen


def address(part: str, view: View, **more: str) -> str:
    """The address of another page, or of a part of one, with this reader's week, period, filters and language.

    Args:
        part: a part's name; a page's first part is called like the page.
        more: further choices in the link; a filter that is named here takes the place of the reader's own.
    """
    filters = {key: values for key, values in view.slice_.where if key not in more}
    page = page_of(part)
    said = [] if part == PARTS[page][0] else [(PART, part)]
    said += [("week", week_key(view.week)), ("span", str(view.span)), *more.items()]
    said += [(key, value) for key, values in filters.items() for value in values]
    if view.language == "en":
        said.append(("lang", ENGLISH))
    return f"{place_of(page)}?{urlencode(said)}"
