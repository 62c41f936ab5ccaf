"""Small multiples of slopes: the same customers' scores before and after each step, every group on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

import plotly.graph_objects as go

from servq.metrics.verdicts import Verdict
from servq.query import Asked
from servq.records import Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.charts.lines import brief
from servq.ui.charts.panels import Panel, PanelStep, hover, is_drawn, label
from servq.ui.shell.language import say
from servq.ui.shell.theme import BETTER, FAINT, GREY, LINE, WORSE

IN_A_ROW, ROW_HEIGHT, LABELS = 4, 190, 84
"""Panels side by side, the height of a row of them, and how much of that is labels."""

_ENDS = (0.06, 0.94)
"""The start and end of a step between two touchpoints: the next step has other customers, and starts elsewhere."""

_COLOURS = {Verdict.BETTER: BETTER, Verdict.WORSE: WORSE}


def slopes(panels: Sequence[Panel], least_span: float, words: Mapping[Verdict, str]) -> Chart:
    """Panels in rows of four; a significant step is coloured, one of too few customers is named and not drawn.

    Args:
        least_span: points that the common scale shows at least, so that a small step never looks like a cliff.
        words: what a verdict is called.
    """
    rows = [panels[start : start + IN_A_ROW] for start in range(0, len(panels), IN_A_ROW)]
    figure = sheet(ROW_HEIGHT * len(rows) + 8)
    targets: list[tuple[Asked, Slice]] = []
    scale = _scale(panels, least_span)
    for place, row in enumerate(rows):
        number = "" if place == 0 else str(place + 1)
        _axes(figure, number, place, len(rows), row, scale)
        _lines(figure, number, row)
        _points(figure, number, row, targets, words)
    alt = say("同一批客户前后得分的斜线", "slopes of what the same customers said before and after")
    return Chart(figure, targets, alt=alt, empty=not targets)


def _axes(
    figure: go.Figure, number: str, place: int, rows: int, row: Sequence[Panel], scale: tuple[float, float]
) -> None:
    """A row's own pair of axes, one above the other; its steps are named and numbered beneath."""
    top = 1 - place / rows
    bottom = top - (ROW_HEIGHT - LABELS) / ROW_HEIGHT / rows
    lift = 22 / ROW_HEIGHT / rows
    ticks = {
        _start(row, at) + step + 0.5: label(rise) for at, panel in enumerate(row) for step, rise in _numbered(panel)
    }
    room = IN_A_ROW * (_width(row) + 1) - 1
    axis = {"fixedrange": True, "zeroline": False, "showline": False}
    figure.update_layout({
        f"xaxis{number}": {
            **axis, "anchor": f"y{number}", "range": [-0.4, room + 0.4], "showgrid": False, "tickangle": 0,
            "tickmode": "array", "tickvals": list(ticks), "ticktext": list(ticks.values()), "tickfont": {"size": 11.5},
        },
        f"yaxis{number}": {
            **axis, "anchor": f"x{number}", "domain": [bottom - lift, top - lift], "range": list(scale),
            "gridcolor": LINE, "nticks": 4, "tickfont": {"size": 11, "color": GREY}, "automargin": True,
        },
    })  # fmt: skip
    for at, panel in enumerate(row):
        figure.add_annotation(
            x=_start(row, at), xref=f"x{number}", xanchor="left", y=top, yref="paper", yanchor="top", showarrow=False,
            text=f"<b>{brief(panel.name)}</b>", font={"size": 13},
        )  # fmt: skip


def _lines(figure: go.Figure, number: str, row: Sequence[Panel]) -> None:
    """The steps of a row, those of one colour in one trace with gaps between them."""
    drawn: dict[str, tuple[list[float | None], list[float | None]]] = {}
    for at, panel in enumerate(row):
        for step, rise in _numbered(panel):
            if is_drawn(rise.found):
                xs, ys = drawn.setdefault(_colour(rise), ([], []))
                x = _start(row, at) + step
                xs += [x + _ENDS[0], x + _ENDS[1], None]
                ys += [rise.found.before, rise.found.after, None]
    for colour, (xs, ys) in drawn.items():
        line = {"color": colour, "width": 1.8 if colour in (FAINT, GREY) else 3}
        figure.add_trace(_on(number, x=xs, y=ys, mode="lines", line=line, hoverinfo="skip"))


def _points(
    figure: go.Figure,
    number: str,
    row: Sequence[Panel],
    targets: list[tuple[Asked, Slice]],
    words: Mapping[Verdict, str],
) -> None:
    xs, ys, colours, places, hovers = [], [], [], [], []
    for at, panel in enumerate(row):
        for step, rise in _numbered(panel):
            if not is_drawn(rise.found):
                continue
            x = _start(row, at) + step
            for offset, value in zip(_ENDS, (rise.found.before, rise.found.after), strict=True):
                xs.append(x + offset)
                ys.append(value)
                colours.append(_colour(rise))
                places.append(len(targets))
                hovers.append(hover(panel, rise, words))
            targets.append((rise.asked, rise.slice_))
    marker = {"size": 9, "color": colours}
    figure.add_trace(
        _on(
            number, x=xs, y=ys, mode="markers", marker=marker, customdata=places, hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>", unselected=UNSELECTED,
        )
    )  # fmt: skip


def _on(number: str, **of: Any) -> go.Scatter:
    return go.Scatter(xaxis=f"x{number}", yaxis=f"y{number}", **of)


def _numbered(panel: Panel) -> list[tuple[int, PanelStep]]:
    return list(enumerate(panel.rises))


def _width(row: Sequence[Panel]) -> int:
    return max(len(panel.rises) for panel in row)


def _start(row: Sequence[Panel], at: int) -> int:
    return at * (_width(row) + 1)


def _colour(rise: PanelStep) -> str:
    usual = GREY if rise.found.difference.state == State.JUDGEABLE else FAINT
    return _COLOURS.get(rise.found.change.verdict, usual)


def _scale(panels: Sequence[Panel], least_span: float) -> tuple[float, float]:
    """From where to where every panel is drawn: whole and half points around what is there."""
    ends = [
        end
        for panel in panels
        for rise in panel.rises
        if is_drawn(rise.found)
        for end in (rise.found.before, rise.found.after)
        if end is not None
    ]
    low, high = (min(ends), max(ends)) if ends else (0.0, least_span)
    more = max(0.0, least_span - (high - low)) / 2 + 0.1
    return floor(2 * (low - more)) / 2, ceil(2 * (high + more)) / 2
