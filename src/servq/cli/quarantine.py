"""Commands on rows that were not trusted: quarantine list, quarantine export."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from servq.cli.options import DatabaseOption, FormOption, LimitOption, SourceOption, open_warehouse
from servq.cli.output import Form, both, printable, write, write_lines
from servq.cli.rows import records_of
from servq.cli.tables import Column, write_table
from servq.errors import UsageError
from servq.records import REASONS, Label

app = typer.Typer(name="quarantine", help="隔离区：未被采信的行 / rows that were not trusted")

_WAITING = (
    Column("load_id", "载入", "load", right=True),
    Column("source", "来源"),
    Column("file_name", "文件", "file", folds=True),
    Column("row", "行", right=True),
    Column("column", "列", folds=True),
    Column("value", "值", folds=True),
    Column("reason", "原因", folds=True),
)


@app.callback(invoke_without_command=True)
def _start(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        write(ctx.get_help() + "\n")
        raise typer.Exit(2)


@app.command("list")
def waiting(
    ctx: typer.Context,
    source: SourceOption = None,
    limit: LimitOption = 20,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """隔离区里的行及原因 / what waits, and why."""
    found = _quarantined(ctx, database, source)
    shown = found[: limit or None]
    if form is Form.TABLE:
        foot = f"共 {len(found):,} 行，显示 {len(shown):,} / {len(found):,} rows wait, {len(shown):,} shown"
        write_table(_WAITING, [[str(cell) for cell in _cells(line)] for line in shown], foot=foot)
    else:
        write_lines(form, [*(column.name for column in _WAITING), "raw"], shown)


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=".csv / .xlsx")],
    source: SourceOption = None,
    database: DatabaseOption = None,
) -> None:
    """导出隔离区，供更正 / write it to a file, to be mended."""
    from servq.exports import csv_bytes, xlsx_bytes

    writers = {".csv": csv_bytes, ".xlsx": xlsx_bytes}
    if file.suffix.lower() not in writers:
        raise UsageError("只能导出 .csv 或 .xlsx", "only .csv and .xlsx can be written", where=str(file))
    found = _quarantined(ctx, database, source)
    raw = list(dict.fromkeys(header for line in found for header in line["raw"]))
    headers = [*(f"{column.zh} {column.name}" for column in _WAITING), *raw]
    rows = [[*_cells(line), *(line["raw"].get(header) for header in raw)] for line in found]
    _write_whole(file, writers[file.suffix.lower()](headers, rows))
    write(f"已写出 {len(found):,} 行 / {len(found):,} rows written: {printable(file)}\n")


def _quarantined(ctx: typer.Context, database: str | None, source: str | None) -> list[dict[str, Any]]:
    from servq.loaders.catalog import get_source
    from servq.warehouse.waiting import quarantined

    if source is not None:
        get_source(source)
    with open_warehouse(ctx, database).read() as connection:
        return records_of(quarantined(connection, source))


def _cells(line: dict[str, Any]) -> list[Any]:
    """A waiting row as people read it: its reason in words."""
    reason = REASONS.get(line["reason"], Label(line["reason"], ""))
    return [*(line[column.name] for column in _WAITING[:-1]), both(reason)]


def _write_whole(file: Path, content: bytes) -> None:
    """Write beside and swap in, so that an interruption leaves no half file."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        raise UsageError(
            f"无法写入：{error.strerror}", f"it cannot be written: {error.strerror}", where=str(file)
        ) from error
    finally:
        beside.unlink(missing_ok=True)
