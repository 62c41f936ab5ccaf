"""HTML markup, written only here: templates are ours, every value is escaped.

Customers' words, team and file names are text. `piece` escapes what is put in (MarkupSafe);
only another `piece` passes unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from servq.text.visible import visible


def piece(template: str, /, **values: object) -> Markup:
    """A template with escaped values.

    >>> piece("<b>{word}</b>", word="<i>")
    Markup('<b>&lt;i&gt;</b>')
    """
    return Markup(template).format(**{name: _readable(value) for name, value in values.items()})


def _readable(value: object) -> object:
    """A value as a page may show it: what would turn its line around or hide in it is visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return Markup("").join(pieces)


def picture(svg: Markup) -> Markup:
    """An SVG of ours as an image: the page's own cleaner removes SVG written directly."""
    return piece('<img alt="" src="data:image/svg+xml,{svg}">', svg=quote(str(svg)))


def speak(code: str) -> None:
    """Tell the browser the language of the page, for screen readers, hyphenation and fonts.

    The platform's own page says "en" and has no setting for it. The script holds nothing but this code.
    """
    assert code in ("zh-CN", "en")
    st.html(f"<script data-ours>document.documentElement.lang = '{code}'</script>", unsafe_allow_javascript=True)


def draw(drawn: Markup, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put a piece on the page, as wide as its container or as its content."""
    st.html(str(drawn), width=width)
