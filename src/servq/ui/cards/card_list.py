"""The list of improvement cards: open and late ones counted, each with its state and age, and the file of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_interval, format_value
from servq.query.data.improvement_cards import all_cards
from servq.records import Reading, State
from servq.records.improvement_card import CARD_STATES, UNFINISHED, WHYS, CauseCard
from servq.ui.components import drill
from servq.ui.components.downloads import KINDS
from servq.ui.components.verbatims import moment
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View
from servq.weeks import business_day, today

IN_LINK = "card"
"""The card that is open stands in the link under this name."""


def headline(view: View) -> None:
    """The numbers of open and of late cards."""
    cards = _of_the_team(view)
    waiting = [card for card in cards if card.plan.state in UNFINISHED]
    late = sum(is_late(card, today()) for card in waiting)
    if not cards:
        text = say("还没有改进卡", "There are no improvement cards yet")
    elif waiting:
        text = say(
            f"{len(waiting)} 张改进卡未完成，{late} 张已逾期",
            f"{len(waiting)} improvement cards are unfinished, {late} late",
        )
    else:
        text = say("改进卡都已处理完", "Every improvement card is dealt with")
    counts = Counter(card.plan.state for card in cards)
    shell.title(text, " · ".join(f"{name_of(CARD_STATES[state])} {counts[state]}" for state in CARD_STATES if cards))


def listed(view: View) -> None:
    """The cards, unfinished ones first; a button opens one."""
    cards = _of_the_team(view)
    others = len(all_cards(view.snapshot)) - len(cards)
    if others:
        shell.note(say(f"另有 {others} 张改进卡不属于所选班组", f"{others} more cards are not of the team chosen"))
    if not cards:
        return
    order = sorted(cards, key=lambda card: (list(CARD_STATES).index(card.plan.state), -card.card_id))
    shell.section(
        say("全部改进卡", "All cards"),
        say("未完成的在前；天数从建卡日算起", "Unfinished ones first; days count from the day it was made"),
    )
    with st.container(key="card-list", gap=None):
        for card in order:
            with st.container(horizontal=True, vertical_alignment="center", key=f"card-row-{card.card_id}"):
                draw(_line(card))
                label = say(f"打开第 {card.card_id} 张 ›", f"Open no. {card.card_id} ›")
                key = f"card-open-{card.card_id}"
                st.button(label, key=key, on_click=open_card, args=(card.card_id,), type="tertiary")
    if not permissions.may("download:cards"):
        return
    with st.container(horizontal=True, key="card-files"):
        for kind, (make, mime) in KINDS.items():
            st.download_button(
                say(f"下载全部 {kind}", f"Download all as {kind}"),
                data=permissions.file("download:cards", "cards", partial(file_of, order), make),
                file_name=f"servq-cards.{kind.lower()}",
                mime=mime,
                key=f"cards-{kind}",
                on_click="ignore",
            )


def _of_the_team(view: View) -> list[CauseCard]:
    """The cards of the team in view; without a team, all."""
    teams = set(dict(view.slice_.where).get("team", ()))
    return [
        card for card in all_cards(view.snapshot) if not teams or teams & set(dict(card.slice_.where).get("team", ()))
    ]


def open_card(card_id: int) -> None:
    """Open one card, and write it into the link."""
    st.query_params[IN_LINK] = str(card_id)


def is_late(card: CauseCard, day: date) -> bool:
    """Whether an unfinished card is past its due day."""
    return card.plan.state in UNFINISHED and card.plan.due_on is not None and card.plan.due_on < day


def age_of(card: CauseCard, day: date) -> str:
    """A card's age in days of the business calendar, in words."""
    days = (day - business_day(card.created_at)).days
    return say("今日建卡", "made today") if days < 1 else say(f"已建 {days} 天", f"{days} days old")


def share_of(card: CauseCard) -> str:
    """The share with its interval and n, in words."""
    share = card.share
    value = format_value(share.value, "percent", language())
    reading = Reading(share.value, share.n, State.JUDGEABLE, low=share.low, high=share.high)
    between = format_interval(reading, "percent", language())
    return say(
        f"{share.n:,} / {share.total:,} 件 = {value}（{between}）",
        f"{share.n:,} of {share.total:,} = {value} ({between})",
    )


def file_of(cards: list[CauseCard], make: Callable[..., bytes]) -> bytes:
    """Cards as a file: a row a card, every field a column."""
    heads = [
        *(say("编号", "No."), say("原因", "Cause"), say("状态", "State"), say("负责人", "Owner"), say("期限", "Due")),
        *(say("措施", "Action"), say("范围", "Slice"), say("当时件数", "Complaints then"), say("当时合计", "Of all")),
        *(say("占比 %", "Share %"), say("下限", "Low"), say("上限", "High"), say("依据载入", "As of load")),
        *(say(f"为什么 {place}", f"Why {place}") for place in range(1, WHYS + 1)),
        *(say(f"典型原话 {place}", f"Sentence {place}") for place in range(1, 4)),
        *(say("建卡", "Made"), say("修改", "Changed"), say("完成", "Done")),
    ]
    return make(heads, [list(_row(card)) for card in cards])


def _row(card: CauseCard) -> Iterator[object]:
    share, plan = card.share, card.plan
    yield from (card.card_id, card.title, name_of(CARD_STATES[plan.state]), plan.owner, plan.due_on, plan.action)
    yield from (drill.describe(card.slice_), share.n, share.total)
    yield from (None if part is None else round(part, 1) for part in (share.value, share.low, share.high))
    yield share.load_id
    yield from [*plan.whys, *[None] * WHYS][:WHYS]
    yield from [*card.sentences, *[None] * 3][:3]
    yield from (None if at is None else moment(at) for at in (card.created_at, card.changed_at, card.done_at))


def _line(card: CauseCard) -> Markup:
    late = is_late(card, today())
    facts = [
        age_of(card, today()),
        card.plan.owner or say("无负责人", "no owner"),
        say("期限 ", "due ") + (str(card.plan.due_on) if card.plan.due_on else say("未定", "open")),
        share_of(card),
    ]
    return piece(
        '<div class="sq sq-cardline"><span class="sq-chip {kind}">{state}</span> <b>{title}</b>'
        '<p>{action}</p><div class="sq-meta">{facts}</div></div>',
        kind="worse" if late else "",
        state=name_of(CARD_STATES[card.plan.state]) + (say(" · 逾期 ▼", " · late ▼") if late else ""),
        title=card.title,
        action=card.plan.action,
        facts=joined(piece("<span>{fact}</span>", fact=fact) for fact in facts),
    )
