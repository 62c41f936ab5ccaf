"""The form of a new improvement card: the cause, its present figures, and the user's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from servq.errors import ServqError
from servq.formatting import format_value
from servq.ingest.edits.improvement_cards import save_card
from servq.query.data.improvement_cards import BESIDE, Findings, findings
from servq.records import Label, Slice
from servq.records.improvement_card import CauseCard, Plan
from servq.text.causes.labels import cause_label
from servq.ui.cards import card_list
from servq.ui.cards.card_fields import fields
from servq.ui.components import drill
from servq.ui.components.card_link import ABOUT, LEVELS, OF_WORDS, UNKNOWN, WITHIN
from servq.ui.components.figures import get_metric, readings
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View, kept_per_view


def make(view: View) -> None:
    """Choose a cause of the period, see its figures, write the card."""
    shell.section(
        say("新建改进卡", "A new card"),
        drill.describe(view.period)
        + say("；数字和原话按此刻存入，以后不变", "; figures and sentences are kept as they are now"),
    )
    known = causes(view)
    if not permissions.may("action:card"):
        permissions.not_here()
    elif not known:
        shell.note(say("这段时间没有投诉，无从建卡。换一个周期或筛选。", "No complaints here: choose another period."))
    else:
        labels = {code: Label(title, title) for code, (title, _) in known.items()}
        title, kept = known[choice(ABOUT, say("哪个原因", "Which cause"), labels, 460)]
        found = _findings(view, kept)
        _shown(found)
        _form(view, title, kept, found)


@kept_per_view
def causes(view: View) -> dict[str, tuple[str, Slice]]:
    """Every cause of the period, the largest first: its path -> its title and its slice."""
    found = [
        (row.reading.n, WITHIN.join(row.dims.values()), _title(level, row.dims), row.dims)
        for level in LEVELS
        for row in readings(view, "complaints", level, view.period)
        if level not in OF_WORDS or row.dims[level[0]] not in UNKNOWN
    ]
    return {code: (title, view.period.and_(**dims)) for _, code, title, dims in sorted(found, key=lambda one: -one[0])}


def _title(level: tuple[str, ...], dims: Mapping[str, str]) -> str:
    """A cause as the card names it; one of the words says that it is."""
    if level not in OF_WORDS:
        return WITHIN.join(map(shown, dims.values()))
    return name_of(cause_label(dims[level[0]])) + say("（客户原话）", " (customers' words)")


@kept_per_view
def _findings(view: View, slice_: Slice) -> Findings:
    return findings(view.snapshot, slice_, view.period)


def _shown(found: Findings) -> None:
    """The content of the card besides what is typed."""
    share = found.share
    value = format_value(share.value, "percent", language())
    told = [
        say(f"{share.n:,} 件，占 {share.total:,} 件的 {value}", f"{share.n:,} of {share.total:,} complaints, {value}"),
        *figures(found.figures.items()),
    ]
    draw(piece('<div class="sq sq-sub">{told}</div>', told=" · ".join(told)))
    quotes = [piece('<div class="sq-quote"><p>{said}</p></div>', said=said) for _, said in found.sentences]
    if quotes:
        draw(piece('<div class="sq">{quotes}</div>', quotes=joined(quotes)))
    else:
        shell.note(say("这些投诉没有可引用的文字。", "These complaints hold no text to quote."))


def figures(told: Iterable[tuple[str, tuple[float | None, float | None, float | None, int]]]) -> list[str]:
    """The figures beside the share, in words; those without a value are left out."""
    return [
        f"{name_of(get_metric(name).label)} {format_value(value, get_metric(name).unit, language())}（n = {n:,}）"
        for name, (value, _, _, n) in told
        if name in BESIDE and value is not None
    ]


def _form(view: View, title: str, slice_: Slice, found: Findings) -> None:
    with st.form("card-new", clear_on_submit=False):
        plan = fields("card-new", Plan())
        asked = st.form_submit_button(say("存为改进卡", "Keep as a card"), type="primary")
    if asked:
        card = CauseCard(0, title, slice_, found.share, found.figures, (), plan, 0, "", 0, "")
        try:
            permissions.insist("action:card")
            number = save_card(view.snapshot.warehouse, card, found.sentences)
        except ServqError as error:
            draw(shell.error_box(error))
            return
        card_list.open_card(number)
        for key in [str(key) for key in st.session_state if str(key).startswith("card-new-")]:
            del st.session_state[key]
        st.rerun()
