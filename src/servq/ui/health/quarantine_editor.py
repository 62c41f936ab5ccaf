"""The editor of one quarantined row: its cells, the reason beside them, and the outcome of the retry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from servq.errors import ServqError
from servq.ingest.quarantine.retry import retry
from servq.ingest.reread import headers_of, said_now
from servq.query.data.inventory import quarantined, waiting_line
from servq.records import LoadReport
from servq.settings import read_settings
from servq.text.visible import visible
from servq.ui.health import quarantine
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View

CHOICES = 500
"""The largest number of rows to choose from, the newest; for more there is the file."""

ROW, MENDED = "mend-row", "mended"
_IN_A_LINE = 3

_SHEET = """<style>
.sq-cell{font-size:.84rem;color:#4A5157;line-height:1.35;margin-bottom:-.5rem;overflow-wrap:anywhere}
.sq-cell.bad{color:#8F3206;font-weight:600}
.sq-cell small{display:block;font-weight:400;font-size:.8rem}
[class*=st-key-mend-bad] [data-testid=stTextInputRootElement]{border:1px solid #B3400A;background:#FBF3EE}
</style>"""


def one_row(view: View) -> None:
    """Choose a waiting row, correct it, retry it."""
    lines = {int(line["quarantine_id"]): line for line in quarantined(view.snapshot, CHOICES)}
    came = st.session_state.pop(MENDED, None)
    if not lines and came is None:
        return
    shell.section(
        say("在这里更正", "Mend it here"),
        say(
            "改对有问题的格子，再载入这一行；没有改的格子保持原样，个人信息一直是隐去的",
            "Correct what is wrong and load the row; other cells stay as they are, and personal data stays hidden",
        ),
    )
    draw(Markup(_SHEET))
    if came is not None:
        shell.note(came[0], bad=came[1])
    if not permissions.may("action:quarantine"):
        permissions.not_here()
    elif lines:
        _form(view, _choose(lines))


def _choose(lines: Mapping[int, Mapping[str, Any]]) -> int:
    if st.session_state.get(ROW) not in lines:
        st.session_state[ROW] = next(iter(lines))
    chosen: int = st.selectbox(
        say("要更正的行", "The row to mend"), list(lines), key=ROW, format_func=lambda number: _called(lines[number])
    )
    return chosen


def _called(line: Mapping[str, Any]) -> str:
    where = say(f"第 {line['row']:,} 行", f"row {line['row']:,}")
    what = line["column"] or say("整行", "whole row")
    return visible(f"{line['file_name']} {where} · {what} · {quarantine.reason(line['reason'])}")


def _form(view: View, number: int) -> None:
    """The row's cells, the one that is wrong first."""
    line = waiting_line(view.snapshot, number)
    said = said_now(line, {})
    headers = sorted(headers_of(line), key=lambda header: header != line["column"])
    with st.form(f"mend-{number}"):
        if line["column"] not in headers:
            shell.note(f"{quarantine.reason(line['reason'])} {line['value'] if line['reason'] == 'conflict' else ''}")
        for start in range(0, len(headers), _IN_A_LINE):
            for place, column in enumerate(st.columns(_IN_A_LINE, vertical_alignment="bottom"), start=start):
                if place < len(headers):
                    with column:
                        _cell(line, headers[place], said.get(headers[place], ""), place)
        replace = line["reason"] == "conflict" and st.checkbox(
            say("以这一行为准，替换已有内容", "This row counts: replace what is known"), key=f"mend-replace-{number}"
        )
        asked = st.form_submit_button(say("更正后重新载入", "Load it as corrected"), type="primary")
    if asked:
        now = {header: st.session_state[f"mend-{number}-{place}"] for place, header in enumerate(headers)}
        _try(view, number, {header: text for header, text in now.items() if text != said.get(header, "")}, replace)


def _cell(line: Mapping[str, Any], header: str, text: str, place: int) -> None:
    """One cell; its name and what is wrong with it stand above, as text."""
    bad, key = header == line["column"], f"{line['quarantine_id']}-{place}"
    draw(
        piece(
            '<div class="sq sq-cell {kind}">{header}{why}</div>',
            kind="bad" if bad else "",
            header=header,
            why=piece("<small>{why}</small>", why=quarantine.reason(line["reason"])) if bad else "",
        )
    )
    with st.container(key=f"mend-bad-{key}" if bad else f"mend-cell-{key}"):
        st.text_input(
            say(f"第 {place + 1} 格", f"Cell {place + 1}"), text, key=f"mend-{key}", label_visibility="collapsed"
        )


def _try(view: View, number: int, corrected: Mapping[str, str], replace: bool) -> None:
    """Load the row with what was corrected, and redraw the page: its figures may be others now."""
    try:
        permissions.insist("action:quarantine")
        reports = retry(view.snapshot.warehouse, read_settings().home, {number: corrected}, replace=replace)
    except ServqError as error:
        draw(shell.error_box(error))
        return
    st.session_state[MENDED] = _outcome(reports, waiting_line(view.snapshot, number))
    st.rerun()


def _outcome(reports: Sequence[LoadReport], line: Mapping[str, Any]) -> tuple[str, bool]:
    """The outcome of the row, in a sentence, and whether it still waits."""
    where = say(f"{line['file_name']} 第 {line['row']:,} 行", f"{line['file_name']}, row {line['row']:,}")
    if any(report.duplicates for report in reports if report.load_id is not None):
        return say(f"{where}：库中已有，没有重复计入", f"{where}: it was in already and counts once"), False
    if any(report.load_id is not None for report in reports):
        return say(f"{where}：已载入，离开隔离区", f"{where}: loaded, no longer in quarantine"), False
    why = quarantine.reason(line["reason"])
    column = f"{line['column']}：" if line["column"] else ""
    return say(f"{where}：仍不可信，继续等待（{column}{why}）", f"{where}: still not trusted ({column}{why})"), True
