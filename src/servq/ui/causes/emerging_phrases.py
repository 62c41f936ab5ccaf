"""Emerging phrases in complaints: each with its n, two sentences, and a button that opens its complaints."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.query.causes.emerging_phrases import MOST as MOST_READ
from servq.query.causes.emerging_phrases import PAST_WEEKS, Heard, News, what_is_new
from servq.records import Label, Picked
from servq.text.causes.custom import MOST_WORDS
from servq.text.causes.labels import cause_label
from servq.text.quotes.emerging import FALSE_ALARMS
from servq.ui.causes import accept_cause
from servq.ui.causes.causes import nothing
from servq.ui.components import drill
from servq.ui.components.figures import reading
from servq.ui.shell import drill_request, permissions, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view

MOST = 8
"""Groups that are listed; more than this nobody reads."""

ALSO = 4
"""Other phrases of a group that are named."""


def headline(view: View) -> None:
    """The page's finding: the phrase that rises most, or that none does."""
    found = heard(view)
    text = say("这段时间没有投诉", "No complaints in this period") if found is None else _finding(found)
    shell.title(text, drill.describe(view.period))


def beside(view: View) -> None:
    """For the page of root causes: the same finding in one line, with a link to all of it."""
    found = heard(view)
    if found is None:
        return
    more = say("看新说法与原因树 ›", "New words and the cause tree ›")
    draw(
        piece(
            '<div class="sq sq-note">{finding} <a class="sq-link" href="{to}" target="_self">{more}</a></div>',
            finding=_finding(found),
            to=address("tree", view),
            more=more,
        )
    )


def _finding(found: Heard) -> str:
    if not found.news:
        return say("未发现显著的新说法", "No significant new wording")
    first = found.news[0]
    return say(
        f"新出现的说法：“{first.rise.phrase}”（{len(first.ids):,} 件投诉，此前 {first.rise.before:,} 件）",
        f"New in their words: “{first.rise.phrase}” ({len(first.ids):,} complaints, {first.rise.before:,} before)",
    )


@kept_per_view
def heard(view: View) -> Heard | None:
    """The emerging phrases of the period; None where there are no complaints."""
    return what_is_new(view.snapshot, view.period) if reading(view, "complaints", view.period).n else None


def rising(view: View) -> None:
    """Every group of emerging phrases; a button opens its complaints."""
    found = heard(view)
    shell.section(
        say("比自己的过去、也比别处说得更多的词", "Said more often than in the own past, and than elsewhere"),
        _compared(view, found),
    )
    if found is None:
        shell.note(nothing(view))
    elif not found.past:
        shell.note(say("此前没有可比的投诉，无从说新。", "There are no earlier complaints to compare with."))
    elif not found.news:
        shell.note(
            say("未发现显著的新说法：都在随机波动之内。", "No significant new wording: all of it is within chance.")
        )
    else:
        for place, one in enumerate(found.news[:MOST]):
            _shown(view, place, one)
        rest = len(found.news) - MOST
        if rest > 0:
            shell.note(say(f"另有 {rest} 组较弱的", f"{rest} weaker groups more"))


def _compared(view: View, found: Heard | None) -> str:
    sides = ""
    if found is not None:
        sides = say(
            f"本期 {found.now:,} 件，此前最多 {PAST_WEEKS} 周 {found.past:,} 件",
            f"{found.now:,} complaints now, {found.past:,} in up to {PAST_WEEKS} weeks before",
        )
        if view.slice_.where:
            sides += say(f"，同期别处 {found.others:,} 件", f", {found.others:,} elsewhere in the same weeks")
        if found.now == MOST_READ:
            sides += say("（只看最新的这些）", " (the newest only)")
        sides += say("；", "; ")
    return sides + say(
        f"一件投诉只算一次；界限由随机打乱得出，没有新说法时至多约 {FALSE_ALARMS:.0%} 的页面会误报；近义的说法并在一起",
        "a complaint counts once; the bound is found by shuffling: where nothing is new at most about "
        f"{FALSE_ALARMS:.0%} of pages show something; wordings that say the same stand together",
    )


def _shown(view: View, place: int, one: News) -> None:
    why = Label(f"说到“{one.rise.phrase}”的投诉", f"Complaints that say “{one.rise.phrase}”")
    phrases = one.rise.phrases[:MOST_WORDS]
    with st.container(key=f"novel-{place}"):
        draw(_drawn(one))
        with st.container(horizontal=True):
            st.button(
                say(f"查看这 {len(one.ids):,} 件投诉 ›", f"Open these {len(one.ids):,} complaints ›"),
                key=f"open-novel-{place}",
                on_click=drill_request.ask,
                args=(Picked(why, one.ids), view.period),
                type="tertiary",
            )
            if permissions.may("action:cause"):
                st.button(
                    say("收入原因树…", "Take into the tree …"),
                    key=f"suggest-{place}",
                    on_click=accept_cause.ask,
                    args=(phrases,),
                    type="tertiary",
                )
        if permissions.may("action:cause") and accept_cause.asked(phrases):
            accept_cause.panel(view, phrases, one.ids)


def _drawn(one: News) -> Markup:
    also = "、".join(one.rise.also[:ALSO])
    about = [
        f"n = {len(one.ids):,}",
        say(f"此前 {one.rise.before:,} 件", f"{one.rise.before:,} before"),
        say(f"其中未归因 {one.unexplained:,} 件", f"no cause found in {one.unexplained:,}"),
    ]
    if one.mostly:
        name = name_of(cause_label(one.mostly))
        about.append(say(f"多数已归：{name}", f"most name: {name}"))
    if also:
        about.append(say(f"也说：{also}", f"also: {also}"))
    return piece(
        '<div class="sq"><p class="sq-newword"><b>{phrase}</b></p><div class="sq-meta">{about}</div>{said}</div>',
        phrase=one.rise.phrase,
        about=joined(piece("<span>{part}</span>", part=part) for part in about),
        said=joined(piece('<div class="sq-said">{said}</div>', said=said) for _, said in one.sentences),
    )
