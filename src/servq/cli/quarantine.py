"""Commands on the quarantine: quarantine list, export, retry."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from servq.cli.terminal.groups import group
from servq.cli.terminal.options import (
    DatabaseOption,
    FormOption,
    LimitOption,
    SourceOption,
    open_warehouse,
    settings_of,
)
from servq.cli.terminal.output import Form, both, note, printable, write, write_lines
from servq.cli.terminal.reports import tell, write_report
from servq.cli.terminal.rows import records_of
from servq.cli.terminal.tables import TableColumn, write_table
from servq.cli.terminal.whole_file import write_whole
from servq.errors import UsageError
from servq.records import REASONS, Label

app = group("quarantine", "隔离区：未被采信的行 / rows that were not trusted")

_WAITING = (
    TableColumn("quarantine_id", "编号", "id", right=True),
    TableColumn("load_id", "载入", "load", right=True),
    TableColumn("source", "来源"),
    TableColumn("file_name", "文件", "file", folds=True),
    TableColumn("row", "行", right=True),
    TableColumn("column", "列", folds=True),
    TableColumn("value", "值", folds=True),
    TableColumn("reason", "原因", folds=True),
    TableColumn("state", "状态"),
)

STATES = {
    "waiting": Label("等待", "waiting"),
    "released": Label("已放行", "released"),
    "erased": Label("已删除", "erased"),
}


class ListedState(StrEnum):
    """The state of the quarantined rows that are listed."""

    WAITING = "waiting"
    RELEASED = "released"
    ERASED = "erased"
    ALL = "all"


CorrectedFile = Annotated[Path | None, typer.Argument(metavar="FILE", help="更正过的导出文件 / the export, corrected")]
IdsOption = Annotated[list[int] | None, typer.Option("--id", metavar="N", help="只重试这些编号 / these ids only")]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="列=值", help="更正 --id 的一格 / correct a cell of the --id, COLUMN=VALUE"),
]
NewerOption = Annotated[
    bool, typer.Option("--replace", help="与已有内容冲突时以这些行为准 / these rows win over what is known")
]
JsonOption = Annotated[bool, typer.Option("--json", help="每个文件一行 JSON / one JSON object per file")]


@app.command("list")
def waiting(
    ctx: typer.Context,
    source: SourceOption = None,
    state: Annotated[
        ListedState, typer.Option("--state", help="等待、已放行、已删除、全部 / which rows are listed")
    ] = ListedState.WAITING,
    limit: LimitOption = 20,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """隔离区里的行及原因 / what waits, and why."""
    found = _quarantined(ctx, database, source, None if state is ListedState.ALL else state.value)
    shown = found[: limit or None]
    if form is Form.TABLE:
        foot = f"共 {len(found):,} 行，显示 {len(shown):,} / {len(found):,} rows, {len(shown):,} shown"
        write_table(_WAITING, [[str(cell) for cell in _cells(line)] for line in shown], foot=foot)
    else:
        write_lines(form, [*(column.name for column in _WAITING), "raw", "corrected", "released_by"], shown)


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=".csv / .xlsx")],
    source: SourceOption = None,
    database: DatabaseOption = None,
) -> None:
    """导出隔离区，供更正后重试 / write it to a file, to be mended and tried again."""
    from servq.exports import csv_bytes, xlsx_bytes
    from servq.ingest.quarantine.corrected import HEADERS

    writers = {".csv": csv_bytes, ".xlsx": xlsx_bytes}
    if file.suffix.lower() not in writers:
        raise UsageError("只能导出 .csv 或 .xlsx", "only .csv and .xlsx can be written", where=str(file))
    found = _quarantined(ctx, database, source)
    said = [{**line["raw"], **(line["corrected"] or {})} for line in found]
    raw = list(dict.fromkeys(header for row in said for header in row))
    rows = [
        [*_cells(line)[: len(HEADERS)], *(row.get(header) for header in raw)]
        for line, row in zip(found, said, strict=True)
    ]
    write_whole(file, writers[file.suffix.lower()]([*HEADERS.values(), *raw], rows))
    write(f"已写出 {len(found):,} 行 / {len(found):,} rows written: {printable(file)}\n")


@app.command("retry")
def retry_rows(
    ctx: typer.Context,
    file: CorrectedFile = None,
    ids: IdsOption = None,
    cells: SetOption = None,
    newer: NewerOption = False,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """更正后重试 / try rows again, corrected or as they are."""
    from servq.exports import is_how, without_guard
    from servq.ingest.quarantine.corrected import read_corrections
    from servq.ingest.quarantine.retry import retry

    _check_choice(file, ids or [], cells or [])
    warehouse, settings = open_warehouse(ctx, database), settings_of(ctx, database)
    warehouse.check()
    corrections = dict.fromkeys(ids or [], _corrected(cells or []))
    if file is not None:
        corrections = read_corrections(warehouse, file, says=is_how, plain=without_guard)
    reports = retry(warehouse, settings.home, corrections, replace=newer)
    for report in reports:
        (write_report if as_json else tell)(report)
    if not reports:
        note("没有等待中的行可重试\nnothing that waits to be tried again")


def _check_choice(file: Path | None, ids: list[int], cells: list[str]) -> None:
    """Refuse a command that does not say which rows are meant, or says it twice."""
    if (file is None) == (not ids) or (cells and not ids):
        raise UsageError(
            "请给出更正过的文件，或用 --id 指明编号（可加 --set 列=值）",
            "give the corrected file, or --id N (with --set COLUMN=VALUE)",
            where="quarantine retry",
        )


def _corrected(cells: list[str]) -> dict[str, str]:
    """`列=值` as header -> text; the value may hold more signs of equality."""
    said = {}
    for cell in cells:
        header, sign, text = cell.partition("=")
        if not sign or not header.strip():
            raise UsageError(f"“{cell}”不是 列=值", f"'{cell}' is not COLUMN=VALUE", where="--set")
        said[header.strip()] = text
    return said


def _quarantined(
    ctx: typer.Context, database: str | None, source: str | None, state: str | None = "waiting"
) -> list[dict[str, Any]]:
    from servq.loaders.sources.catalog import get_source
    from servq.warehouse.books.quarantine import quarantined

    if source is not None:
        get_source(source)
    with open_warehouse(ctx, database).read() as connection:
        return records_of(quarantined(connection, source, state=state))


def _cells(line: dict[str, Any]) -> list[Any]:
    """A row of the quarantine as people read it: its reason and its state in words."""
    reason = REASONS.get(line["reason"], Label(line["reason"], ""))
    return [*(line[column.name] for column in _WAITING[:-2]), both(reason), both(STATES[line["state"]])]
