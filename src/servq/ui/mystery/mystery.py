"""The page 神秘访客: the finding, scores by dimension, failing items, teams.

Never says anything about a person who was visited, nor about a team from a visit or two.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.query.verdicts import standing_of
from servq.records import NOT_GIVEN, Reading, State
from servq.ui.charts import canvas
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.charts.lines import busiest
from servq.ui.components import drill
from servq.ui.components.figures import get_metric, reading, readings, why_empty
from servq.ui.mystery import shoppers
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import interval_text, standing_chip, value_text
from servq.ui.shell.theme import ACCENT, FAINT, channel_colour, in_channel_order
from servq.ui.shell.view import View, kept_per_view

MOST_ITEMS = 24


def headline(view: View) -> None:
    """Shoppers with unusual severity, whether teams may be ranked, the score, and the item that fails most."""
    score = reading(view, "visit_score", view.period)
    if not score.n and not shoppers.found(view):
        shell.title(why_empty(view, "visit_score"), drill.describe(view.period))
        shell.note(say("放宽筛选或换一个周期。", "Widen the filter, or choose another period."))
        st.stop()
    shell.title(shoppers.finding(view), f"{drill.describe(view.period)} · {_visits(score.n)}")
    lines = [shoppers.agreement_line(view), _score_line(view, score), _item_line(view)]
    draw(piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(line for line in lines if line)))
    shell.note(
        say(
            "一次访问只是一双眼睛在某一天看到的，不是对任何人的评判：少于 10 次不给分数，也没有被访者个人得分。",
            "One visit is what one pair of eyes saw on one day, and no verdict on anybody: below ten visits no score "
            "is given, and nobody who was visited is scored in person.",
        )
    )


def _visits(n: int) -> str:
    return say(f"{n:,} 次访问", f"{n:,} visits")


def _score_line(view: View, score: Reading) -> Markup:
    metric = get_metric("visit_score")
    target = view.target("visit_score")
    aim, mark = "", Markup("○")
    if target is not None:
        mark = standing_chip(standing_of("visit_score", score, target))
        aim = say("，目标 ", ", target ") + value_text(metric, Reading(target, 0, State.JUDGEABLE))
    return piece(
        '<li><span class="mark">{mark}</span><span><b>{name} {value}</b>{aim} <small>({interval}, n = {n})</small>'
        "</span></li>",
        mark=mark,
        name=name_of(metric.label),
        value=value_text(metric, score),
        aim=aim,
        interval=interval_text(metric, score) or "—",
        n=f"{score.n:,}",
    )


def _item_line(view: View) -> Markup:
    """The item that fails most often, as far as enough visits looked at it."""
    firm = [(name, found) for name, found in _items(view).items() if found.state != State.TOO_FEW and found.value]
    if not firm:
        return Markup("")
    metric = get_metric("visit_failed")
    name, found = max(firm, key=lambda item: item[1].value or 0.0)
    return piece(
        '<li><span class="mark"><span class="sq-chip">{word}</span></span><span><b>{name} {value}</b> '
        "<small>({interval}, n = {n})</small></span></li>",
        word=say("最常不合格", "fails most"),
        name=shown(name),
        value=value_text(metric, found),
        interval=interval_text(metric, found),
        n=f"{found.n:,}",
    )


def what_was_seen(view: View) -> None:
    """Scores by dimension and by team; beside them the items that fail most."""
    left, right = shell.two_columns()
    explained = say(
        "得分占可得分的 %，横线为 95% 区间（按访问）；空心仅供参考（n < 30）；点圆点看访问",
        "Points in % of possible, 95% interval across visits; open: indicative only (n < 30); click for the visits",
    )
    with left:
        shell.section(say("各维度得分", "Scores by dimension"), explained)
        _show(view, _dimensions(view), "visit-dimensions", "visit_score")
        ranked = shoppers.ranks(view)
        as_listed = say("班组：不排名，按渠道列出", "Teams by channel, not ranked")
        shell.section(
            say("班组：按得分排列", "Teams by score") if ranked else as_listed, explained + _with_unlike(view)
        )
        _show(view, _teams(view, ranked), "visit-teams", "visit_score")
    with right:
        shell.section(
            say("哪些检查项最常不合格", "Which items fail most"),
            say(
                "得分低于满分 80% 的访问占比，Wilson 95% 区间；悬停另见该项得分；点圆点看访问",
                "Share of visits with less than 80% of the item's points, Wilson 95% interval; hover for its score; "
                "click for the visits",
            ),
        )
        _show(view, _failing(view), "visit-items", "visit_failed")
        more = len(_items(view)) - MOST_ITEMS
        if more > 0:
            shell.note(say(f"另有 {more} 个检查项未画出", f"{more} more items are not drawn"))


def _show(view: View, chart: canvas.Chart, key: str, metric: str) -> None:
    if chart.empty:
        shell.note(why_empty(view, metric))
    else:
        canvas.show(chart, key)


@kept_per_view
def _dimensions(view: View) -> canvas.Chart:
    target = view.target("visit_score")
    rows = readings(view, "visit_score", ("dimension",), view.period)
    marks = [Mark(shown(r.dims["dimension"]), r.reading, ACCENT, view.period.and_(**r.dims)) for r in rows]
    return intervals(get_metric("visit_score"), marks, target)


@kept_per_view
def _items(view: View) -> dict[str, Reading]:
    """Item -> its rate of failure, the most failing first."""
    rows = readings(view, "visit_failed", ("item",), view.period)
    return {row.dims["item"]: row.reading for row in sorted(rows, key=lambda row: -(row.reading.value or 0.0))}


@kept_per_view
def _failing(view: View) -> canvas.Chart:
    listed = list(_items(view).items())[:MOST_ITEMS]
    scores = {row.dims["item"]: row.reading for row in readings(view, "visit_score", ("item",), view.period)}
    marks = [
        Mark(shown(item), found, ACCENT, view.period.and_(item=item), more=_score_of(scores.get(item)))
        for item, found in listed
    ]
    return intervals(get_metric("visit_failed"), marks)


def _score_of(score: Reading | None) -> str:
    if score is None:
        return ""
    metric = get_metric("visit_score")
    value = f"{value_text(metric, score)} ({interval_text(metric, score) or '—'})"
    return f"<br>{say('该项得分', 'its score')} {value}"


def _with_unlike(view: View) -> str:
    """The shoppers of unusual severity whose visits are among the scores."""
    names = "、".join(shoppers.unlike(view))
    if not names:
        return ""
    return say(f"；含打分偏严或偏松的访客 {names}", f"; with the visits of {names}, whose hand is unlike the others'")


@kept_per_view
def _teams(view: View, ranked: bool) -> canvas.Chart:
    rows = readings(view, "visit_score", ("channel", "team"), view.period)
    order = in_channel_order({row.dims["channel"] for row in rows})
    kept = busiest({str(place): row.reading.n for place, row in enumerate(rows)})
    drawn = [rows[int(place)] for place in kept]
    drawn.sort(key=lambda row: (order.index(row.dims["channel"]), row.dims["team"]))
    if ranked:
        drawn.sort(key=lambda row: -(row.reading.value or 0.0))
    marks = []
    for row in drawn:
        channel, team = row.dims["channel"], row.dims["team"]
        colour = FAINT if channel == NOT_GIVEN else channel_colour(channel)
        marks.append(Mark(f"{shown(channel)} › {shown(team)}", row.reading, colour, view.period.and_(**row.dims)))
    target = view.target("visit_score")
    return intervals(get_metric("visit_score"), marks, target)
