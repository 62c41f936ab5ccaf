"""Lines of a chart, one group under the other: placed by number, so that equal names stay apart, with short labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

import plotly.graph_objects as go

from servq.ui.charts.canvas import plain
from servq.ui.shell.theme import GREY

MOST_LINES = 20
"""Groups that one chart or table shows; a page is to be read, not scrolled."""

ROOM = 28
"""The width of a tick's label in columns, of which a Chinese character takes two."""

WITHIN = " › "
"""Between a group and the larger one that it belongs to."""


def number_lines(figure: go.Figure, labels: Sequence[str]) -> None:
    """Give the y axis a line for each label, the first on top, without any empty band.

    Args:
        labels: escaped already: they may hold tags.
    """
    figure.update_yaxes(
        type="linear", range=[len(labels) - 0.5, -0.5], showgrid=False,
        tickmode="array", tickvals=list(range(len(labels))), ticktext=[f"{label} " for label in labels],
    )  # fmt: skip


def brief(name: str, room: int = ROOM) -> str:
    """A name as a tick's label: escaped, cut to about fourteen Chinese characters; its own part is cut last."""
    above, within, own = name.rpartition(WITHIN)
    if within and width(name) > room:
        own = cut(own, room * 2 // 3)
        return plain(cut(above, room - width(own) - len(WITHIN)) + within + own)
    return plain(cut(name, room))


def small_n(n: int) -> str:
    """The n behind a figure, small and grey after it in a tick's label."""
    return f" <span style='font-size:11px;color:{GREY}'>n={n:,}</span>"


def busiest(counts: Mapping[str, int], most: int = MOST_LINES) -> list[str]:
    """The groups to show: all in their order, or those with the largest counts where there are too many."""
    return list(counts) if len(counts) <= most else sorted(counts, key=lambda name: -counts[name])[:most]


def cut(text: str, room: int) -> str:
    """A text cut to so many columns; not escaped."""
    if width(text) <= room:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def width(text: str) -> int:
    """The width of a text in Latin letters; a Chinese character is two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
