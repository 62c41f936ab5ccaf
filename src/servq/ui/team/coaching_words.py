"""The texts of a coaching talk: names of topics, figures, causes, checklist items and praise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from servq.formatting import format_value
from servq.measures import ITEMS
from servq.metrics.metric import Metric
from servq.query.teams.coaching_report import Evidence, Talk
from servq.query.teams.quoting import Praise
from servq.query.teams.team_comparison import TeamFigure
from servq.records import Reading, Slice
from servq.text.causes.finder import shipped_tree
from servq.text.causes.labels import cause_label
from servq.ui.components.figures import get_metric
from servq.ui.components.team_peers import team_of
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import joined, piece
from servq.ui.shell.numbers import by_one_limit, interval_text, value_text
from servq.ui.shell.view import View
from servq.ui.team.adjusted import gap, gap_text
from servq.ui.team.peers import CHIPS

FAILED = "visit_failed"
MOST_PRAISED = 2


def name_of_topic(topic: str) -> str:
    """The name of a topic: an item of the index, a category of causes, or a checklist item."""
    if topic in ITEMS:
        return name_of(get_metric(topic).label)
    known = any(category.code == topic for category in shipped_tree().categories)
    return name_of(cause_label(topic)) if known else shown(topic)


def what(one: Evidence) -> str:
    """The name of a figure, a cause or a checklist item."""
    if isinstance(one.of, TeamFigure):
        return name_of(get_metric(one.of.metric).label)
    if one.source == "causes":
        name = name_of(cause_label(one.of.name))
        return say(f"投诉说到“{name}”", f"complaints that name “{name}”")
    return say(f"检查项“{shown(one.of.name)}”不合格", f"“{shown(one.of.name)}” failed")


def reading_of(one: Evidence) -> Reading:
    """The team's own figure."""
    return one.of.now if isinstance(one.of, TeamFigure) else one.of.own


def figure(one: Evidence) -> str:
    """Its value, interval and n."""
    reading, metric = reading_of(one), _metric(one)
    n = f"n = {reading.n:,}" if isinstance(one.of, TeamFigure) else f"{one.of.hits:,} / {reading.n:,}"
    between = interval_text(metric, reading)
    inside = say("，", ", ").join(part for part in (between, n) if part)
    return f"{value_text(metric, reading)} ({inside})"


def against(one: Evidence) -> str:
    """The reference of a verdict: the expected figure of its cases, the other teams, its past, a target."""
    if one.target is not None:
        return say("目标 ", "target ") + format_value(one.target, _metric(one).unit, language())
    if one.source == "past" and isinstance(one.of, TeamFigure):
        then = say("之前同样长的周期 ", "as many weeks before ") + _theirs(one, one.of.against)
        return then + by_one_limit(one.of.limit_since)
    if isinstance(one.of, TeamFigure) and one.of.adjusted is not None:
        apart = "" if one.change.delta is None else gap_text(one.of.metric, one.change)
        return _adjusted(apart)
    if one.of.against is None:
        return _adjusted("" if one.change.delta is None else gap("percent", one.change))
    return say("同渠道其他班组 ", "its peers ") + _theirs(one, one.of.against)


def _adjusted(apart: str) -> str:
    return say("按案件调整后 ", "adjusted for its cases ") + apart if apart else say("没有可比的案件", "no like cases")


def _theirs(one: Evidence, reading: Reading) -> str:
    return f"{value_text(_metric(one), reading)} ({interval_text(_metric(one), reading) or '—'}, n = {reading.n:,})"


def _metric(one: Evidence) -> Metric:
    return get_metric(one.of.metric if isinstance(one.of, TeamFigure) else FAILED)


def judgement(one: Evidence) -> tuple[str, str]:
    """The verdict: a class of the style sheet, and the word."""
    kind, zh, en = CHIPS.get(one.change.verdict, ("", "", ""))
    if one.source == "target":
        return kind, say("未达标 ✕", "missed ✕")
    if one.source == "past" and kind:
        return kind, say("变差 ▼", "worse ▼") if kind == "worse" else say("变好 ▲", "better ▲")
    return kind, say(zh, en)


def figures(found: Iterable[Evidence]) -> list[list[Evidence]]:
    """The findings, figure by figure: one may be compared with others, its past and a target."""
    grouped: dict[str, list[Evidence]] = {}
    for one in found:
        grouped.setdefault(what(one), []).append(one)
    return list(grouped.values())


def line(about: Sequence[Evidence]) -> Markup:
    """One figure of the sheet with every verdict on it."""
    judged = joined(_told(*judgement(one), against(one)) for one in about)
    return _line(what(about[0]), figure(about[0]), judged)


def _line(name: str, figure: str, below: Markup) -> Markup:
    template = '<div class="sq sq-talkline"><b>{name}</b> <span class="sq-whole">{figure}</span>{below}</div>'
    return piece(template, name=name, figure=figure, below=below)


def _told(kind: str, word: str, text: str) -> Markup:
    chip = piece('<span class="sq-chip {kind}">{word}</span> ', kind=kind, word=word) if word else Markup("")
    return piece("<p>{chip}<small>{text}</small></p>", chip=chip, text=text)


def rows_behind_it(view: View, name: str, one: Evidence) -> tuple[str, Slice, int]:
    """The rows behind a figure: the metric, the slice, their number."""
    if isinstance(one.of, TeamFigure):
        return one.of.metric, team_of(view, name).own.period, one.of.now.n
    if one.source == "causes":
        return "complaints", one.of.slice_, one.of.hits
    return FAILED, one.of.slice_, one.of.own.n


def to_quote(found: Talk) -> list[Praise]:
    """The praise that fits the strengths, else the most frequent; never on the topic of the talk."""
    strong, weak = {one.topic for one in found.strong}, {topic.name for topic in found.topics}
    open_to_praise = [praise for praise in found.praises if praise.item not in weak]
    return [praise for praise in open_to_praise if praise.item in strong] or open_to_praise[:MOST_PRAISED]


def praise_line(praise: Praise) -> Markup:
    """The praised item, and its share of the positive comments."""
    of = say("占近期正面评论", "of the latest positive comments")
    told = _told("", say("客户表扬", "praised"), of)
    return _line(name_of_topic(praise.item), share_of_praise(praise), told)


def share_of_praise(praise: Praise) -> str:
    """The share with its interval and counts."""
    metric = get_metric("csat")  # a share in percent, as this one
    between = interval_text(metric, praise.share)
    return f"{value_text(metric, praise.share)} ({between}, {len(praise.rows.ids):,} / {praise.share.n:,})"
