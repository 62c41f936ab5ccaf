"""The panel that accepts a suggested cause into the tree: its name, its category, and the texts that would move."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from servq.errors import ServqError
from servq.ingest.edits.custom_causes import accept
from servq.query.causes.custom_tree import Moved, likely_category, tree_of, would_move
from servq.records import Label
from servq.text.causes.custom import LONGEST_NAME
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view

CHOSEN = 4
"""Phrases that are chosen to begin with, the surest; the weaker ones say other things too more often."""

_ASKED = "suggested"


def ask(phrases: tuple[str, ...]) -> None:
    """Remember which suggestion was clicked (a widget's callback)."""
    _forget()
    st.session_state[_ASKED] = phrases


def asked(phrases: tuple[str, ...]) -> bool:
    """Whether this suggestion was clicked, and neither accepted nor dismissed since."""
    return bool(st.session_state.get(_ASKED) == phrases)


def panel(view: View, phrases: tuple[str, ...], ids: tuple[str, ...]) -> None:
    """Name, category and words of the new cause, the complaints that it would find, and the button that accepts it."""
    with st.container(border=True, key="leaf-panel"):
        category, name, words = _chosen(view, phrases, ids)
        try:
            moved = _moved(view, category, name, words)
        except ServqError as error:
            draw(shell.error_box(error))
        else:
            draw(_told(moved))
        with st.container(horizontal=True):
            taken = st.button(say("收入原因树", "Take it in"), key="leaf-accept", type="primary")
            st.button(say("不收", "Let it be"), key="leaf-cancel", on_click=_forget, type="tertiary")
        if taken:
            _accept(view, category, name, words)


def _chosen(view: View, phrases: tuple[str, ...], ids: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    labels = {one.code: Label(one.zh, one.en) for one in tree_of(view.snapshot).categories}
    codes, usual = list(labels), _category(view, ids)
    name = st.text_input(
        say("原因叫什么", "What the cause is called"), phrases[0][:LONGEST_NAME], LONGEST_NAME, key="leaf-name"
    )
    category = st.selectbox(
        say("归到哪一大类", "Category"),
        codes,
        codes.index(usual) if usual in codes else 0,
        key="leaf-category",
        format_func=lambda code: name_of(labels[code]),
    )
    words = st.multiselect(
        say("哪些词算说到它", "The words that say it"),
        phrases,
        phrases[:CHOSEN],
        key="leaf-words",
        placeholder=say("至少选一个", "Choose at least one"),
    )
    return category, name, tuple(words)


def _forget() -> None:
    for key in [str(key) for key in st.session_state if str(key).startswith("leaf-")]:
        del st.session_state[key]
    st.session_state.pop(_ASKED, None)


@kept_per_view
def _category(view: View, ids: tuple[str, ...]) -> str:
    return likely_category(view.snapshot, ids)


@kept_per_view
def _moved(view: View, category: str, name: str, words: tuple[str, ...]) -> Moved:
    return would_move(view.snapshot, category, name, words)


def _told(moved: Moved) -> Markup:
    """The complaints that would name it, the number of them without any cause so far, and two of the sentences."""
    others = len(moved.ids) - len(moved.silent)
    head = say(
        f"在全部 {moved.looked_at:,} 件投诉里会找到 {len(moved.ids):,} 件："
        f"{len(moved.silent):,} 件此前未归因，{others:,} 件已有别的原因（两者都保留）",
        f"It would be found in {len(moved.ids):,} of all {moved.looked_at:,} complaints: {len(moved.silent):,} name no "
        f"cause so far, {others:,} name others, which they keep",
    )
    foot = say(
        "收下后全部评论与投诉按新树重新查找，数字随之而变；谁、何时都记下，随时可以撤回。",
        "All comments and complaints are then searched anew and figures follow; who and when is kept, and it can be "
        "withdrawn at any time.",
    )
    return piece(
        '<div class="sq"><b>{head}</b>{said}<p class="sq-sub">{foot}</p></div>',
        head=head,
        said=joined(piece('<div class="sq-said">{said}</div>', said=said) for _, said in moved.sentences),
        foot=foot,
    )


def _accept(view: View, category: str, name: str, words: Sequence[str]) -> None:
    try:
        permissions.insist("action:cause")
        with st.spinner(say("正在按新树查找…", "Searching with the new tree …")):
            accept(view.snapshot.warehouse, category, name, words)
    except ServqError as error:
        draw(shell.error_box(error))
        return
    _forget()
    st.rerun()
