"""The coaching sheet as a file, with a hint on printing and further reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import streamlit as st

from servq.query.teams.coaching_report import Evidence, Talk
from servq.query.teams.quoting import Quote
from servq.ui.components import downloads, drill
from servq.ui.components.team_peers import team_of
from servq.ui.components.verbatims import moment
from servq.ui.shell import permissions
from servq.ui.shell.language import say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View
from servq.ui.team.coaching_words import against, judgement, name_of_topic, reading_of, to_quote, what


def take_away(view: View, name: str, found: Talk) -> None:
    """Buttons for the file, and links to further reading."""
    with st.container(horizontal=True, vertical_alignment="center", key="talk-tools"):
        for kind, (make, mime) in downloads.KINDS.items() if permissions.may("download:coaching") else ():
            st.download_button(
                say(f"下载辅导单 {kind}", f"The sheet as {kind}"),
                data=permissions.file("download:coaching", "coaching", partial(file_of, view, name, found), make),
                file_name=f"{downloads.named(view, 'talk')}.{kind.lower()}",
                mime=mime,
                key=f"talk-{kind}",
                on_click="ignore",
                type="tertiary",
            )
        own = team_of(view, name).own
        onward = (
            ("voices", say("全部原声 ›", "All verbatims ›")),
            ("causes", say("全部投诉原因 ›", "All causes of complaint ›")),
        )
        links = joined(
            piece(
                '<a class="sq-link" href="{to}" target="_self">{label}</a> ',
                to=address(page, own, team=name),
                label=label,
            )
            for page, label in onward
        )
        how = say("打印：浏览器菜单“打印”，只印这张辅导单 · ", "Print: the browser's menu prints this sheet only · ")
        draw(piece('<div class="sq sq-sub">{how}{links}</div>', how=how, links=links))


def file_of(view: View, name: str, found: Talk, make: Callable[..., bytes]) -> bytes:
    """The sheet as a file: every figure with its interval, n and verdict, every sentence with its origin."""
    heads = [
        *(say("部分", "Part"), say("主题", "Topic"), say("内容", "What"), say("数值", "Value")),
        *(say("下限", "Low"), say("上限", "High"), "n", say("相差", "Difference"), say("相差下限", "Difference low")),
        *(say("相差上限", "Difference high"), say("对照", "Against"), say("判断", "Judgement"), say("原话", "Words")),
        *(say("班组", "Team"), say("范围", "Slice"), say("依据载入", "As of load")),
    ]
    about = (shown(name), drill.describe(team_of(view, name).own.period), view.snapshot.load_id)
    return make(heads, [[*row, *about] for row in _rows(found)])


def _rows(found: Talk) -> Iterator[list[object]]:
    keep, work = say("继续保持", "Keep"), say("要改进", "To work on")
    for one in found.strong:
        yield _figure(keep, "", one)
    for praise in to_quote(found):
        item, share = name_of_topic(praise.item), praise.share
        yield [
            keep,
            item,
            say("客户表扬", "praised"),
            *_rounded(share.value, share.low, share.high),
            share.n,
            *[None] * 6,
        ]
        yield from (_words(keep, item, quote) for quote in praise.quotes)
    if not found.topics:
        yield [work, say("证据不足，暂不建议专项辅导", "not enough evidence to recommend a topic"), *[None] * 11]
    for topic in found.topics:
        name = name_of_topic(topic.name)
        yield from (_figure(work, name, one) for one in topic.evidence)
        yield from (_words(work, name, quote) for quote in topic.words)
    told = [one for topic in found.topics for one in topic.evidence]
    rest = [one for one in (*found.rest, *found.failing) if one not in told]
    yield from (_figure(say("其余", "The rest"), "", one) for one in rest)


def _figure(part: str, topic: str, one: Evidence) -> list[object]:
    reading, change = reading_of(one), one.change
    ends = _rounded(reading.value, reading.low, reading.high)
    apart = _rounded(change.delta, change.low, change.high)
    return [part, topic, what(one), *ends, reading.n, *apart, against(one), judgement(one)[1], None]


def _words(part: str, topic: str, quote: Quote) -> list[object]:
    kind = say("投诉", "complaint") if quote.kind == "complaints" else say("问卷评论", "comment")
    said = f"{kind} · {shown(quote.channel)} · {moment(quote.at)[:10]}"
    return [part, topic, said, *[None] * 9, quote.text]


def _rounded(*values: float | None) -> list[float | None]:
    return [None if value is None else round(float(value), 2) for value in values]
