"""The page 原声: the search, the sentiment of its results, the texts page by page, and the export."""

from __future__ import annotations

import re
from math import ceil
from typing import cast

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_value
from servq.measures import NPS_BANDS
from servq.query.customers.verbatims import ORDERS, UNSCORED, WORDS, Kind, Order, Search, Voices, every_voice, voices
from servq.records import DIMENSIONS, SENTIMENT_LABELS, Label
from servq.ui.components import complaint_timeline, downloads, drill, verbatims, why
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.theme import BETTER, BETTER_TINT, FAINT, GREY, PLAIN_TINT, WORSE, WORSE_TINT
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View, kept_per_view

PER_PAGE, LONGEST_SEARCH = 20, 60
ANY = "all"

_KINDS: dict[str, Label] = {"surveys": Label("答卷评论", "Survey comments"), "complaints": Label("投诉", "Complaints")}
_UNITS = {"surveys": Label("条评论", "comments"), "complaints": Label("件投诉", "complaints")}
_SENTIMENTS = {
    ANY: Label("全部情感", "Any sentiment"),
    **{code: Label(label.zh, label.en.capitalize()) for code, label in SENTIMENT_LABELS.items()},
}
_BANDS = {
    ANY: Label("全部评分", "Any score"),
    "promoter": Label("推荐者 9–10", "Promoters 9–10"),
    "passive": Label("中立者 7–8", "Passives 7–8"),
    "detractor": Label("贬损者 0–6", "Detractors 0–6"),
}
_FITS = {ANY: Label("相符与否", "Agreeing or not")} | verbatims.FITS
_ORDERS = {
    "newest": Label("最新在前", "Newest first"),
    "lowest": Label("评分最低在前", "Lowest score first"),
    "highest": Label("评分最高在前", "Highest score first"),
    "open_first": Label("未结在前", "Open ones first"),
}
_TINTS = {
    "negative": (WORSE_TINT, WORSE, "▼"),
    "uncertain": (PLAIN_TINT, FAINT, "●"),
    "positive": (BETTER_TINT, BETTER, "▲"),
    UNSCORED: ("#FFFFFF", GREY, "○"),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")  # what a paste may bring along: "退款\n" -> "退款"

_SHEET = """<style>
.sq-split{display:flex;height:.62rem;border-radius:3px;overflow:hidden;margin:.55rem 0 .35rem;background:#F4F5F3}
.sq-split i{display:block;min-width:2px}
.sq-legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;font-size:.84rem;color:#4A5157}
.sq-legend b{font-weight:650;color:#1E2326}
.sq-quote mark{background:#FFF0B8;color:inherit;padding:0 .08em;border-radius:2px}
[class*=st-key-voice-]{border-bottom:1px solid #E2E4E0;padding-bottom:.45rem}
[class*=st-key-voice-] .sq-quote{border-bottom:0;padding-bottom:.1rem}
</style>"""


def looked_for(view: View) -> Search:
    """The search: kind, sentiment, score band, text and order, beside the filter bar and part of the link."""
    draw(Markup(_SHEET) + why.SHEET)
    with st.container(horizontal=True, vertical_alignment="bottom", key="voices-bar"):
        kind = cast(Kind, choice("kind", say("哪一类", "Which"), _KINDS, 150))
        scored = kind == "surveys"
        sentiment = choice("sound", say("情感", "Sentiment"), _SENTIMENTS, 150)
        band = choice("band", say("评分", "Score"), _BANDS, 160, disabled=not scored, in_link=scored)
        fit = choice("fit", say("分数与文字", "Score and text"), _FITS, 170, disabled=not scored, in_link=scored)
        orders = {str(name): _ORDERS[name] for name in ORDERS[kind]}
        order = cast(Order, choice("sort", say("排序", "Order"), orders, 160))
        typed = st.text_input(
            say("搜索原文", "Search the words"),
            key="find",
            max_chars=LONGEST_SEARCH,
            placeholder=say("如：退款 OR 退票 -机票", 'e.g. refund OR "call back" -hotel'),
            help=say(
                "空格：都要有；OR 或“或”：任一；引号内照原样；减号：不含",
                "Blank: all of them; OR: either; in quotes: as it stands; minus: without",
            ),
            bind="query-params",
            persist_state="session",
            width=220,
        )
    return Search(
        kind,
        view.period,
        sentiment="" if sentiment == ANY else sentiment,
        band=band if scored and band in NPS_BANDS else "",
        words=_CONTROL.sub(" ", typed or "").strip(),
        order=order,
        fit=fit if scored and fit != ANY else "",
    )


def headline(view: View, wanted: Search) -> None:
    """The number of texts found, and their sentiment."""
    found = _page(view, wanted, 0)
    unit = name_of(_UNITS[wanted.kind])
    about = [drill.describe(wanted.slice_)]
    if wanted.sentiment:
        about.append(name_of(_SENTIMENTS[wanted.sentiment]))
    if wanted.band:
        about.append(name_of(_BANDS[wanted.band]))
    if wanted.fit:
        about.append(name_of(_FITS[wanted.fit]))
    if wanted.words:
        about.append(say(f"搜索：{wanted.words}", f"search: {wanted.words}"))
    shell.title(say(f"共 {found.total:,} {unit}", f"{found.total:,} {unit}"), " · ".join(about))
    if sum(found.by_sentiment.values()):
        draw(_split(found))


def _split(found: Voices) -> Markup:
    """One bar: how the texts sound, whatever sentiment is chosen."""
    counts = {name: found.by_sentiment.get(name, 0) for name in _TINTS}
    total = sum(counts.values())
    bars = [
        piece('<i style="flex:{n};background:{colour}"></i>', n=n, colour=_TINTS[name][1])
        for name, n in counts.items()
        if n
    ]
    named = _SENTIMENTS | {UNSCORED: Label("未能判断", "Not scored")}
    legend = [
        piece(
            '<span><span style="color:{colour}">{mark}</span> {name} <b>{n}</b> {share}</span>',
            colour=_TINTS[name][1],
            mark=_TINTS[name][2],
            name=name_of(named[name]),
            n=f"{n:,}",
            share=format_value(100 * n / total, "percent", language()),
        )
        for name, n in counts.items()
        if n
    ]
    return piece(
        '<div class="sq"><div class="sq-split">{bars}</div><div class="sq-legend">{legend}</div></div>',
        bars=joined(bars),
        legend=joined(legend),
    )


def listed(view: View, wanted: Search) -> None:
    """The texts, a page at a time; a complaint opens its timeline."""
    found = _page(view, wanted, 0)
    if found.total == 0:
        _nothing(wanted)
        return
    pages = ceil(found.total / PER_PAGE)
    page = _paging(view, wanted, pages)
    rows = verbatims.rows_of((found if page == 1 else _page(view, wanted, page - 1)).frame)
    column = WORDS[wanted.kind]
    because = _whys(view, wanted, page)
    if wanted.kind == "surveys":
        marked = (verbatims.marked(row, column, wanted.words) for row in rows)
        drawn = joined(verbatims.response(row, reason) for row, reason in zip(marked, because, strict=True))
        draw(piece('<div class="sq">{rows}</div>', rows=drawn))
    else:
        for place, row in enumerate(rows):
            with st.container(gap=None, key=f"voice-{place}"):
                drawn = verbatims.complaint(verbatims.marked(row, column, wanted.words), because[place])
                draw(piece('<div class="sq">{row}</div>', row=drawn))
                complaint_timeline.button(row["complaint_id"])
    downloads.buttons(lambda: every_voice(view.snapshot, wanted), downloads.named(view, wanted.kind), "voices")


def _paging(view: View, wanted: Search, pages: int) -> int:
    """Another search begins at its first page: the key says what is paged through."""
    return st.pagination(pages, key=f"page-{hash((view.key, wanted))}") if pages > 1 else 1


def _nothing(wanted: Search) -> None:
    if wanted.blind:
        names = say("、", ", ").join(name_of(DIMENSIONS[name]) for name in sorted(wanted.blind))
        shell.note(
            say(
                f"投诉数据不含{names}，按它筛选时没有结果。请取消该筛选。",
                f"Complaints do not know {names}: remove that filter to see them.",
            )
        )
        return
    shell.note(
        say(
            "没有符合条件的原声。放宽筛选、换一个周期或清空搜索。",
            "No words match. Widen the filter, the period or the search.",
        )
    )


@kept_per_view
def _page(view: View, wanted: Search, place: int) -> Voices:
    return voices(view.snapshot, wanted, PER_PAGE, place * PER_PAGE)


@kept_per_view
def _whys(view: View, wanted: Search, page: int) -> list[Markup]:
    """The reasons of each text's score on a page; pages are counted from 1."""
    return why.whys(view.snapshot, verbatims.rows_of(_page(view, wanted, page - 1).frame), WORDS[wanted.kind])
