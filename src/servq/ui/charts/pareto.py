"""Causes by how many complaints they bring: bars from most to least, the cumulative share, the 80 % mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from servq.records import Slice
from servq.ui.charts.canvas import UNSELECTED, Chart, plain, sheet
from servq.ui.charts.lines import brief, number_lines
from servq.ui.language import say
from servq.ui.theme import ACCENT, FAINT, GREY, LINE

MOST_BARS = 12
VITAL_SHARE = 80
ROOM_FOR_LABELS = 2.1
"""How much longer than the longest bar the axis is, so that labels fit on a phone."""


@dataclass(frozen=True)
class Bar:
    """One cause: its name, its complaints now and in the period before, what a click opens."""

    name: str
    now: int
    before: int
    kept: Slice


def pareto(bars: Sequence[Bar], total: int) -> Chart:
    """Horizontal bars, so that Chinese names stay level; the period before as a thin line behind.

    Args:
        bars: largest first; at most `MOST_BARS` are drawn.
        total: all complaints of the slice: what the shares are of.
    """
    drawn = list(bars[:MOST_BARS])
    figure = sheet(38 * len(drawn) + 46, bargap=0.34, barmode="overlay")
    before, places = [bar.before for bar in drawn], list(range(len(drawn)))
    pale = {"color": LINE}
    figure.add_trace(go.Bar(y=places, x=before, orientation="h", marker=pale, hoverinfo="skip", width=0.86))
    figure.add_trace(_bars(drawn, total))
    figure.add_trace(_labels(drawn, total))
    most = max([bar.now for bar in drawn] + before, default=1)
    figure.update_xaxes(range=[0, most * ROOM_FOR_LABELS], showticklabels=False, showline=False)
    number_lines(figure, [brief(bar.name) for bar in drawn])
    alt = say("投诉原因帕累托图", "Pareto of causes")
    return Chart(figure, [("complaints", bar.kept) for bar in drawn], alt=alt, empty=not drawn)


def _bars(drawn: Sequence[Bar], total: int) -> go.Bar:
    return go.Bar(
        y=list(range(len(drawn))),
        x=[bar.now for bar in drawn],
        orientation="h",
        width=0.5,
        marker={"color": [ACCENT if vital else FAINT for vital in _vital(drawn, total)]},
        customdata=list(range(len(drawn))),
        hovertext=[_hover(bar, total) for bar in drawn],
        hovertemplate="%{hovertext}<extra></extra>",
        unselected=UNSELECTED,
    )


def _labels(drawn: Sequence[Bar], total: int) -> go.Scatter:
    """Count, share and cumulative share, beyond the longer of the two bars."""
    sums = _cumulative(drawn, total)
    return go.Scatter(
        y=list(range(len(drawn))),
        x=[max(bar.now, bar.before) for bar in drawn],
        mode="text",
        text=[f" {_label(bar, total, so_far)}" for bar, so_far in zip(drawn, sums, strict=True)],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )


def _cumulative(bars: Sequence[Bar], total: int) -> list[float]:
    """The share of all complaints that the bars down to each one bring together, in percent."""
    return [100 * sum(bar.now for bar in bars[: place + 1]) / max(total, 1) for place in range(len(bars))]


def _vital(bars: Sequence[Bar], total: int) -> list[bool]:
    """Whether a bar belongs to the few that bring the first 80 % together."""
    reached = [0.0, *_cumulative(bars, total)]
    return [before < VITAL_SHARE for before, _ in zip(reached, bars, strict=False)]


def _label(bar: Bar, total: int, so_far: float) -> str:
    share, sum_up = f"{100 * bar.now / total:.0f}%", say(f"累计 {so_far:.0f}%", f"sum {so_far:.0f}%")
    return f"<b>{bar.now:,}</b> {share} <span style='color:{GREY};font-size:11px'>{sum_up}</span>"


def _hover(bar: Bar, total: int) -> str:
    share = f"{100 * bar.now / total:.1f}%" if total else "—"
    now, before = say("本期", "this period"), say("上期", "period before")
    return f"{plain(bar.name)}<br>{now} <b>{bar.now:,}</b> ({share})<br>{before} {bar.before:,}"
