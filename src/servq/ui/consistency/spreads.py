"""Channels side by side on one metric, and the distance of best and worst on each."""

from __future__ import annotations

from servq.formatting import format_difference, format_interval
from servq.metrics.verdicts import Spread, Verdict
from servq.query.verdicts import best_and_worst
from servq.records import DIMENSIONS, Reading, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.charts.lines import MOST_LINES, busiest
from servq.ui.components.figures import get_metric, readings, why_empty
from servq.ui.shell import shell
from servq.ui.shell.choices import choose_metric
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.numbers import value_text
from servq.ui.shell.theme import GREY, channel_colour, in_channel_order
from servq.ui.shell.view import View, kept_per_view

COMPARED = (
    "nps", "csat", "attitude", "responsiveness", "resolution", "communication", "first_response_median",
    "sla_attainment", "complaints_per_100", "visit_score",
)  # fmt: skip


def side_by_side(view: View) -> None:
    """One metric, channel beside channel with intervals; and the distance of best and worst on each metric."""
    left, right = shell.two_columns()
    with left:
        shell.section(
            say("并排看：一个指标的 95% 区间", "Side by side: one metric with 95% intervals"),
            say("点圆点看该渠道的数据", "Click a point for the channel's rows"),
        )
        name = choose_metric("channel-metric", COMPARED[:8])
        chart = _intervals(view, name)
        if chart.empty:
            shell.note(why_empty(view, name))
        else:
            canvas.show(chart, f"intervals-{name}")
            shell.left_out(len(_by_channel(view, name)) - MOST_LINES, DIMENSIONS["channel"])
    with right:
        shell.section(
            say("最好与最差相差多少", "How far best and worst are apart"),
            say("区间已按渠道两两比较放宽", "Intervals widened for all pairs of channels"),
        )
        drawn = _spreads(view)
        if drawn is None:
            shell.note(say("没有两个渠道样本足够、可以相比。", "No two channels have enough rows to compare."))
        else:
            canvas.show(drawn, "spreads", wide=True)


@kept_per_view
def _intervals(view: View, name: str) -> canvas.Chart:
    found = _by_channel(view, name)
    drawn = in_channel_order(busiest({channel: reading.n for channel, reading in found.items()}))
    marks = [_mark(view, name, channel, found[channel]) for channel in drawn]
    return intervals(get_metric(name), marks, view.target(name))


def _mark(view: View, name: str, channel: str, found: Reading) -> Mark:
    kept = view.period.and_(channel=channel)
    return Mark(shown(channel), found, channel_colour(channel), kept, view.target(name, kept))


def _by_channel(view: View, name: str) -> dict[str, Reading]:
    return {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}


@kept_per_view
def _spreads(view: View) -> canvas.Chart | None:
    """Per metric its best and its worst channel, each opening its rows, and what lies between them."""
    best, worst, between = say("最好", "Best"), say("最差", "Worst"), say("相差（95% 区间）", "Apart (95% interval)")
    fields, rows = [], []
    for name in COMPARED:
        metric, among = get_metric(name), _by_channel(view, name)
        found = best_and_worst(name, among)
        if found is None:
            continue
        row = name_of(metric.label)
        rows.append(row)
        for column, channel in ((best, found.best), (worst, found.worst)):
            value = value_text(metric, among[channel])
            n = f"<span style='font-size:11px;color:{GREY}'>{plain(shown(channel))} n={among[channel].n:,}</span>"
            kept = (name, view.period.and_(channel=channel))
            fields.append(Field(row, column, f"<b>{value}</b><br>{n}", f"<b>{value}</b><br>{n}", Tint.PLAIN, kept))
        told = found.verdict == Verdict.WORSE
        size = format_difference(abs(found.difference), metric.unit, view.language)
        ends = f"<span style='font-size:11px'>{_interval(found, metric.unit, view)}</span>"
        text = f"{'▼' if told else '○'} {size}<br>{ends}"
        word = say("有差异", "apart") if told else say("证据不足", "not enough evidence")
        tint = Tint.WORSE if told else Tint.PLAIN
        fields.append(Field(row, between, text, word, tint, (name, view.period.and_(channel=found.worst))))
    return board(fields, rows, [best, worst, between], size=12) if rows else None


def _interval(found: Spread, unit: str, view: View) -> str:
    ends = sorted(end if found.difference >= 0 else -end for end in (found.low, found.high) if end is not None)
    if len(ends) < 2:
        return ""
    written = format_interval(Reading(None, 0, State.JUDGEABLE, low=ends[0], high=ends[1]), unit, view.language)
    return written.removesuffix("%")  # of percentage points, as the value above it says
