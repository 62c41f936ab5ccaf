"""The XmR chart of a series: weekly points, the centre and the limits from its own past, holidays marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from servq.formatting import format_value
from servq.holidays import holidays_in
from servq.metrics.metric import Metric
from servq.query.weekly.control_chart import Limits
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import UNSELECTED, Chart, sheet
from servq.ui.charts.sparks import scale_of
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.numbers import interval_text, n_text, value_text
from servq.ui.shell.theme import ACCENT, GREY, WORSE
from servq.weeks import week_key, week_label

SHADE = "rgba(107,114,120,.10)"


def xmr(
    metric: Metric,
    weeks: Sequence[tuple[date, Reading | None]],
    limits: Limits | None,
    slice_: Slice,
    changed: date | None = None,
) -> Chart:
    """Each point opens the rows of its week; a point outside the limits is a diamond. Weeks with too few are gaps.

    Args:
        changed: the day from which another limit is promised; every week is counted by the new one.
    """
    figure = sheet(300)
    labels = [week_key(monday)[5:] for monday, _ in weeks]
    firm = [(place, monday, r) for place, (monday, r) in enumerate(weeks) if _is_drawn(r)]
    drawn = {place: r.value for place, _, r in firm if r is not None}
    figure.add_trace(
        go.Scatter(
            x=labels,
            y=[drawn.get(place) for place in range(len(weeks))],
            mode="lines",
            line={"color": ACCENT, "width": 1.6},
            hoverinfo="skip",
        )
    )
    figure.add_trace(_points(metric, labels, [(place, monday, r) for place, monday, r in firm if r], limits))
    _mark_holidays(figure, weeks)
    if changed is not None:
        _mark_change(figure, weeks, changed)
    if limits is not None:
        _draw_limits(figure, metric, limits, scale_of(metric.unit, [r for _, r in weeks]))
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=labels, nticks=9, tickangle=0)
    figure.update_layout(margin_t=24)
    targets = [(metric.name, slice_.between(monday, monday + timedelta(days=6))) for _, monday, _ in firm]
    return Chart(figure, targets, alt=name_of(metric.label), empty=not firm)


def _is_drawn(reading: Reading | None) -> bool:
    return reading is not None and reading.value is not None and reading.state != State.TOO_FEW


def _points(
    metric: Metric, labels: Sequence[str], firm: Sequence[tuple[int, date, Reading]], limits: Limits | None
) -> go.Scatter:
    outside = [limits is not None and not limits.low <= (r.value or 0.0) <= limits.high for _, _, r in firm]
    return go.Scatter(
        x=[labels[place] for place, _, _ in firm],
        y=[r.value for _, _, r in firm],
        mode="markers",
        marker={
            "size": [12 if out else 8 for out in outside],
            "symbol": ["diamond" if out else "circle" for out in outside],
            "color": [WORSE if out else ACCENT for out in outside],
        },
        customdata=list(range(len(firm))),
        text=[_hover(metric, monday, r, out) for (_, monday, r), out in zip(firm, outside, strict=True)],
        hovertemplate="%{text}<extra></extra>",
        unselected=UNSELECTED,
    )


def _hover(metric: Metric, monday: date, reading: Reading, outside: bool) -> str:
    named = " · ".join(name_of(holiday.label) for holiday in holidays_in(monday))
    lines = [
        week_label(monday) + (f" · {named}" if named else ""),
        f"<b>{value_text(metric, reading)}</b> ({interval_text(metric, reading)})",
        n_text(reading) + (say(" · 超出控制限", " · outside the limits") if outside else ""),
    ]
    return "<br>".join(lines)


def _draw_limits(figure: go.Figure, metric: Metric, limits: Limits, scale: tuple[float, float]) -> None:
    """The centre and both limits, each named at its end; a limit beyond the metric's scale is left out."""
    lines = (
        (limits.centre, say("中心", "centre"), "solid"),
        (limits.low, say("下限", "low"), "dash"),
        (limits.high, say("上限", "high"), "dash"),
    )
    for value, word, dash in lines:
        if (metric.unit == "hours" and value < 0) or (metric.unit != "hours" and not scale[0] <= value <= scale[1]):
            continue
        figure.add_hline(
            y=value,
            line={"color": GREY, "dash": dash, "width": 1.1},
            annotation={
                "text": f"{word} {format_value(value, metric.unit, language(), bare=True)}",
                "font": {"size": 11, "color": GREY},
                "xanchor": "left",
                "x": 1.005,
                "yanchor": "middle",
            },
        )
    figure.update_layout(margin_r=92)


def _mark_change(figure: go.Figure, weeks: Sequence[tuple[date, Reading | None]], changed: date) -> None:
    """A dotted line before the first week that the new limit held in from its beginning, or in part."""
    place = sum(monday + timedelta(days=6) < changed for monday, _ in weeks)
    figure.add_vline(x=place - 0.5, line={"color": GREY, "dash": "dot", "width": 1.2})
    figure.add_annotation(
        text=say(f"{changed} 起新时限", f"new limit since {changed}"), x=place - 0.5, y=0, yref="paper",
        xanchor="right", yanchor="bottom", showarrow=False, font={"size": 11, "color": GREY},
    )  # fmt: skip


def _mark_holidays(figure: go.Figure, weeks: Sequence[tuple[date, Reading | None]]) -> None:
    """Weeks with a public holiday shaded, the holiday's name above; the weeks that are judged are not shaded."""
    last = None
    for place, (monday, _) in enumerate(weeks):
        for holiday in holidays_in(monday):
            figure.add_vrect(x0=place - 0.5, x1=place + 0.5, fillcolor=SHADE, line_width=0, layer="below")
            if holiday != last:
                figure.add_annotation(
                    text=name_of(holiday.label), x=place, y=1, yref="paper", yanchor="bottom", showarrow=False,
                    font={"size": 11, "color": GREY},
                )  # fmt: skip
            last = holiday
