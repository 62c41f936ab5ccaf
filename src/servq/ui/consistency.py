"""The channel page's parts: who keeps the same promise, how far channels are apart, promised against delivered."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from servq.metrics.comparison import Spread, Standing, Verdict, against_target, compare_many, spread
from servq.records import Reading, Slice, State
from servq.ui import drill, shell
from servq.ui.charts import canvas
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.charts.matrix import Cell, matrix
from servq.ui.choices import choose_metric
from servq.ui.figures import get_metric, reading, readings
from servq.ui.language import name_of, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import interval_text, standing_chip, value_text
from servq.ui.theme import channel_colour, in_channel_order
from servq.ui.view import View, kept_per_view
from servq.wording import format_interval, format_value

COMPARED = (
    "nps", "csat", "attitude", "responsiveness", "resolution", "communication", "first_response_median",
    "sla_attainment", "complaints_per_100", "visit_score",
)  # fmt: skip
"""The rows of the matrix."""

PROMISE_KEPT_FROM = 90.0
"""Percent of cases within the promised time from which a promise counts as kept, where no target says otherwise."""


@dataclass(frozen=True)
class Kept:
    """One channel's promise: what was promised, what was delivered, and whether it can be called kept."""

    channel: str
    promise: str
    limit: float
    within: Reading
    standing: Standing
    kept: Slice


@kept_per_view
def promises(view: View) -> list[Kept]:
    """Every channel that published a response time, with the share of complaints answered within it."""
    within = {row.dims["channel"]: row.reading for row in readings(view, "sla_attainment", ("channel",), view.period)}
    floor = view.snapshot.standards.target("sla_attainment", view.week) or PROMISE_KEPT_FROM
    found = []
    for channel in in_channel_order(within):
        promise = view.snapshot.standards.promise(channel, view.week)
        if promise is not None:
            standing = against_target(within[channel], floor, "higher")
            kept = view.period.and_(channel=channel)
            text = say(promise.text, promise.text_en)
            found.append(Kept(channel, text, promise.limit_hours, within[channel], standing, kept))
    return found


def headline(view: View) -> None:
    """How many channels keep their promise, and which one does not."""
    found = promises(view)
    broken = [shown(one.channel) for one in found if one.standing == Standing.MISSED]
    held = sum(one.standing == Standing.MET for one in found)
    unsure = len(found) - held - len(broken)
    names = f"（{'、'.join(broken)}）" if broken else ""
    shell.title(
        say(
            f"响应承诺：{held} 个渠道兑现 · {len(broken)} 个违背{names} · {unsure} 个证据不足",
            f"Response promise: {held} kept · {len(broken)} broken{names} · {unsure} without enough evidence",
        )
        if found
        else say("没有可检验的响应承诺", "No response promise can be tested"),
        drill.describe(view.period),
    )


def channel_matrix(view: View) -> None:
    """Metric × channel; tinted where a channel can be told from all others together."""
    cells, tested = _cells(view)
    shell.section(
        say("每个渠道，同样的服务吗？", "The same service in every channel?"),
        say(
            f"与其余渠道合并相比：▲ 较好 ▼ 较差（{tested} 格一起检验，误报率 10%）；灰字仅供参考，○ 样本不足；点格看行",
            f"Against all other channels together: ▲ better ▼ worse ({tested} cells tested together, 10% false "
            "discoveries); grey: indicative, ○ too few; click a field for its rows",
        ),
    )
    if not cells:
        shell.note(say("所选范围没有数据。", "There are no data for this slice."))
        return
    canvas.show(_drawn(view), "channel-matrix", wide=True)


@kept_per_view
def _drawn(view: View) -> canvas.Chart:
    cells, _ = _cells(view)
    rows = [name_of(get_metric(name).label) for name in COMPARED]
    columns = [shown(channel) for channel in in_channel_order({dict(cell.kept.where)["channel"][0] for cell in cells})]
    return matrix(cells, rows, columns)


@kept_per_view
def _cells(view: View) -> tuple[list[Cell], int]:
    """Every channel's figure and its change against all the other channels together."""
    found: list[tuple[str, str, Reading, Reading]] = []
    for name in COMPARED:
        by_channel = {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}
        for channel in by_channel:
            found.append((name, channel, by_channel[channel], _others(view, name, channel, tuple(sorted(by_channel)))))
    judged = compare_many([(one, rest, get_metric(name).better) for name, _, one, rest in found])
    cells = [
        Cell(
            name_of(get_metric(name).label),
            shown(channel),
            get_metric(name),
            one,
            change,
            view.period.and_(channel=channel),
        )
        for (name, channel, one, _), change in zip(found, judged.changes, strict=True)
    ]
    return cells, judged.tested


def _others(view: View, name: str, channel: str, channels: tuple[str, ...]) -> Reading:
    """All the other channels of the slice as one group."""
    rest = [other for other in channels if other != channel]
    if not rest:
        return Reading(None, 0, State.TOO_FEW)
    where = dict(view.period.where) | {"channel": tuple(rest)}
    return reading(view, name, Slice(view.period.start, view.period.end, tuple(sorted(where.items()))))


def side_by_side(view: View) -> None:
    """One metric, channel beside channel with intervals; and how far best and worst are apart on each."""
    left, right = shell.two_columns()
    with left:
        shell.section(
            say("并排看：一个指标的 95% 区间", "Side by side: one metric with 95% intervals"),
            say("点圆点看该渠道的数据", "Click a point for the channel's rows"),
        )
        name = choose_metric("channel-metric", COMPARED[:8])
        chart = _intervals(view, name)
        if chart.targets:
            canvas.show(chart, f"intervals-{name}")
        else:
            shell.note(say("所选范围没有数据。", "There are no data for this slice."))
    with right:
        shell.section(
            say("最好与最差相差多少", "How far best and worst are apart"),
            say("区间已按渠道两两比较放宽", "Intervals widened for all pairs of channels"),
        )
        draw(_spreads(view))


@kept_per_view
def _intervals(view: View, name: str) -> canvas.Chart:
    found = {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}
    marks = [
        Mark(shown(channel), found[channel], channel_colour(channel), view.period.and_(channel=channel))
        for channel in in_channel_order(found)
    ]
    return intervals(get_metric(name), marks, view.snapshot.standards.target(name, view.week))


@kept_per_view
def _spreads(view: View) -> Markup:
    lines = []
    for name in COMPARED:
        metric = get_metric(name)
        found = spread(
            {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}, metric.better
        )
        if found is not None:
            lines.append(
                piece(
                    "<tr><td>{metric}<br><small>{best} › {worst}</small></td>"
                    "<td>{difference}<br><small>{interval}</small></td>"
                    '<td class="left">{verdict}</td></tr>',
                    metric=name_of(metric.label),
                    best=shown(found.best),
                    worst=shown(found.worst),
                    difference=format_value(abs(found.difference), metric.unit, view.language),
                    interval=_interval(found, metric.unit, view),
                    verdict=_verdict(found),
                )
            )
    heads = (
        say("指标", "Metric"),
        say("最好", "Best"),
        say("最差", "Worst"),
        say("相差（区间）", "Apart (interval)"),
        "",
    )
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{lines}</table></div>',
        heads=joined(piece("<th>{head}</th>", head=head) for head in heads),
        lines=joined(lines),
    )


def _interval(found: Spread, unit: str, view: View) -> str:
    ends = sorted(end if found.difference >= 0 else -end for end in (found.low, found.high) if end is not None)
    if len(ends) < 2:
        return ""
    return format_interval(Reading(None, 0, State.JUDGEABLE, low=ends[0], high=ends[1]), unit, view.language)


def _verdict(found: Spread) -> Markup:
    if found.verdict == Verdict.WORSE:
        return piece('<span class="sq-chip worse">{word} ▼</span>', word=say("有差异", "apart"))
    return piece('<span class="sq-chip">{word} ○</span>', word=say("证据不足", "not enough evidence"))


def promised_and_delivered(view: View) -> None:
    """The promised response time of each channel against the delivered one."""
    shell.section(
        say(
            "承诺与兑现：首次响应（实心 中位数，空心 P90，红线 承诺）",
            "Promised and delivered: first response (filled median, open P90, red: promise)",
        ),
        say("对数刻度；点圆点看投诉", "Log scale; click a point for its complaints"),
    )
    chart = _clocks(view)
    if not chart.targets:
        shell.note(say("所选范围没有投诉。", "There are no complaints in this slice."))
        return
    canvas.show(chart, "promise-clocks")
    draw(_promise_table(view))
    for one in promises(view):
        if one.standing == Standing.MISSED:
            drill.button("sla_attainment", one.kept, one.within.n, f"broken-{one.channel}")


@kept_per_view
def _clocks(view: View) -> canvas.Chart:
    median, p90 = (
        {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}
        for name in ("first_response_median", "first_response_p90")
    )
    standards = view.snapshot.standards
    groups = []
    for channel in in_channel_order(median):
        promise = standards.promise(channel, view.week)
        limit = None if promise is None else promise.limit_hours
        groups.append(Clock(shown(channel), median[channel], p90[channel], limit, view.period.and_(channel=channel)))
    return clocks(groups, "first_response_median")


@kept_per_view
def _promise_table(view: View) -> Markup:
    metric = get_metric("sla_attainment")
    lines = [
        piece(
            '<tr><td>{channel}</td><td class="left">“{promise}”</td>'
            '<td>{within}<br><small>{interval} n={n}</small></td><td class="left">{chip}</td></tr>',
            channel=shown(one.channel),
            promise=one.promise,
            within=value_text(metric, one.within),
            interval=interval_text(metric, one.within),
            n=f"{one.within.n:,}",
            chip=standing_chip(one.standing),
        )
        for one in promises(view)
    ]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr><th>{channel}</th><th class="left">{promise}</th>'
        '<th>{within}</th><th class="left">{kept}</th></tr>{lines}</table></div>',
        channel=say("渠道", "Channel"),
        promise=say("承诺原文", "Promise"),
        within=say("承诺时间内响应", "Answered in time"),
        kept=say("兑现？", "Kept?"),
        lines=joined(lines),
    )
