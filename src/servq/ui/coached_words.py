"""The words of a talk with a team: what a topic is called, how a figure, a cause, a checklist item and praise read."""

from __future__ import annotations

from markupsafe import Markup

from servq.measures import ITEMS
from servq.query.coaching import Point
from servq.query.quoting import Praise
from servq.records import Slice
from servq.text.cause_names import cause_label
from servq.text.causes import shipped_tree
from servq.ui.adjusted import gap, gap_text
from servq.ui.coached import verdict_of
from servq.ui.comparing import Beside, team_of
from servq.ui.figures import get_metric
from servq.ui.language import name_of, say, shown
from servq.ui.markup import piece
from servq.ui.numbers import interval_text, value_text
from servq.ui.peers import CHIPS
from servq.ui.view import View

FAILED = "visit_failed"


def name_of_topic(topic: str) -> str:
    """An item of the index, a category of causes, or a checklist item as its source calls it."""
    if topic in ITEMS:
        return name_of(get_metric(topic).label)
    known = any(category.code == topic for category in shipped_tree().categories)
    return name_of(cause_label(topic)) if known else shown(topic)


def what(one: Beside | Point) -> str:
    """What a figure, a cause or a checklist item is called."""
    if isinstance(one, Beside):
        return name_of(get_metric(one.metric).label)
    if one.source == "causes":
        name = name_of(cause_label(one.name))
        return say(f"投诉说到“{name}”", f"complaints that name “{name}”")
    return say(f"检查项“{shown(one.name)}”不合格", f"“{shown(one.name)}” failed")


def figure(one: Beside | Point) -> str:
    """Its value, interval and n."""
    reading = one.now if isinstance(one, Beside) else one.own
    metric = get_metric(one.metric if isinstance(one, Beside) else FAILED)
    n = f"n = {reading.n:,}" if isinstance(one, Beside) else f"{one.hits:,} / {reading.n:,}"
    between = interval_text(metric, reading)
    inside = say("，", ", ").join(part for part in (between, n) if part)
    return f"{value_text(metric, reading)} ({inside})"


def against(one: Beside | Point) -> str:
    """What it was held against: the cases' own expectation, or the other teams as they came."""
    if isinstance(one, Beside):
        if one.adjusted is not None and one.adjusted.delta is not None:
            return say("按案件调整后 ", "adjusted for its cases ") + gap_text(one.metric, one.adjusted)
        metric, reading = get_metric(one.metric), one.against
    elif one.against is None:
        if one.change.delta is None:
            return say("没有可比的案件", "no like cases to compare with")
        return say("按案件调整后 ", "adjusted for its cases ") + gap("percent", one.change)
    else:
        metric, reading = get_metric(FAILED), one.against
    theirs = f"{value_text(metric, reading)} ({interval_text(metric, reading) or '—'}, n = {reading.n:,})"
    return say("同渠道其他班组 ", "its peers ") + theirs


def judgement(one: Beside | Point) -> str:
    """The verdict in words."""
    return say(*CHIPS[verdict_of(one)][1:]) if verdict_of(one) in CHIPS else ""


def line(one: Beside | Point) -> Markup:
    """One line of the sheet."""
    kind = CHIPS[verdict_of(one)][0] if verdict_of(one) in CHIPS else ""
    return piece(
        '<div class="sq sq-news sq-talkline"><span class="mark"><span class="sq-chip {kind}">{word}</span></span>'
        "<span><b>{what}</b> {figure}<br><small>{against}</small></span></div>",
        kind=kind,
        word=judgement(one),
        what=what(one),
        figure=figure(one),
        against=against(one),
    )


def rows_behind_it(view: View, name: str, one: Beside | Point) -> tuple[str, Slice, int]:
    """What opens the rows behind a figure: the metric, the slice, how many they are."""
    if isinstance(one, Beside):
        return one.metric, team_of(view, name).own.period, one.now.n
    if one.source == "causes":
        return "complaints", one.kept, one.hits
    return FAILED, one.kept, one.own.n


def praise_line(praise: Praise) -> Markup:
    """What customers praise, and in what share of the positive comments."""
    return piece(
        '<div class="sq sq-news sq-talkline"><span class="mark"><span class="sq-chip">{word}</span></span>'
        "<span><b>{item}</b> {share}<br><small>{of}</small></span></div>",
        word=say("客户表扬", "praised"),
        item=name_of_topic(praise.item),
        share=share_of_praise(praise),
        of=say("占近期正面评论", "of the latest positive comments"),
    )


def share_of_praise(praise: Praise) -> str:
    """The share with its interval and counts."""
    metric = get_metric("csat")  # a share in percent, as this one
    between = interval_text(metric, praise.share)
    return f"{value_text(metric, praise.share)} ({between}, {len(praise.rows.ids):,} / {praise.share.n:,})"
