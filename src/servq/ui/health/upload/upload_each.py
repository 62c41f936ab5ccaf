"""The outcome of each of several files, one line per file: loaded, known already, or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from markupsafe import Markup

from servq.records import LoadReport
from servq.ui.health.loads import HEADS
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import joined, piece


def each_file(each: Sequence[LoadReport]) -> Markup:
    """The outcome of each file."""
    counts = tuple(HEADS)
    heads = joined(piece("<th>{head}</th>", head=name_of(HEADS[name])) for name in counts)
    lines = [
        piece(
            "<tr><td>{name}</td><td>{said}</td>{cells}</tr>",
            name=PurePath(report.file).name,
            said=_became(report),
            cells=joined(_count(report, name) for name in counts),
        )
        for report in each
    ]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr><th class="left">{file}</th><th></th>{heads}</tr>{lines}'
        "</table></div>",
        file=say("文件", "File"),
        heads=heads,
        lines=joined(lines),
    )


def _count(report: LoadReport, name: str) -> Markup:
    shown = f"{getattr(report, name):,}" if report.status == "loaded" else "—"
    return piece('<td class="number">{n}</td>', n=shown)


def _became(report: LoadReport) -> str:
    if report.status == "refused":
        zh, _, en = report.message.partition("\n")
        return say(f"没有载入：{zh}", f"not loaded: {en or zh}")
    if report.status == "unchanged":
        return say("已经载入过，没有变化", "in already, nothing changed")
    return say("已载入", "loaded")
