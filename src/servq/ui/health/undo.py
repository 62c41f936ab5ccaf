"""The undo of a load below the load log: which one, what would go, a confirmation, and the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import streamlit as st

from servq.errors import ServqError
from servq.ingest.undo import Undone, look, undo_load
from servq.text.visible import visible
from servq.ui.health.loads import newest_loads
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View

LOAD, SURE, GO, CAME = "undo-load", "undo-sure", "undo-go", "undo-came"


def one_load(view: View) -> None:
    """Choose a load, see what its undo would take out, confirm it."""
    came = st.session_state.pop(CAME, None)
    if came is not None:
        shell.note(came)
    lines = {load.line["load_id"]: load.line for load in newest_loads(view) if load.line["undone_at"] is None}
    if not lines or not permissions.may("action:undo_load"):
        return
    with st.expander(say("撤销一次载入", "Undo a load")):
        if st.session_state.get(LOAD) not in lines:
            st.session_state[LOAD] = next(iter(lines))
        chosen: int = st.selectbox(
            say("要撤销的载入", "The load to undo"), list(lines), key=LOAD, format_func=lambda one: _called(lines[one])
        )
        try:
            found = look(view.snapshot.warehouse, chosen)
        except ServqError as error:
            draw(shell.error_box(error))
            return
        shell.note(_what_goes(found))
        sure = st.checkbox(say("我确定要撤销它", "I am sure that it is to be undone"), key=f"{SURE}-{chosen}")
        if st.button(say("撤销这次载入", "Undo this load"), key=GO, disabled=not sure) and sure:
            _undo(view, chosen)


def _called(line: Mapping[str, Any]) -> str:
    return visible(f"#{line['load_id']} {PurePath(line['file_name']).name} → {line['source']}")


def _what_goes(found: Undone) -> str:
    text = say(
        f"将移出：{found.rows:,} 行数据、{found.unanswered:,} 份未作答、隔离区 {found.quarantined:,} 行；"
        "相关各周重新计算，载入记录保留这一行并注明已撤销。之后可以再次载入这个文件。",
        f"To be taken out: {found.rows:,} rows, {found.unanswered:,} questionnaires without an answer, "
        f"{found.quarantined:,} rows in quarantine. The weeks are counted anew and the log keeps the line as undone. "
        "The file can be loaded again.",
    )
    if found.waiting_again:
        text += say(
            f"{found.waiting_again:,} 行回到隔离区。", f" {found.waiting_again:,} rows wait in quarantine again."
        )
    if found.repeated:
        listed = ", ".join(f"#{number}" for number in found.repeated)
        text += say(
            f"这些载入的文件可能也有其中的行，需要时请再载入一次：{listed}。",
            f" The files of these loads may have said some of the same rows; load them again if so: {listed}.",
        )
    return text


def _undo(view: View, load_id: int) -> None:
    """Undo the load and redraw the page: every figure may be another now."""
    try:
        permissions.insist("action:undo_load")
        done = undo_load(view.snapshot.warehouse, load_id)
    except ServqError as error:
        draw(shell.error_box(error))
        return
    st.session_state[CAME] = say(
        f"已撤销第 {load_id} 次载入：移出 {done.rows:,} 行数据、隔离区 {done.quarantined:,} 行",
        f"Load {load_id} is undone: {done.rows:,} rows and {done.quarantined:,} rows in quarantine were taken out",
    )
    st.rerun()
