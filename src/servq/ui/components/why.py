"""The reasons of a text's score: the words that moved it, below the text, as plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from servq.query.customers.reasons import Reasons, reasons
from servq.query.snapshot import Snapshot
from servq.ui.shell.language import say
from servq.ui.shell.markup import joined, piece

SHEET = Markup("""<style>
.sq-why{display:flex;flex-wrap:wrap;gap:.1rem .7rem;font-size:.8rem;color:#5C6369;margin-top:.15rem}
.sq-why b{font-weight:600;color:#1E2326}
</style>""")


def whys(snapshot: Snapshot, rows: Sequence[dict[str, Any]], column: str) -> list[Markup]:
    """A line for each row; empty where there is no score.

    Args:
        column: where the rows have their text.
    """
    found = reasons(snapshot, [(row[column], row["polarity"]) for row in rows])
    return [Markup("") if one is None else _line(one) for one in found]


def _line(found: Reasons) -> Markup:
    if found.older:
        return _said(
            say("此分数来自旧版本模型，运行 servq rescore 后可解释", "another version's score: run servq rescore")
        )
    if not found.words:
        return _said(say("没有起作用的词", "no word moved it"))
    words = joined(
        piece(
            "<span>{mark} <b>{word}</b> {weight}</span>",
            mark="▲" if weight > 0 else "▼",
            word=word,
            weight=f"{weight:+.1f}".replace("-", "−"),
        )
        for word, weight in found.words
    )
    return piece(
        '<div class="sq-why"><span>{head}</span>{words}</div>', head=say("依据的词", "words that moved it"), words=words
    )


def _said(text: str) -> Markup:
    return piece('<div class="sq-why"><span>{text}</span></div>', text=text)
