"""The display of a preview: the detected format, the rows as they would be stored, the problems."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
from markupsafe import Markup

from servq.ingest.preview import PROBLEMS_SHOWN, FilePreview
from servq.loaders.sources.catalog import get_source
from servq.loaders.sources.source import Column, Source
from servq.records import FileFacts
from servq.ui.components import matched
from servq.ui.components.answer_scales import band_name
from servq.ui.components.verbatims import moment, rows_of, yes_or_no
from servq.ui.health import quarantine
from servq.ui.shell import filters, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece

SHEET = f"""<style>{matched.SHEET}{quarantine.SHEET}
{filters.HIDDEN}
.sq-column code{{font-size:.76rem;color:#5C6369;background:none;padding:0}}
.sq-example{{margin:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}}
.sq-facts{{display:flex;flex-wrap:wrap;gap:.4rem .6rem;margin:.6rem 0 .2rem;font-size:.88rem}}
.sq-facts span{{background:#F4F5F3;border-radius:4px;padding:.2rem .6rem}}
.sq-ways{{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:.5rem 0;font-size:.92rem}}
.sq-first td code{{font-size:.76rem;color:#5C6369;background:none;padding:0}}
.sq-first td:first-child b{{color:#1E2326}}
.sq-first td,.sq-first th{{text-align:left;vertical-align:top}}
.sq-first td{{max-width:22rem;overflow:hidden;text-overflow:ellipsis}}
.sq-first th code{{display:block;font-size:.72rem;color:#5C6369;background:none;padding:0}}
.sq-first td.number,.sq-first th.number{{text-align:right}}
.sq-first td.none{{color:#5C6369}}.sq-first td.need{{color:#4A5157}}
.sq-first td:first-child{{color:#5C6369}}
</style>"""


def understood(source: str, look: FilePreview) -> None:
    """The file as a table: encoding, delimiter, sheet, header row, and the column of each header."""
    facts = look.facts
    if facts is None or look.refused is not None:
        return
    known = get_source(source)
    shell.section(
        say("文件是这样读懂的", "How the file is understood"),
        say("文件中的列 → servq 的列，旁边是文件里的一个例子", "Header in the file → column of servq, with an example"),
    )
    sentences = [matched.not_in_file(facts.columns, known), matched.not_used(facts.unused)]
    draw(
        piece(
            '<div class="sq">{chips}{pairs}{more}</div>',
            chips=chips(facts),
            pairs=matched.pairs(facts.columns, known, look.samples, facts.matched),
            more=joined(piece('<p class="sq-sub">{one}</p>', one=one) for one in sentences if one),
        )
    )


def chips(facts: FileFacts) -> Markup:
    """The detected properties, one after the other."""
    found = matched.detected(facts.name, facts.encoding, facts.delimiter, facts.sheet, facts.header_row)
    found += [name_of(facts.turned)] if facts.turned is not None else []
    found += [f"{say('未读取的工作表 ', 'sheet not read: ')}{sheet}" for sheet in facts.unread_sheets]
    return piece('<div class="sq-facts">{all}</div>', all=joined(piece("<span>{one}</span>", one=one) for one in found))


def first_rows(source: str, look: FilePreview) -> None:
    """The first rows, value for value as the warehouse would hold them."""
    if look.refused is not None or look.rows.empty:
        return
    shell.section(
        say(f"前 {len(look.rows)} 行会这样入库", f"The first {len(look.rows)} rows as they will be stored"),
        say("个人信息在入库之前已经隐去", "Personal data is hidden before anything is stored"),
    )
    draw(_table(get_source(source), look.rows))


def _table(source: Source, rows: pd.DataFrame) -> Markup:
    columns = [column for column in source.columns if column.name in rows]
    heads = [
        piece(
            '<th class="{kind}">{label}<code>{name}</code></th>',
            kind=_kind(column),
            label=name_of(column.label),
            name=column.name,
        )
        for column in columns
    ]
    lines = [
        piece(
            "<tr><td>{row}</td>{cells}</tr>",
            row=row["row"],
            cells=joined(_cell(column, row[column.name]) for column in columns),
        )
        for row in rows_of(rows)
    ]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-first">'
        "<tr><th>{row}</th>{heads}</tr>{lines}</table></div>",
        row=say("行", "Row"),
        heads=joined(heads),
        lines=joined(lines),
    )


def _kind(column: Column) -> str:
    return "number" if column.kind in {"score", "number"} else ""


def _cell(column: Column, value: object) -> Markup:
    if value is None:
        return piece('<td class="none">—</td>')
    if column.kind == "flag":
        text: object = yes_or_no(float(str(value)))
    elif column.kind == "band":
        text = band_name(float(str(value)))
    else:
        text = moment(int(str(value))) if column.kind == "time" else f"{value:g}" if isinstance(value, float) else value
    return piece('<td class="{kind}" title="{text}">{text}</td>', kind=_kind(column), text=text)


def found_wrong(look: FilePreview) -> None:
    """The first rows that would go to quarantine, with the reasons of each; of a refused file those that are known."""
    if look.refused is not None and not look.bad:
        return
    seen = say(f"全部 {look.rows_read:,} 行", f"all {look.rows_read:,} rows")
    if not look.whole:
        seen = say(f"前 {look.rows_read:,} 行", f"the first {look.rows_read:,} rows")
    if not look.bad:
        shell.section(say("没有发现问题", "Nothing wrong was found"), say(f"看了{seen}", f"Looked at {seen}"))
        return
    first = min(look.bad, PROBLEMS_SHOWN)
    shell.section(
        say(f"{look.bad:,} 行会进入隔离区", f"{look.bad:,} rows will be set aside"),
        say(
            f"看了{seen}；这里是最先的 {first} 行。它们不计入任何数字，更正后可以重新载入",
            f"Looked at {seen}; the first {first} are shown. They count in no figure and can be mended and loaded",
        ),
    )
    draw(quarantine.problems([asdict(bad) for bad in look.problems]))
