"""The weekly page's parts: what really changed, the six cards, the matrix, the trends, the week's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from servq.metrics.comparison import Change, Changes, Verdict, compare_many
from servq.query import Row
from servq.records import Reading, Slice, State
from servq.ui import cards, shell, sparks
from servq.ui.charts import canvas
from servq.ui.charts.matrix import Cell, matrix
from servq.ui.charts.trend import trend
from servq.ui.figures import by_week, get_metric, reading, readings
from servq.ui.language import name_of, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import chip, n_text, value_text
from servq.ui.theme import channel_colour
from servq.ui.view import View, kept_per_view
from servq.weeks import week_label

WATCHED = ("nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score")
"""The six cards, and the metrics whose changes are looked for."""

TREND_WEEKS = 26


@dataclass(frozen=True)
class Found:
    """One cell that was looked at: who, which metric, then and now, and what may be said."""

    who: str
    metric: str
    kept: Slice
    now: Reading
    before: Reading
    change: Change


def headline(view: View) -> None:
    """The page's first sentence, and the cells in which a change can be told."""
    found, tested = looked_at(view)
    told = [cell for cell in found if cell.change.verdict in (Verdict.BETTER, Verdict.WORSE)]
    if told:
        text = say(f"{len(told)} 处变化可以判断", f"{len(told)} changes can be told from noise")
    else:
        text = say("本周无可判断变化", "No change can be told from noise this week")
    looked = say(
        f"{week_label(view.week)} 对比上周；看了 {len(found)} 格，{tested} 格样本足够可检验，其余是样本不足或波动",
        f"{week_label(view.week)} against the week before; {len(found)} cells looked at, {tested} with enough answers to test",
    )
    shell.title(text, looked)
    draw(piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(_line(cell) for cell in told[:8])))


def _line(cell: Found) -> object:
    metric = get_metric(cell.metric)
    return piece(
        '<li><span class="mark">{chip}</span><span><b>{who}</b> {metric} {before} → <b>{now}</b> <small>({n})</small></span></li>',
        chip=chip(cell.change),
        who=cell.who,
        metric=name_of(metric.label),
        before=value_text(metric, cell.before),
        now=value_text(metric, cell.now),
        n=n_text(cell.now),
    )


@kept_per_view
def looked_at(view: View) -> tuple[list[Found], int]:
    """Every channel and every team for every watched metric, this week against the one before, tested together."""
    cells = []
    for name in WATCHED:
        for dimension in ("channel", "team"):
            now, before = (
                {row.dims[dimension]: row.reading for row in readings(view, name, (dimension,), days)}
                for days in (view.this_week, view.last_week)
            )
            cells += [
                (shown(who), name, view.this_week.and_(**{dimension: who}), now[who], before[who])
                for who in now
                if who in before
            ]
    judged = compare_many([(now, before, get_metric(name).better) for _, name, _, now, before in cells])
    found = [Found(*cell, change) for cell, change in zip(cells, judged.changes, strict=True)]
    return sorted(found, key=lambda cell: cell.change.p if cell.change.p is not None else 2.0), judged.tested


@kept_per_view
def whole_changes(view: View) -> Changes:
    """The six cards' changes against the week before, tested together."""
    pairs = [
        (reading(view, n, view.this_week), reading(view, n, view.last_week), get_metric(n).better) for n in WATCHED
    ]
    return compare_many(pairs)


def six_cards(view: View) -> None:
    """The six figures of the week."""
    shell.section(
        say("六个数字", "Six figures"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    changes = dict(zip(WATCHED, whole_changes(view).changes, strict=True))
    cards.row(view, WATCHED, changes, view.this_week, view.last_week)


def who_changed(view: View) -> None:
    """The team × channel matrix of one metric; each field opens its rows."""
    shell.section(
        say("谁变了：班组 × 渠道", "Who changed: team × channel"),
        say(
            "▲▼ 仅在可判断时着色；灰字仅供参考（n 10–29），○ 样本不足（n < 10）；点格看原始答卷",
            "Tinted only where judgeable; grey = indicative (n 10–29); ○ = too few; click a field for its rows",
        ),
    )
    name = _choose_metric("weekly-matrix")
    chart = _matrix(view, name)
    if chart is None:
        shell.note(say("所选范围本周没有数据。", "There are no data for this slice this week."))
        return
    canvas.show(chart, f"matrix-{name}")


@kept_per_view
def _matrix(view: View, name: str) -> canvas.Chart | None:
    metric, by = get_metric(name), ("team", "channel")
    now = readings(view, name, by, view.this_week)
    before = {_place(row): row.reading for row in readings(view, name, by, view.last_week)}
    if not now:
        return None
    nothing = Reading(None, 0, State.TOO_FEW)
    judged = compare_many([(row.reading, before.get(_place(row), nothing), metric.better) for row in now])
    cells = [
        Cell(
            shown(row.dims["team"]),
            shown(row.dims["channel"]),
            metric,
            row.reading,
            change,
            view.this_week.and_(**row.dims),
        )
        for row, change in zip(now, judged.changes, strict=True)
    ]
    teams = sorted(
        {cell.row for cell in cells}, key=lambda team: next((c.column, c.row) for c in cells if c.row == team)
    )
    return matrix(cells, teams, list(dict.fromkeys(sorted(cell.column for cell in cells))))


def _place(row: Row) -> tuple[str, ...]:
    return tuple(row.dims.values())


def trends(view: View) -> None:
    """The metric over 26 weeks, and one small drawing per channel on the same scale."""
    shell.section(
        say("走势", "Trend"),
        say(
            "色带为 95% 区间；没有数据的周留空；空心点样本不足；点一周看当周原始数据",
            "Band: 95% interval; weeks without data stay open; hollow: too few; click a week for its rows",
        ),
    )
    name = _choose_metric("weekly-trend")
    canvas.show(_trend(view, name), f"trend-{name}")
    draw(_small_multiples(view, name))


@kept_per_view
def _trend(view: View, name: str) -> canvas.Chart:
    target = view.snapshot.standards.target(name, view.week)
    return trend(get_metric(name), by_week(view, name, view.kept, TREND_WEEKS), view.kept, target)


@kept_per_view
def _small_multiples(view: View, name: str) -> object:
    metric = get_metric(name)
    channels = [row.dims["channel"] for row in readings(view, name, ("channel",), view.weeks_back(0, TREND_WEEKS))]
    series = {channel: _weeks_of(view, name, channel) for channel in channels}
    scale = sparks.scale_of(metric.unit, [r for weeks in series.values() for r in weeks])
    return piece(
        '<div class="sq sq-small">{parts}</div>',
        parts=joined(_small(metric.name, channel, weeks, scale) for channel, weeks in series.items()),
    )


def _weeks_of(view: View, name: str, channel: str) -> list[Reading | None]:
    return [found for _, found in by_week(view, name, view.kept.and_(channel=channel), TREND_WEEKS)]


def _small(name: str, channel: str, weeks: Sequence[Reading | None], scale: tuple[float, float]) -> object:
    metric, last = get_metric(name), weeks[-1] or Reading(None, 0, State.TOO_FEW)
    return piece(
        '<div><div class="head"><b style="color:{colour}">{channel}</b><span>{value} <small>n={n}</small></span></div>{line}</div>',
        colour=channel_colour(channel),
        channel=shown(channel),
        value=value_text(metric, last),
        n=f"{last.n:,}",
        line=sparks.line(weeks, scale, channel_colour(channel), height=52),
    )


def _choose_metric(key: str) -> str:
    chosen = st.segmented_control(
        say("指标", "Metric"),
        WATCHED[:5],
        default=WATCHED[0],
        required=True,
        key=key,
        format_func=lambda name: name_of(get_metric(name).label),
        label_visibility="collapsed",
    )
    return chosen or WATCHED[0]
