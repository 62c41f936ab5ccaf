"""What waits in quarantine: how many rows for which reason, where each stands in its file, to be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from servq.loaders.catalog import SOURCES
from servq.query.inventory import Waiting, quarantined, waiting
from servq.records import REASONS
from servq.ui import downloads, shell
from servq.ui.language import name_of, say
from servq.ui.loads import newest_loads
from servq.ui.markup import draw, joined, piece
from servq.ui.view import View, kept_per_view
from servq.ui.words import rows_of

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
    reasons = _reasons(view)
    total = sum(one.rows for one in reasons)
    shell.section(
        say(f"隔离区：{total:,} 行没有计入任何数字", f"Quarantine: {total:,} rows count in no figure"),
        say(
            "在原文件中改正后重新载入即可；已在库中的行会认作重复，不会计两次",
            "Mend them in the file and load it again: rows that are in already count as duplicates, never twice",
        ),
    )
    if total == 0:
        shell.note(
            say("隔离区是空的：读到的每一行都可信。", "Nothing waits: every row that was read could be trusted.")
        )
        return
    draw(_by_reason(view))
    draw(_rows(view))
    if total > ROWS_SHOWN:
        shell.note(
            say(
                f"这里是最新的 {ROWS_SHOWN} 行；全部 {total:,} 行请下载。",
                f"The newest {ROWS_SHOWN} are shown; download all {total:,}.",
            )
        )
    downloads.buttons(lambda: _in_words(quarantined(view.snapshot)), "servq-quarantine", "quarantine")


@kept_per_view
def _reasons(view: View) -> list[Waiting]:
    return waiting(view.snapshot)


@kept_per_view
def _by_reason(view: View) -> Markup:
    chips = [
        piece(
            "<span><b>{n}</b> {reason} <small>{source}</small></span>",
            n=f"{one.rows:,}",
            reason=name_of(one.label),
            source=name_of(SOURCES[one.source].label) if one.source in SOURCES else one.source,
        )
        for one in _reasons(view)
    ]
    return piece('<div class="sq sq-reasons">{chips}</div>', chips=joined(chips))


@kept_per_view
def _rows(view: View) -> Markup:
    shown = quarantined(view.snapshot, ROWS_SHOWN)[["file_name", "row", "column", "value", "reason"]]
    return problems(rows_of(shown), with_file=True)


def problems(rows: Iterable[Mapping[str, Any]], *, with_file: bool = False) -> Markup:
    """Rows that were not trusted: where each stands, what stands there, and what is wrong with it."""
    lines = [
        piece(
            '<tr>{file}<td>{row}</td><td class="left">{column}</td>'
            '<td class="left"><code>{value}</code></td><td class="left">{reason}</td></tr>',
            file=piece('<td class="left">{name}</td>', name=row["file_name"]) if with_file else "",
            row=f"{row['row']:,}",
            column=row["column"] or say("（整行）", "(whole row)"),
            value=row["value"] or say("（空）", "(empty)"),
            reason=_reason(row["reason"]),
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


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with their reason in words, headed as readers know them; the columns of the files stay as they are."""
    words = {
        "source": say("来源", "Source"),
        "file_name": say("文件", "File"),
        "row": say("行号", "Row"),
        "column": say("列", "Column"),
        "value": say("值", "Value"),
        "reason": say("原因", "Reason"),
    }
    return frame.assign(reason=frame["reason"].map(_reason)).rename(columns=words)


def _reason(code: str) -> str:
    return name_of(REASONS[code]) if code in REASONS else code
