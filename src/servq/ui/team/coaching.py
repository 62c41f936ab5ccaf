"""The coaching talk on the page: strengths to keep, the one topic to work on, and customers' words for both."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from servq.query.teams.coaching_report import Evidence, Talk, Topic
from servq.query.teams.quoting import Quote
from servq.ui.components import drill
from servq.ui.components.team_peers import team_of
from servq.ui.components.verbatims import moment
from servq.ui.shell import shell
from servq.ui.shell.language import say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View
from servq.ui.team import coaching_file
from servq.ui.team.coaching_report import is_hidden, talk_about
from servq.ui.team.coaching_words import figures, line, name_of_topic, praise_line, rows_behind_it, to_quote


def talk(view: View, name: str) -> None:
    """The sheet for the talk; nothing for a team whose answers must not be shown."""
    with st.container(key="card-print"):
        if is_hidden(view, name):
            few = say("答卷太少，不作辅导建议", "too few answers for any advice")
            shell.section(_headed(name, few), _quarter(view))
            shell.note(drill.withheld(view.snapshot.viewing_minimum))
            return
        found = talk_about(view, name)
        shell.section(_headed(name, _advice(found)), _looked_at(view, found))
        keep, work = shell.two_columns()
        with keep, st.container(gap=None):
            _keep(view, name, found)
        with work, st.container(gap=None):
            _work(view, name, found)
    coaching_file.take_away(view, name, found)


def _headed(name: str, text: str) -> str:
    return say(f"{shown(name)}辅导谈话：{text}", f"A talk with {shown(name)}: {text}")


def _advice(found: Talk) -> str:
    if not found.topics:
        return say("证据不足，暂不建议专项辅导", "not enough evidence to recommend a topic")
    topic = name_of_topic(found.topics[0].name)
    return say(f"建议只谈“{topic}”", f"one topic, “{topic}”")


def _quarter(view: View) -> str:
    about = say("一刻钟，谈班组怎么做，不谈哪个人", "a quarter of an hour, about what the team does and no one person")
    return f"{drill.describe(view.period)} · {about}"


def _looked_at(view: View, found: Talk) -> str:
    scores, causes, checks = found.looked_at
    looked = say(
        f"；看了 {scores} 项指标（对别组、对之前）、{causes} 类投诉原因、{checks} 个检查项；"
        "选题与原因、检查项的强弱经合并检验（Benjamini–Hochberg，q = 0.10）",
        f"; looked at {scores} figures (against others, and the past), {causes} categories of complaint, {checks} "
        "checklist items; topics, causes and items tested among all of them (Benjamini–Hochberg, q = 0.10)",
    )
    unlike = "、".join(map(shown, found.unlike))
    return _quarter(view) + looked + (say(f"；不计访客 {unlike}", f"; without shopper {unlike}") if unlike else "")


def _keep(view: View, name: str, found: Talk) -> None:
    """Significant strengths, and the praise that fits them."""
    _head(say("继续保持", "Keep"))
    if found.strong:
        _lines(view, name, found.strong, "strong")
    else:
        _plain(
            say(
                "没有一项显著强于其他班组或好于之前。",
                "Nothing is significantly better than in other teams or than before.",
            )
        )
    fitting = to_quote(found)
    if not fitting:
        _plain(say("没有够多的表扬可引用。", "There is not enough praise to quote."))
    for praise in fitting:
        with st.container(gap=None, key=f"line-talk-praise-{praise.item}"):
            draw(praise_line(praise))
            n = len(praise.rows.ids)
            drill.button(praise.rows, team_of(view, name).own.period, n, f"talk-praise-{praise.item}")
        _quotes(praise.quotes)


def _work(view: View, name: str, found: Talk) -> None:
    """Weak topics, each with all that was looked at about it, and the words of those who complain."""
    for topic in found.topics:
        _topic(view, name, topic)
    if not found.topics or found.rest:
        alone = say("单独检验显著，合并检验后不显著，不作主题", "significant alone, not when all are tested together")
        head = say("整体与其余", "The whole, and the rest") if found.topics else say("要改进", "To work on")
        _head(head, alone if found.rest and not found.topics else "")
    if found.rest:
        _lines(view, name, found.rest, "rest")
    elif not found.topics:
        _plain(
            say(
                "没有一项经检验弱于其他班组、差于之前或未达标；再积累一些答卷、投诉或访问后再看。",
                "Nothing is told to be weak.",
            )
        )
    told = [one for topic in found.topics for one in topic.evidence]
    failing = [point for point in found.failing if point not in told]
    if failing:
        _head(say("神秘访客最常不合格的检查项", "Checklist items that fail most"))
        _lines(view, name, failing, "failing")


def _topic(view: View, name: str, topic: Topic) -> None:
    sources = say(f"{topic.sources} 类证据指向它", f"{topic.sources} kinds of evidence point at it")
    _head(say("要改进：", "To work on: ") + name_of_topic(topic.name), sources)
    _lines(view, name, topic.evidence, f"weak-{topic.name}")
    if topic.words:
        _quotes(topic.words)
    else:
        _plain(say("没有说到它的原话。", "No words of customers speak of it."))


def _head(text: str, beside: str = "") -> None:
    draw(piece('<div class="sq sq-talk"><h3>{text} <small>{beside}</small></h3></div>', text=text, beside=beside))


def _plain(text: str) -> None:
    draw(piece('<div class="sq sq-sub">{text}</div>', text=text))


def _lines(view: View, name: str, found: Iterable[Evidence], key: str) -> None:
    """Each figure with its judgements and what opens its rows."""
    for place, about in enumerate(figures(found)):
        with st.container(gap=None, key=f"line-talk-{key}-{place}"):
            draw(line(about))
            drill.button(*rows_behind_it(view, name, about[0]), f"talk-{key}-{place}")


def _quotes(quotes: Iterable[Quote]) -> None:
    draw(piece('<div class="sq">{quotes}</div>', quotes=joined(map(_quote, quotes))))


def _quote(quote: Quote) -> Markup:
    kind = say("投诉", "complaint") if quote.kind == "complaints" else say("问卷评论", "comment")
    return piece(
        '<p class="sq-said">{text} <small>{about}</small></p>',
        text=_marked(quote),
        about=f"{kind} · {shown(quote.channel)} · {moment(quote.at)[:10]}",
    )


def _marked(quote: Quote) -> Markup:
    parts, at = [], 0
    for start, end in quote.places:
        if start < at:
            continue
        parts += [piece("{before}<mark>{part}</mark>", before=quote.text[at:start], part=quote.text[start:end])]
        at = end
    return joined([*parts, piece("{rest}", rest=quote.text[at:])])
