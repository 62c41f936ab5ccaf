"""The base of all charts: the empty sheet, and the click that opens the rows behind a mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from servq.query import Asked
from servq.records import Slice
from servq.text.visible import visible
from servq.ui.shell import drill_request
from servq.ui.shell.theme import FONT, GREY, INK, LINE

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


@dataclass(frozen=True)
class Chart:
    """A figure and the targets of its marks: a mark's `customdata` is the index of its target.

    Attributes:
        figure: shared between readers: never changed after it is made.
        targets: what is opened by each mark, and of which slice.
        alt: what the chart shows, for those who do not see it.
        empty: no figure could be drawn, so that the axes would be invented: say so in a sentence instead.
    """

    figure: go.Figure
    targets: Sequence[tuple[Asked, Slice]] = field(default_factory=list)
    alt: str = ""
    empty: bool = False


class FinishedFigure(go.Figure):  # type: ignore[misc]  # plotly publishes no types
    """A figure that is finished when it is first shown: Streamlit asks for its dictionary on every rerun.

    Plotly would copy each number again each time, a fifth of a rerun.
    """

    _ready: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The same dictionary each time: Streamlit only reads it."""
        if self._ready is None:
            self._ready = super().to_dict()
        return self._ready


OnClick = Callable[[str, Sequence[tuple[Asked, Slice]]], None]
"""The action of a click, given the chart's key in the session and its targets."""


def show(chart: Chart, key: str, wide: bool = False, on_click: OnClick = drill_request.on_point) -> None:
    """Draw a chart; a click on a mark opens its rows, or does what `on_click` does with its target.

    After each click the chart gets a new key: Plotly would otherwise keep the mark selected and ignore a second click.
    """
    name = f"{key}-{st.session_state.get('drill_count', 0)}"
    on_select: Any = partial(on_click, name, chart.targets) if chart.targets else "ignore"
    # on a phone a wide chart scrolls inside its own frame (see the style sheet), never the page
    frame = st.container(key=f"wide-{key}" if wide else f"chart-{key}")
    frame.plotly_chart(
        chart.figure,
        key=name,
        on_select=on_select,
        selection_mode="points",
        config=CONFIG,
        theme=None,
        alt=visible(chart.alt),
    )


def sheet(height: int, **layout: Any) -> go.Figure:
    """An empty figure in the dashboard's style: no axis titles, faint grid, room for Chinese labels."""
    axis = {"gridcolor": LINE, "linecolor": GREY, "zeroline": False, "automargin": True, "fixedrange": True}
    font = {"family": FONT, "size": 13, "color": INK}
    usual = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event+select",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": GREY, "font": font},
        "barcornerradius": 2,
        "minreducedheight": 20,  # otherwise the labels of a chart of one line are cut off
        "xaxis": axis | {"showgrid": False},
        "yaxis": axis,
    }
    return FinishedFigure(layout=usual | layout)  # all at once: each update of a figure costs as much as all of this


def plain(text: str) -> str:
    """A text from the data, escaped for Plotly, whose labels read tags."""
    return escape(visible(text), quote=False)


UNSELECTED = {"marker": {"opacity": 1}}
"""A click dims nothing: the rows open beside the chart, which stays as it was."""
