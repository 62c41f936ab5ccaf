"""The editing of a promise on the page: change, add or withdraw, with a preview, for readers with permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from servq.errors import ChangedMeanwhile, ServqError, UsageError
from servq.ingest.edits.promises import save_promise
from servq.query.promises.promise_editing import known_names
from servq.records import Label
from servq.settings import read_settings
from servq.standards import Promise
from servq.standards.checking import LONGEST, Known, checked
from servq.standards.promise import names_of, versions_of
from servq.standards.promise_register import read_register
from servq.ui.consistency import promise_preview
from servq.ui.consistency.promise_fields import fields, withdrawal
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View
from servq.weeks import today

_OPEN, _DONE, _TIMES = "register-open", "register-done", "register-times"
"""Session keys: the open form, the change just saved, the number of forms opened."""


@dataclass
class Open:
    """The form that a reader has before them.

    Attributes:
        kind: `new`, `change` or `withdraw`.
        seen: the promise's versions as the reader saw them; if they are others when it is saved, it is not.
        key: of its fields; each form starts over.
        refused: why it could not be saved because of somebody else.
    """

    kind: str
    name: str
    seen: tuple[Promise, ...]
    key: str
    refused: ServqError | None = None


def labels(register: Sequence[Promise]) -> dict[str, Label]:
    """Every promise by its newest text; withdrawn ones are marked."""
    found = {name: versions_of(register, name)[-1] for name in names_of(register)}
    gone = {
        name: Label("（已撤下）", " (withdrawn)") if one.withdrawn else Label("", "") for name, one in found.items()
    }
    return {
        name: Label(one.text + gone[name].zh, (one.text_en or one.text) + gone[name].en) for name, one in found.items()
    }


def tools(register: Sequence[Promise], chosen: str) -> None:
    """The buttons for the chosen promise; nothing for readers without permission."""
    if not permissions.may("action:promise"):
        return
    seen = versions_of(register, chosen)
    if seen:
        _tool("change", say("修改", "Change"), seen)
    if seen and not seen[-1].withdrawn:
        _tool("withdraw", say("撤下", "Withdraw"), seen)
    _tool("new", say("新增一条", "Add one"), ())


def _tool(kind: str, label: str, seen: tuple[Promise, ...]) -> None:
    st.button(label, key=f"register-{kind}", on_click=_open, args=(kind, seen))


def _open(kind: str, seen: tuple[Promise, ...]) -> None:
    times = st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.session_state[_OPEN] = Open(kind, seen[0].name if seen else "", seen, f"pledge-{times}")


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def form(view: View) -> None:
    """The open form, if any, with the preview of its effect; saved when it is valid."""
    opened: Open | None = st.session_state.get(_OPEN)
    if opened is None or not permissions.may("action:promise"):
        return
    known = known_names(view.snapshot)
    with st.container(border=True, key="register-form"):
        if opened.refused is not None:
            _others_first(view, opened)
        written = withdrawal(opened.key, opened.seen[-1]) if opened.kind == "withdraw" else _written(opened, known)
        reason = st.text_input(
            say("为什么（必填）", "Why (required)"),
            key=f"{opened.key}-reason",
            max_chars=LONGEST,
            placeholder=say("谁决定的，依据什么", "who decided it, on what grounds"),
        )
        _looked_at(view, written, known)
        with st.container(horizontal=True):
            kept = st.button(say("保存", "Save"), key="register-save", type="primary")
            st.button(say("放弃", "Discard"), key="register-close", on_click=_close, type="tertiary")
        if kept:
            _save(view, opened, written, reason, known)


def _written(opened: Open, known: Known) -> Promise:
    if opened.seen:
        newest = opened.seen[-1]
        return fields(opened.key, replace(newest, withdrawn=False, valid_from=max(newest.valid_from, today())), known)
    empty = Promise("", "", "", (), "", today(), "question", "", None, "higher", today())
    return fields(opened.key, empty, known)


def _looked_at(view: View, written: Promise, known: Known) -> None:
    """The preview of saving: the verdicts it would change, and what is still missing."""
    try:
        whole = checked(written, known)
    except UsageError as error:
        shell.note(say(f"还不能保存：{error.zh}。{error.hint_zh}", f"Not to be saved yet: {error.en}. {error.hint_en}"))
        return
    promise_preview.before_saving(view, whole)


def _save(view: View, opened: Open, written: Promise, reason: str, known: Known) -> None:
    """Keep it and redraw the page: its verdicts may be others now. Whatever is refused stays in the form."""
    try:
        permissions.insist("action:promise")
        file = read_register(read_settings().data / "promises.toml")
        name = save_promise(view.snapshot.warehouse, file, written, opened.seen, reason, known)
    except ChangedMeanwhile as error:
        opened.refused = error
        st.rerun()
    except ServqError as error:
        draw(shell.error_box(error))
        return
    _close()
    st.session_state[_DONE] = name
    st.rerun()


def _others_first(view: View, opened: Open) -> None:
    """Somebody else was quicker: say so, and let this reader decide after looking."""
    assert opened.refused is not None
    draw(shell.error_box(opened.refused))
    now = versions_of(view.snapshot.standards.register, opened.name)
    label = say("我看过了，仍要用我的", "I have looked: mine shall count")
    st.button(label, key="register-anyway", on_click=_go_on, args=(opened, now))


def _go_on(opened: Open, now: tuple[Promise, ...]) -> None:
    opened.seen, opened.refused = now, None


def outcome(register: Sequence[Promise]) -> None:
    """The confirmation of the last change, shown once; its promise becomes the chosen one."""
    name = st.session_state.pop(_DONE, None)
    versions = versions_of(register, name) if name else ()
    if versions:
        st.session_state["promise"] = name
        one = versions[-1]
        what_zh, what_en = ("撤下", "withdrawn") if one.withdrawn else ("按新版判定", "judged by it")
        shell.note(
            say(
                f"已保存：“{one.text}”自 {one.valid_from} 起{what_zh}；之前的数字不变。",
                f"Saved: “{one.text_en or one.text}” is {what_en} from {one.valid_from}; earlier figures stay.",
            )
        )
