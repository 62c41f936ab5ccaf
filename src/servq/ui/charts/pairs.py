"""Pairs of figures with intervals on one scale: each metric of this team and of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import plotly.graph_objects as go

from servq.formatting import format_value
from servq.metrics.metric import Metric
from servq.metrics.verdicts import Change, Verdict
from servq.records import STATES, Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, value_text
from servq.ui.shell.theme import ACCENT, BETTER, GREY, WORSE

_COLOURS = {Verdict.BETTER: BETTER, Verdict.WORSE: WORSE}
_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}
ROW_HEIGHT, _APART = 74, 0.17


@dataclass(frozen=True)
class Figure:
    """One figure and the rows that a click opens."""

    reading: Reading
    slice_: Slice


@dataclass(frozen=True)
class FigurePair:
    """One metric: this team's figure above, that of the others beneath; `others` None where there are none."""

    metric: Metric
    own: Figure
    others: Figure | None
    change: Change | None


def pairs(listed: Sequence[FigurePair], names: tuple[str, str]) -> Chart:
    """One line per metric; this team's point is coloured only where the difference is significant.

    Args:
        names: what the two figures are called, this team's first.
    """
    figure = sheet(ROW_HEIGHT * len(listed) + 40)
    targets: list[tuple[str, Slice]] = []
    for place, pair in enumerate(listed):
        colour = _COLOURS.get(pair.change.verdict, ACCENT) if pair.change else ACCENT
        _point(figure, targets, pair, pair.own, names[0], place - _APART, colour)
        if pair.others is not None:
            _point(figure, targets, pair, pair.others, names[1], place + _APART, GREY)
    figure.update_xaxes(range=_range(listed), showgrid=True, dtick=0.5, side="bottom")
    figure.update_yaxes(
        range=[len(listed) - 0.5, -0.5], tickvals=list(range(len(listed))), showgrid=False,
        ticktext=[_name(pair) for pair in listed], ticksuffix="  ",
    )  # fmt: skip
    figure.update_layout(margin={"r": 88})
    return Chart(figure, targets, alt=say("各项得分与区间", "scores with their intervals"))


def _name(pair: FigurePair) -> str:
    mark = _MARKS.get(pair.change.verdict, "") if pair.change else ""
    return f"<b>{mark}{name_of(pair.metric.label)}</b>" if mark else name_of(pair.metric.label)


def _point(
    figure: go.Figure,
    targets: list[tuple[str, Slice]],
    pair: FigurePair,
    drawn: Figure,
    name: str,
    y: float,
    colour: str,
) -> None:
    reading = drawn.reading
    if reading.value is None or reading.state == State.TOO_FEW:
        hidden = reading.state == State.HIDDEN
        mark, why = (HIDDEN_MARK, State.HIDDEN) if hidden else ("○", State.TOO_FEW)
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=y, showarrow=False,
            text=f"{mark} {name_of(STATES[why])} n={reading.n:,}", font={"size": 12, "color": GREY},
        )  # fmt: skip
        return
    figure.add_trace(
        go.Scatter(
            x=[reading.value],
            y=[y],
            mode="markers",
            marker={"size": 11, "color": colour, "symbol": "circle" if colour != GREY else "circle-open"},
            error_x=_interval(reading, colour),
            customdata=[len(targets)],
            hovertext=[_hover(pair.metric, reading, name)],
            hovertemplate="%{hovertext}<extra></extra>",
            unselected=UNSELECTED,
        )
    )
    targets.append((pair.metric.name, drawn.slice_))
    value = format_value(reading.value, pair.metric.unit, language(), bare=True)
    figure.add_annotation(
        x=1, xref="paper", xanchor="left", y=y, showarrow=False, font={"size": 12, "color": colour},
        text=f" <b>{value}</b> <span style='color:{GREY}'>n={reading.n:,}</span>",
    )  # fmt: skip


def _interval(reading: Reading, colour: str) -> dict[str, object]:
    """The error bar of a reading that has a value; it ends at the value where an end is not known."""
    value = reading.value or 0.0
    high = value if reading.high is None else reading.high
    low = value if reading.low is None else reading.low
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value],
        "arrayminus": [value - low],
        "color": colour,
        "thickness": 2,
        "width": 4,
    }


def _range(listed: Sequence[FigurePair]) -> list[float]:
    """Half a score of room around every interval, so that the scale is the same for all and never a whole page wide."""
    drawn = [figure.reading for pair in listed for figure in (pair.own, pair.others) if figure is not None]
    ends = [end for r in drawn if r.state != State.TOO_FEW for end in (r.low, r.value, r.high) if end is not None]
    if not ends:
        return [1.0, 5.0]
    return [max(1.0, floor(2 * min(ends)) / 2) - 0.04, min(5.0, ceil(2 * max(ends)) / 2) + 0.04]


def _hover(metric: Metric, reading: Reading, name: str) -> str:
    return (
        f"{name} · {name_of(metric.label)}<br><b>{value_text(metric, reading)}</b> ({interval_text(metric, reading)})"
        f"<br>{n_text(reading)}"
    )
