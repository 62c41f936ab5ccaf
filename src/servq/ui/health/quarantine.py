"""The quarantine on the page: rows by reason, the place of each in its file, and the export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from servq.ingest.quarantine.corrected import HEADERS
from servq.ingest.reread import said_now
from servq.loaders.sources.catalog import SOURCES
from servq.query import Snapshot
from servq.query.data.inventory import Waiting, quarantined, waiting
from servq.records import REASONS
from servq.ui.components import downloads
from servq.ui.health.loads import newest_loads
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View

ROWS_SHOWN = 50

SHEET = """
.sq-wait code{font-size:.82rem;background:none;padding:0;color:#8F3206;overflow-wrap:anywhere}
.sq-wait{min-width:36rem}.sq-wait th{text-align:left}.sq-wait th:nth-child(2){text-align:right}
.sq-wait.bare{min-width:24rem}.sq-wait.bare th:nth-child(2){text-align:left}
.sq-wait.bare th:first-child,.sq-wait.bare td:first-child{text-align:right;width:4rem}
"""


def in_quarantine(view: View) -> None:
    """The rows that were not trusted, with their reasons."""
    if not newest_loads(view):
        return
    reasons = waiting(view.snapshot)  # read again each time: a row that is tried again in vain makes no new load
    total = sum(one.rows for one in reasons)
    shell.section(
        say(f"隔离区：{total:,} 行没有计入任何数字", f"Quarantine: {total:,} rows count in no figure"),
        say(
            "可以在下面逐行更正，或下载更正后在“载入文件”交回；在原文件中改正再载入也行，不会计两次",
            "Mend them below, or download, correct and hand them back on the page Load a file; nothing counts twice",
        ),
    )
    if total == 0:
        shell.note(
            say("隔离区是空的：读到的每一行都可信。", "Nothing waits: every row that was read could be trusted.")
        )
        return
    draw(_by_reason(reasons))
    draw(problems(quarantined(view.snapshot, ROWS_SHOWN), with_file=True))
    if total > ROWS_SHOWN:
        shell.note(
            say(
                f"这里是最新的 {ROWS_SHOWN} 行；全部 {total:,} 行请下载。",
                f"The newest {ROWS_SHOWN} are shown; download all {total:,}.",
            )
        )
    with st.container(horizontal=True):
        for kind, (make, mime) in downloads.KINDS.items():
            st.download_button(
                say(f"下载全部 {kind}", f"Download all as {kind}"),
                data=permissions.file("download:quarantine", "quarantine", partial(file_of, view.snapshot), make),
                file_name=f"servq-quarantine.{kind.lower()}",
                mime=mime,
                key=f"quarantine-{kind}",
                on_click="ignore",
            )


def _by_reason(reasons: Sequence[Waiting]) -> Markup:
    chips = [
        piece(
            "<span><b>{n}</b> {reason} <small>{source}</small></span>",
            n=f"{one.rows:,}",
            reason=name_of(one.label),
            source=name_of(SOURCES[one.source].label) if one.source in SOURCES else one.source,
        )
        for one in reasons
    ]
    return piece('<div class="sq sq-reasons">{chips}</div>', chips=joined(chips))


def problems(rows: Iterable[Mapping[str, Any]], *, with_file: bool = False) -> Markup:
    """The rows that were not trusted: the place, the content and the reason of each."""
    lines = [
        piece(
            '<tr>{file}<td>{row}</td><td class="left">{column}</td>'
            '<td class="left"><code>{value}</code></td><td class="left">{reason}</td></tr>',
            file=piece('<td class="left">{name}</td>', name=row["file_name"]) if with_file else "",
            row=f"{row['row']:,}",
            column=row["column"] or say("（整行）", "(whole row)"),
            value=row["value"] or say("（空）", "(empty)"),
            reason=reason(row["reason"]),
        )
        for row in rows
    ]
    heads = [say("行号", "Row"), say("列", "Column"), say("值", "Value"), say("原因", "Reason")]
    if with_file:
        heads.insert(0, say("文件", "File"))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-wait {kind}"><tr>{heads}</tr>{lines}</table></div>',
        heads=joined(piece("<th>{head}</th>", head=head) for head in heads),
        lines=joined(lines),
        kind="" if with_file else "bare",
    )


def file_of(snapshot: Snapshot, make: Callable[..., bytes]) -> bytes:
    """Every waiting row, laid out as on the command line: the file can be corrected and retried as a whole."""
    lines = quarantined(snapshot)
    said = [said_now(line, {}) for line in lines]
    cells = list(dict.fromkeys(header for row in said for header in row))
    about = [[reason(line[name]) if name == "reason" else line[name] for name in HEADERS] for line in lines]
    rows = [[*one, *(row.get(header) for header in cells)] for one, row in zip(about, said, strict=True)]
    return make([*HEADERS.values(), *cells], rows)


def reason(code: str) -> str:
    """The reason of a quarantined row as text."""
    return name_of(REASONS[code]) if code in REASONS else code
