"""Pareto chart of causes: bars by number of complaints, the cumulative line and its 80 % mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.formatting import format_interval
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.shell.language import language, say
from servq.ui.shell.theme import ACCENT, FAINT, GREY, LINE

MOST_BARS = 12
VITAL_SHARE = 80
BARS_UP_TO, LINE_FROM = 0.76, 0.82
"""The part of the sheet's width for the bars, and the place where the cumulative line begins."""

ROOM_FOR_LABELS = 1.8
"""The length of the axis relative to the longest bar, so that labels fit on a phone."""


@dataclass(frozen=True)
class Bar:
    """One cause: its name, its complaints now and in the period before, the target of a click.

    Attributes:
        share: of all complaints, with its interval; None where the bars' own total says it.
    """

    name: str
    now: int
    before: int
    slice_: Slice
    share: Reading | None = None


def pareto(bars: Sequence[Bar], total: int) -> Chart:
    """Horizontal bars, so that Chinese names stay level; the period before in a pale colour behind.

    Args:
        bars: largest first; at most `MOST_BARS` are drawn.
        total: what the bars add up to, drawn or not: all complaints, or all mentions where one may name several causes.
    """
    drawn = list(bars[:MOST_BARS])
    figure = sheet(38 * len(drawn) + 46, bargap=0.34, barmode="overlay")
    before, places = [bar.before for bar in drawn], list(range(len(drawn)))
    pale = {"color": LINE}
    figure.add_trace(go.Bar(y=places, x=before, orientation="h", marker=pale, hoverinfo="skip", width=0.86))
    figure.add_trace(_bars(drawn, total))
    figure.add_trace(_labels(drawn, total))
    figure.add_trace(_line(drawn, total))
    most = max([*(_end(bar) for bar in drawn), *before], default=1)
    figure.update_layout(
        xaxis={
            "range": [0, most * ROOM_FOR_LABELS],
            "showticklabels": False,
            "showline": False,
            "domain": [0, BARS_UP_TO],
        },
        xaxis2=_scale(),
    )
    number_lines(figure, [brief(bar.name) for bar in drawn])
    alt = say("投诉原因帕累托图", "Pareto of causes")
    return Chart(figure, [("complaints", bar.slice_) for bar in drawn], alt=alt, empty=not drawn)


def _bars(drawn: Sequence[Bar], total: int) -> go.Bar:
    return go.Bar(
        y=list(range(len(drawn))),
        x=[bar.now for bar in drawn],
        orientation="h",
        width=0.5,
        error_x=_reach(drawn),
        marker={"color": [ACCENT if vital else FAINT for vital in _vital(drawn, total)]},
        customdata=list(range(len(drawn))),
        hovertext=[_hover(bar, total) for bar in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected=UNSELECTED,
    )


def _reach(drawn: Sequence[Bar]) -> dict[str, object] | None:
    """The interval of each count by its share; nothing where no share is known."""
    ends = [
        (bar.now, bar.share.n, bar.share.low, bar.share.high) for bar in drawn if bar.share is not None and _firm(bar)
    ]
    if len(ends) < len(drawn):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [(high or 0.0) * n / 100 - now for now, n, _, high in ends],
        "arrayminus": [now - (low or 0.0) * n / 100 for now, n, low, _ in ends],
        "color": GREY,
        "thickness": 1.4,
        "width": 3,
    }


def _labels(drawn: Sequence[Bar], total: int) -> go.Scatter:
    """Count and share, beyond the longer of the two bars."""
    return go.Scatter(
        y=list(range(len(drawn))),
        x=[max(_end(bar), bar.before) for bar in drawn],
        mode="text",
        text=[f" <b>{bar.now:,}</b> {_share(bar, total, 0)}" for bar in drawn],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _end(bar: Bar) -> float:
    """The end of a bar with its interval."""
    return bar.now if bar.share is None or not _firm(bar) else (bar.share.high or 0.0) * bar.share.n / 100


def _firm(bar: Bar) -> bool:
    """Whether its share is one of enough complaints to have an interval worth drawing."""
    return bar.share is not None and bar.share.state != State.TOO_FEW


def _line(drawn: Sequence[Bar], total: int) -> go.Scatter:
    """The cumulative line: the sum of the bars down to each one."""
    sums = _cumulative(drawn, total)
    return go.Scatter(
        y=list(range(len(drawn))),
        x=sums,
        xaxis="x2",
        mode="lines+markers",
        line={"color": GREY, "width": 1.6},
        marker={"size": 5},
        text=[say(f"累计 {so_far:.0f}%", f"sum {so_far:.0f}%") for so_far in sums],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _scale() -> dict[str, object]:
    """The cumulative line's axis: of its marks only 80 % is drawn."""
    mark = {"tickvals": [VITAL_SHARE], "ticktext": [f"{VITAL_SHARE}%"], "tickangle": 0, "tickfont": {"size": 11}}
    return mark | {
        "anchor": "y", "domain": [LINE_FROM, 1], "range": [0, 104], "showgrid": True, "gridcolor": FAINT,
        "griddash": "dot", "automargin": True, "showline": False, "zeroline": False, "fixedrange": True,
    }  # fmt: skip


def _cumulative(bars: Sequence[Bar], total: int) -> list[float]:
    """The share of all complaints that the bars down to each one bring together, in percent."""
    return [100 * sum(bar.now for bar in bars[: place + 1]) / max(total, 1) for place in range(len(bars))]


def _vital(bars: Sequence[Bar], total: int) -> list[bool]:
    """Whether a bar belongs to the few that bring the first 80 % together."""
    reached = [0.0, *_cumulative(bars, total)]
    return [before < VITAL_SHARE for before, _ in zip(reached, bars, strict=False)]


def _share(bar: Bar, total: int, digits: int) -> str:
    share = 100 * bar.now / max(total, 1) if bar.share is None else bar.share.value or 0.0
    return f"{share:.{digits}f}%"


def _hover(bar: Bar, total: int) -> str:
    between = "" if bar.share is None or not _firm(bar) else f"; {format_interval(bar.share, 'percent', language())}"
    now, before = say("本期", "this period"), say("上期", "period before")
    return (
        f"{plain(bar.name)}<br>{now} <b>{bar.now:,}</b> ({_share(bar, total, 1)}{between})<br>{before} {bar.before:,}"
    )
