"""The display of a preview: the detected format, the rows as they would be stored, the problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from servq.ingest.preview import PROBLEMS_SHOWN, FilePreview
from servq.ingest.trial import NOT_ANSWERED, TriedRow
from servq.loaders.sources.catalog import get_source
from servq.loaders.sources.source import Column, Source
from servq.records import OUTCOMES, REASONS, FileFacts
from servq.ui.components import matched
from servq.ui.components.answer_scales import band_name
from servq.ui.components.verbatims import moment, yes_or_no
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
.sq-first .came td{{color:#5C6369;font-size:.8rem;padding-top:0}}.sq-first tr:has(+.came) td{{border-bottom:0}}
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
    found += [name_of(facts.turned.told)] if facts.turned is not None else []
    found += [f"{say('未读取的工作表 ', 'sheet not read: ')}{sheet}" for sheet in facts.unread_sheets]
    return piece('<div class="sq-facts">{all}</div>', all=joined(piece("<span>{one}</span>", one=one) for one in found))


def first_rows(source: str, look: FilePreview) -> None:
    """The first rows side by side: what the file says, and the value that the warehouse would hold."""
    if look.facts is None or not look.first:
        return
    shell.section(
        say(f"前 {len(look.first)} 行会这样入库", f"The first {len(look.first)} rows as they will be stored"),
        say(
            "上面一行是入库的值，下面一行是文件里的原文（全部相同则不重复）；个人信息在入库之前已经隐去",
            "Above the values that are stored, below what the file says where that differs; personal data is hidden "
            "before anything is stored",
        ),
    )
    draw(_table(get_source(source), look.first, look.facts))


def _table(source: Source, rows: Sequence[TriedRow], facts: FileFacts) -> Markup:
    columns = [column for column in source.columns if column.name in facts.columns]
    heads = [
        piece(
            '<th class="{kind}">{label}<code>{name}</code></th>',
            kind=_kind(column),
            label=name_of(column.label),
            name=column.name,
        )
        for column in columns
    ]
    lines = [line for one in rows for line in _both_sides(columns, one)]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-first">'
        "<tr><th>{row}</th>{heads}</tr>{lines}</table></div>",
        row=say("行", "Row"),
        heads=joined(heads),
        lines=joined(lines),
    )


def _both_sides(columns: Sequence[Column], one: TriedRow) -> Iterator[Markup]:
    """The row as it would be stored, and below it what the file says; once where both are alike."""
    came = {column: one.came.get(column.name, "").strip() for column in columns}
    stored = {column: _value(column, one.stored.get(column.name)) for column in columns}
    if one.stored:
        cells = [_cell(_kind(column) if text != "—" else "none", text) for column, text in stored.items()]
        yield piece("<tr><td>{row}</td>{cells}</tr>", row=_outcome(one), cells=joined(cells))
        if all(not text or text == stored[column] for column, text in came.items()):
            return
    cells = [_cell(_kind(column), text or "—") for column, text in came.items()]
    head = say("文件", "file") if one.stored else _outcome(one)
    yield piece('<tr class="came"><td>{head}</td>{cells}</tr>', head=head, cells=joined(cells))


def _cell(kind: str, text: str) -> Markup:
    return piece('<td class="{kind}" title="{text}">{text}</td>', kind=kind, text=text)


def _outcome(one: TriedRow) -> str:
    """The number of a row, and why it would not be stored."""
    said = {NOT_ANSWERED: OUTCOMES[NOT_ANSWERED]} | REASONS
    why = [name_of(said[reason]) for reason in one.reasons]
    return f"{one.row}" + (" · " + say("、", ", ").join(why) if why else "")


def _kind(column: Column) -> str:
    return "number" if column.kind in {"score", "number"} else ""


def _value(column: Column, value: Any) -> str:
    if value is None:
        return "—"
    if column.kind == "flag":
        return yes_or_no(float(value))
    if column.kind == "band":
        return band_name(float(value))
    if column.kind == "time":
        return moment(int(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def found_wrong(look: FilePreview) -> None:
    """The first rows that would go to quarantine, with the reasons of each; of a refused file those that are known."""
    if look.refused is not None and not look.bad:
        return
    if look.looked_through is not None:
        shell.note(
            say(
                f"文件很大：会不会因为不可信的行太多而整份拒绝，只看了前 {look.looked_through:,} 行，载入到最后才知道；"
                "那时一行也不会载入。",
                f"A large file: whether too many of its rows cannot be trusted was looked at in the first "
                f"{look.looked_through:,} only, and is known at the end of the load; refused, not one row is loaded.",
            )
        )
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
