"""The history of a promise: every change with author, time and reason, for everybody to read and export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import streamlit as st
from markupsafe import Markup

from servq.query.promises.promise_editing import histories
from servq.standards import Promise
from servq.standards.promise import PromiseVersion, names_of, versions_of
from servq.standards.promise_text import KINDS, changes_told
from servq.ui.components.downloads import KINDS as FORMATS
from servq.ui.components.tables import table
from servq.ui.components.verbatims import moment
from servq.ui.consistency import promise_editing
from servq.ui.consistency.promise_words import subject
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View


def versions_and_changes(view: View) -> None:
    """One chosen promise: its buttons and its history."""
    shell.section(
        say("修改与历史", "Changes and their history"),
        say(
            "每次修改都留下谁、何时、改了什么、为什么；之前的数字按当时的版本判定",
            "Every change keeps who, when, what and why; earlier figures are judged by the version of their time",
        ),
    )
    register = view.snapshot.standards.register
    promise_editing.outcome(register)
    names = names_of(register)
    with st.container(horizontal=True, vertical_alignment="bottom", key="register-tools"):
        chosen = (
            choice("promise", say("哪条承诺", "Which promise"), promise_editing.labels(register), 420) if names else ""
        )
        promise_editing.tools(register, chosen)
    promise_editing.form(view)
    if names:
        found = histories(view.snapshot)
        draw(_told(versions_of(register, chosen), found.get(chosen, ())))
        if found:
            _files(found)


def _told(versions: tuple[Promise, ...], history: tuple[PromiseVersion, ...]) -> Markup:
    """The history of one promise, the newest line first."""
    if not history:
        start = versions[0].valid_from
        return piece(
            '<div class="sq sq-note">{text}</div>',
            text=say(f"还没有改动：自 {start} 起如台账所列。", f"Nothing was changed: it stands so since {start}."),
        )
    heads = (say("何时 · 谁", "When · who"), say("改了什么", "Changes"), say("原因", "Why"))
    rows = [
        (_stacked([_whole(when), _whole(f"{who} · {what}")]), _stacked(told), why)
        for (when, who, what, why), told in _lines(history)
    ]
    return table(heads, rows[::-1], words=(0, 1, 2))


def _whole(text: str) -> Markup:
    """A text that stays on one line, also on a phone."""
    return piece('<span class="sq-whole">{text}</span>', text=text)


def _stacked(lines: Iterable[str]) -> Markup:
    return joined(piece("<div>{line}</div>", line=line) for line in lines)


def _lines(history: tuple[PromiseVersion, ...]) -> Iterator[tuple[tuple[str, str, str, str], list[str]]]:
    """Each line of a history, the oldest first: (when, who, what, why), and its changes."""
    before = None
    for change in history:
        told = changes_told(before, change.promise, language() == "zh", subject)
        if before is None:  # a whole promise: in a paragraph, not in a column
            told = [say("；", "; ").join(told)]
        yield (moment(change.at), change.who, name_of(KINDS[change.kind]), change.reason), told
        before = change.promise


def _files(found: Mapping[str, tuple[PromiseVersion, ...]]) -> None:
    """The history of all promises to take away; made when it is asked for."""
    with st.container(horizontal=True, key="register-files"):
        for kind, (make, mime) in FORMATS.items():
            st.download_button(
                say(f"下载全部修改历史 {kind}", f"Download all changes as {kind}"),
                data=permissions.file("download:promises", "promises", partial(file_of, found), make),
                file_name=f"servq-promises.{kind.lower()}",
                mime=mime,
                key=f"register-{kind}",
                on_click="ignore",
                type="tertiary",
            )


def file_of(found: Mapping[str, tuple[PromiseVersion, ...]], make: Callable[..., bytes]) -> bytes:
    """Every change of every promise, the newest first, as a table for export."""
    heads = [
        say("承诺", "Promise"), say("原文", "Text"), say("时间", "When"), say("谁", "Who"), say("做了什么", "What"),
        say("改了什么", "Changes"), say("原因", "Why"),
    ]  # fmt: skip
    rows = [
        (name, change.promise.text, when, who, what, "\n".join(told), why)
        for name, history in found.items()
        for change, ((when, who, what, why), told) in zip(history, _lines(history), strict=True)
    ]
    return make(heads, sorted(rows, key=lambda row: row[2], reverse=True))
