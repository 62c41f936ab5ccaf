"""One improvement card as a sheet to print, export or change: figures at the time, sentences, five whys, action."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from servq.errors import ServqError
from servq.exports import xlsx_bytes
from servq.ingest.edits.improvement_cards import change_card
from servq.query.data.improvement_cards import all_cards
from servq.records.improvement_card import CARD_STATES, CauseCard
from servq.ui.cards import card_list
from servq.ui.cards.card_fields import fields
from servq.ui.cards.card_new import figures
from servq.ui.components import drill
from servq.ui.components.verbatims import moment
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View
from servq.weeks import today


def chosen(view: View) -> None:
    """The card that the link names; nothing where it names none."""
    asked = st.query_params.get(card_list.IN_LINK)
    if not asked:
        return
    found = [card for card in all_cards(view.snapshot) if str(card.card_id) == asked]
    if not found:
        shell.note(say(f"没有编号为“{asked}”的改进卡。", f"There is no improvement card “{asked}”."))
        return
    (card,) = found
    with st.container(key="card-print", border=True):
        draw(_sheet(card))
    with st.container(horizontal=True, vertical_alignment="center", key="card-tools"):
        st.button(say("收起", "Close"), key="card-close", on_click=_close, type="tertiary")
        if permissions.may("download:cards"):
            st.download_button(
                say("下载 XLSX", "Download XLSX"),
                data=permissions.file("download:cards", "card", partial(card_list.file_of, [card]), xlsx_bytes),
                file_name=f"servq-card-{card.card_id}.xlsx",
                key="card-file",
                on_click="ignore",
                type="tertiary",
            )
        n = card.share.n
        drill.button("complaints", card.slice_, n, "card-rows")
        draw(
            piece(
                '<div class="sq sq-sub">{how}</div>',
                how=say("打印：浏览器菜单“打印”，只印这张卡", "Print: the browser's menu prints this card only"),
            )
        )
    if permissions.may("action:card"):
        _form(view, card)


def _close() -> None:
    st.query_params.pop(card_list.IN_LINK, None)


def _sheet(card: CauseCard) -> Markup:
    plan, day = card.plan, today()
    late, age = card_list.is_late(card, day), card_list.age_of(card, day)
    lines = [
        (say("当时的数字", "Figures then"), " · ".join([card_list.share_of(card), *figures(card.figures.items())])),
        (say("范围", "Slice"), drill.describe(card.slice_)),
        (say("典型原话", "In their words"), "\n".join(f"“{said}”" for said in card.sentences) or say("无", "none")),
        (say("五个为什么", "Five whys"), "\n".join(f"{at}. {why}" for at, why in enumerate(plan.whys, 1)) or "—"),
        (say("措施", "Action"), plan.action),
        (say("负责人", "Owner"), plan.owner or "—"),
        (say("期限", "Due"), str(plan.due_on or "—") + (say("（已逾期）", " (late)") if late else "")),
        (say("状态", "State"), name_of(CARD_STATES[plan.state])),
        (say("经过", "History"), "\n".join(_changes(card))),
    ]
    rows = joined(piece("<dt>{name}</dt><dd>{text}</dd>", name=name, text=text) for name, text in lines)
    return piece(
        '<div class="sq sq-sheet"><h2>{title}</h2><p class="sq-sub">{about}</p><dl>{rows}</dl></div>',
        title=card.title,
        about=" · ".join(
            [
                say(f"改进卡第 {card.card_id} 张", f"Improvement card no. {card.card_id}"),
                say(f"建于 {moment(card.created_at)}", f"made {moment(card.created_at)}"),
                age,
                say(f"依据第 {card.share.load_id} 次载入", f"as of load {card.share.load_id}"),
            ]
        ),
        rows=rows,
    )


def _changes(card: CauseCard) -> list[str]:
    """The history, newest first: when, by whom, and what it was then."""
    return [
        " · ".join(
            part
            for part in (
                moment(line.at),
                line.who,
                name_of(CARD_STATES[line.state]),
                line.owner,
                str(line.due_on or ""),
            )
            if part
        )
        for line in card.history
    ]


def _form(view: View, card: CauseCard) -> None:
    with st.expander(say("修改这张卡", "Change this card")), st.form(f"card-{card.card_id}"):
        plan = fields(f"card-{card.card_id}", card.plan)
        asked = st.form_submit_button(say("保存修改", "Keep the changes"), type="primary")
    if asked:
        try:
            permissions.insist("action:card")
            change_card(view.snapshot.warehouse, card.card_id, plan)
        except ServqError as error:
            draw(shell.error_box(error))
            return
        st.rerun()
