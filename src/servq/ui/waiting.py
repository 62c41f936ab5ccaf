"""What waits in quarantine: how many rows for which reason, where each stands in its file, to be taken away."""

from __future__ import annotations

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
    lines = [
        piece(
            '<tr><td class="left">{file}</td><td>{row}</td><td class="left">{column}</td>'
            '<td class="left"><code>{value}</code></td><td class="left">{reason}</td></tr>',
            file=row["file_name"],
            row=f"{row['row']:,}",
            column=row["column"] or say("（整行）", "(whole row)"),
            value=row["value"] or say("（空）", "(empty)"),
            reason=_reason(row["reason"]),
        )
        for row in rows_of(quarantined(view.snapshot, ROWS_SHOWN)[["file_name", "row", "column", "value", "reason"]])
    ]
    heads = (say("文件", "File"), say("行号", "Row"), say("列", "Column"), say("值", "Value"), say("原因", "Reason"))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-wait"><tr>{heads}</tr>{lines}</table></div>',
        heads=joined(piece("<th>{head}</th>", head=head) for head in heads),
        lines=joined(lines),
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
