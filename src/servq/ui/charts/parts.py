"""Parts that add up to a figure: the contribution of each cause, with the remainders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.shell.language import say
from servq.ui.shell.theme import ACCENT, GREY, LINE

ROOM_FOR_LABELS = 1.25
"""The room for labels beside the bars, in widths of the bars."""


@dataclass(frozen=True)
class Piece:
    """One part.

    Attributes:
        text: the value as readers see it; `hover` says more.
        drawn: False for a remainder: it may be many times a cause's and is said, not drawn.
        before: its value in the period before; None where it has none or must not be shown.
    """

    name: str
    value: float
    text: str
    hover: str
    before: float | None
    drawn: bool
    slice_: Slice


def parts(pieces: Sequence[Piece], metric: str, alt: str) -> Chart:
    """One line per part, on one scale; the period before in a pale colour behind. A bar or a mark opens its rows."""
    figure = sheet(36 * len(pieces) + 30, bargap=0.34, barmode="overlay")
    places = [place for place, one in enumerate(pieces) if one.drawn]
    before = [pieces[place].before for place in places]
    pale = {"color": LINE}
    figure.add_trace(go.Bar(y=places, x=before, orientation="h", marker=pale, hoverinfo="skip", width=0.86))
    figure.add_trace(
        go.Bar(
            y=places, x=[pieces[place].value for place in places], orientation="h", width=0.5, marker={"color": ACCENT},
            customdata=places, hovertext=[_hover(pieces[place]) for place in places],
            hovertemplate="%{hovertext}<extra></extra>", unselected=UNSELECTED,
        )
    )  # fmt: skip
    figure.add_trace(_labels(pieces))
    figure.add_trace(_remainders(pieces))
    ends = [0.0, *(pieces[place].value for place in places), *(value for value in before if value is not None)]
    low, high = min(ends), max(ends)
    wide = max(high - low, 1e-9)
    figure.update_xaxes(
        range=[low - (0.02 * wide if low < 0 else 0.0), high + ROOM_FOR_LABELS * wide],
        showticklabels=False, showline=False, zeroline=low < 0, zerolinecolor=GREY,
    )  # fmt: skip
    number_lines(figure, [brief(one.name) for one in pieces])
    return Chart(figure, [(metric, one.slice_) for one in pieces], alt=alt, empty=not pieces)


def _labels(pieces: Sequence[Piece]) -> go.Scatter:
    """Each value, right of zero and of what is drawn there."""
    return go.Scatter(
        y=list(range(len(pieces))),
        x=[max(0.0, one.value if one.drawn else 0.0, (one.before or 0.0) if one.drawn else 0.0) for one in pieces],
        mode="text",
        text=[f" {one.text}" if one.drawn else f"     {one.text}" for one in pieces],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _remainders(pieces: Sequence[Piece]) -> go.Scatter:
    """A mark to click in place of a bar."""
    places = [place for place, one in enumerate(pieces) if not one.drawn]
    return go.Scatter(
        y=places,
        x=[0.0] * len(places),
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": GREY},
        cliponaxis=False,
        customdata=places,
        hovertext=[_hover(pieces[place]) for place in places],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected=UNSELECTED,
    )


def _hover(one: Piece) -> str:
    more = say("点开看这些记录", "click for these rows")
    return f"{plain(one.name)}<br>{one.hover}<br><span style='color:{GREY}'>{more}</span>"
