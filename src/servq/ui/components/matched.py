"""The detected format of a file, and the match of its headers to columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from servq.loaders.sources.source import Source
from servq.records import Label
from servq.text.masking.masking import mask
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import joined, piece

SHEET = """
.sq-match{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:0 1.6rem;margin-top:.4rem}
.sq-match{font-size:.86rem}
.sq-match div{display:flex;gap:.5rem;padding:.26rem 0;border-bottom:1px solid #E2E4E0;overflow-wrap:anywhere}
.sq-match code,.sq-health code{font-size:.78rem;color:#5C6369;background:none;padding:0}
.sq-match .to{color:#5C6369}
.sq-match small{color:#5C6369;margin-left:auto;text-align:right;max-width:9rem;white-space:nowrap;overflow:hidden;
 text-overflow:ellipsis}
"""
_MARKS = {"\t": "Tab", " ": "␠"}


def detected(
    name: str, encoding: str | None, delimiter: str | None, sheet: str | None, header_row: int | None
) -> list[str]:
    """The detected properties of a file, each in a few words."""
    named = (
        ("", name),
        (say("编码 ", "encoding "), encoding),
        (say("分隔符 ", "delimiter "), _MARKS.get(delimiter or "", delimiter)),
        (say("工作表 ", "sheet "), sheet),
        (say("表头在第 ", "header in row "), f"{header_row}{say(' 行', '')}" if header_row else ""),
    )
    return [f"{word}{value}" for word, value in named if value]


def pairs(
    columns: Mapping[str, str],
    source: Source,
    samples: Mapping[str, str] | None = None,
    rules: Mapping[str, Label] | None = None,
) -> Markup:
    """Header in the file → column of servq, one beside the other.

    Args:
        samples: header -> an example of what stands under it.
        rules: column -> why that header was taken for it.
    """
    found, why = samples or {}, rules or {}
    drawn = [
        piece(
            '<div title="{rule}"><span>{header}</span><span class="to">→</span>'
            "<span>{label} <code>{name}</code></span>{sample}</div>",
            header=(shown := mask(columns[name])),  # the question of a matrix may name a person
            label=name_of(source.column(name).label),
            name=name,
            rule=name_of(why[name]) if name in why else "",
            sample=piece("<small>{text}</small>", text=found[shown]) if shown in found else "",
        )
        for name in source.names
        if name in columns
    ]
    return piece('<div class="sq-match">{drawn}</div>', drawn=joined(drawn))


def not_in_file(columns: Mapping[str, str], source: Source) -> str:
    """The columns of the source that the file does not have, as a sentence; nothing when it has them all."""
    absent = [name_of(source.column(name).label) for name in source.names if name not in columns]
    return say("文件中没有：", "Not in the file: ") + say("、", ", ").join(absent) if absent else ""


def not_used(headers: Sequence[str]) -> str:
    """The headers of the file that became no column, as a sentence; a file without a header has persons there."""
    return say("没有用到的列：", "Not used: ") + say("、", ", ").join(map(mask, headers)) if headers else ""
