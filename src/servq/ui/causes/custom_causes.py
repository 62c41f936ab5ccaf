"""The list of accepted custom causes: their words, the complaints that name them, and the button to withdraw them."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.errors import ServqError
from servq.ingest.edits.custom_causes import withdraw
from servq.query.causes.custom_tree import own_leaves, tree_of
from servq.records.custom_cause import OwnLeaf
from servq.text.causes.finder import version
from servq.text.causes.labels import cause_label
from servq.ui.components import drill
from servq.ui.components.figures import reading
from servq.ui.components.verbatims import moment
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import joined_words, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View


def accepted(view: View) -> None:
    """Every accepted cause, the newest first; those that were withdrawn stay in the list."""
    found, tree = own_leaves(view.snapshot), tree_of(view.snapshot)
    kept = sum(one.withdrawn_at is None for one in found)
    shell.section(
        say(
            f"原因树：{len(tree.leaves)} 个原因，其中自己收入 {kept} 个",
            f"The tree: {len(tree.leaves)} causes, {kept} of your own",
        ),
        say(f"版本 {version(tree)}；件数为所选时段", f"version {version(tree)}; complaints of the period chosen"),
    )
    if not found:
        shell.note(
            say(
                "还没有收入自己的原因：新说法旁的“收入原因树”会先给出哪些投诉会被找到。",
                "No cause of your own yet: “Take into the tree” beside a new wording first shows what it would find.",
            )
        )
    for place, one in enumerate(found):
        _shown(view, place, one)


def _shown(view: View, place: int, one: OwnLeaf) -> None:
    with st.container(key=f"novel-own-{place}"):
        draw(_drawn(one))
        if one.withdrawn_at is not None:
            return
        with st.container(horizontal=True):
            kept = view.period.and_(cause=one.code)
            drill.button("complaints", kept, reading(view, "complaints", kept).n, f"own-{place}")
            if permissions.may("action:cause"):
                st.button(
                    say("撤回", "Withdraw"),
                    key=f"withdraw-{place}",
                    on_click=_withdraw,
                    args=(view, one),
                    type="tertiary",
                )


def _withdraw(view: View, one: OwnLeaf) -> None:
    try:
        permissions.insist("action:cause")
        withdraw(view.snapshot.warehouse, one.code)
    except ServqError as error:
        draw(shell.error_box(error))


def _drawn(one: OwnLeaf) -> Markup:
    about = [
        name_of(cause_label(one.category)),
        say(f"词：{joined_words(one.words)}", f"words: {joined_words(one.words)}"),
        say(f"{moment(one.at)} 由 {one.who} 收入", f"accepted {moment(one.at)} by {one.who}"),
    ]
    if one.withdrawn_at is not None:
        when, who = moment(one.withdrawn_at), one.withdrawn_by
        about.append(say(f"{when} 由 {who} 撤回", f"withdrawn {when} by {who}"))
    return piece(
        '<div class="sq"><p class="sq-newword"><b>{name}</b></p><div class="sq-meta">{about}</div></div>',
        name=one.name,
        about=joined(piece("<span>{part}</span>", part=part) for part in about),
    )
