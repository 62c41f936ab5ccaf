"""Commands that look after the warehouse: sources, loads, quarantine, doctor."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servq.cli.options import DatabaseOption, Form, FormOption, open_warehouse
from servq.cli.output import Column, both, note, printable, write, write_csv, write_json, write_table
from servq.errors import UsageError, WarehouseUnavailable
from servq.records import REASONS, Label
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    import pandas as pd

quarantine = typer.Typer(
    name="quarantine", help="隔离区：未被采信的行 / rows that were not trusted", no_args_is_help=False
)

LimitOption = Annotated[int, typer.Option("--limit", min=0, help="最多显示几条，0 为全部 / at most; 0 is all")]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="SOURCE", help="只看此来源 / of this source only")
]

_OUTCOMES = ("rows_read", "loaded", "updated", "duplicates", "conflicts", "quarantined")
_LOADS = (
    Column("load_id", "载入", right=True),
    Column("finished_at", "时间"),
    Column("source", "来源"),
    Column("file_name", "文件"),
    Column("status", "状态"),
    Column("encoding", "编码"),
    Column("rows_read", "行数", right=True),
    Column("loaded", "新增", right=True),
    Column("updated", "更新", right=True),
    Column("duplicates", "重复", right=True),
    Column("conflicts", "冲突", right=True),
    Column("quarantined", "隔离", right=True),
    Column("loaded_by", "操作人"),
)
_WAITING = (
    Column("load_id", "载入", right=True),
    Column("source", "来源"),
    Column("file_name", "文件"),
    Column("row", "行", right=True),
    Column("column", "列"),
    Column("value", "值"),
    Column("reason", "原因"),
)


def sources(ctx: typer.Context, form: FormOption = Form.TABLE, database: DatabaseOption = None) -> None:
    """数据来源及其列 / the sources, their columns, and how fresh they are."""
    from servq.loaders.catalog import SOURCES

    fresh = _freshness(ctx, database)
    listed: list[dict[str, Any]] = [
        {
            "name": source.name,
            "zh": source.label.zh,
            "en": source.label.en,
            "required": list(source.required),
            "optional": [name for name in source.names if name not in source.required],
            "at_least_one": list(source.at_least_one),
            "sample": source.sample,
            "last_loaded_at": _moment(fresh.get(source.name, {}).get("last_loaded_at")),
            "loads": fresh.get(source.name, {}).get("loads", 0),
            "waiting": fresh.get(source.name, {}).get("waiting", 0),
        }
        for source in SOURCES.values()
    ]
    if form is Form.TABLE:
        titles = {
            "name": "来源",
            "label": "含义",
            "required": "必填列",
            "last_loaded_at": "最近载入",
            "waiting": "隔离",
        }
        rows = [
            [
                s["name"],
                f"{s['zh']} {s['en']}",
                ", ".join(s["required"]),
                _minute(s["last_loaded_at"]),
                str(s["waiting"]),
            ]
            for s in listed
        ]
        write_table([Column(name, zh, right=name == "waiting") for name, zh in titles.items()], rows)
    else:
        _print(form, listed)


def loads(
    ctx: typer.Context, limit: LimitOption = 20, form: FormOption = Form.TABLE, database: DatabaseOption = None
) -> None:
    """载入记录 / what was loaded when, newest first."""
    from servq.warehouse import log

    with open_warehouse(ctx, database).read() as connection:
        found = _records(log.loads(connection, limit or None))
    for line in found:
        line["started_at"], line["finished_at"] = _moment(line["started_at"]), _moment(line["finished_at"])
    if form is Form.TABLE:
        rows = [[_told(column, line[column.name]) for column in _LOADS] for line in found]
        write_table(_LOADS, rows, foot="" if found else "还没有载入过文件 / nothing was loaded yet")
    else:
        _print(form, found)


@quarantine.callback(invoke_without_command=True)
def _start(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        write(ctx.get_help() + "\n")
        raise typer.Exit(2)


@quarantine.command("list")
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
        rows = [[_told(column, line[column.name]) for column in _WAITING] for line in shown]
        write_table(_WAITING, rows, foot=f"共 {len(found):,} 行，显示 {len(shown):,} / {len(found):,} rows wait")
    else:
        _print(form, shown)


@quarantine.command("export")
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
        raise UsageError("只能导出 .csv 或 .xlsx", "only .csv and .xlsx can be written", where=printable(file))
    found = _quarantined(ctx, database, source)
    headers = list(dict.fromkeys(header for line in found for header in line["raw"]))
    table = [
        [line[c.name] for c in _WAITING[:-1]]
        + [both(REASONS.get(line["reason"], Label(line["reason"], ""))), *(line["raw"].get(name) for name in headers)]
        for line in found
    ]
    _write_whole(file, writers[file.suffix.lower()]([*(f"{c.zh} {c.name}" for c in _WAITING), *headers], table))
    write(f"已写出 {len(found):,} 行 / {len(found):,} rows written: {printable(file)}\n")


def doctor(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """体检：完整性、行数、汇总 / integrity, schema, counts, cells recomputed."""
    from servq.warehouse.checks import examine

    warehouse, code = open_warehouse(ctx, database), 0
    for check in examine(warehouse):
        mark = "✓" if check.ok else "✗"
        write(f"{mark} {both(check.label)}: {printable(check.found.zh)} / {printable(check.found.en)}\n")
        code = max(code, 0 if check.ok else WarehouseUnavailable.exit_code if check.damaged else 1)
    if code:
        note("发现问题，未作任何改动\nsomething is wrong; nothing was changed")
    raise typer.Exit(code)


def _freshness(ctx: typer.Context, database: str | None) -> dict[str, dict[str, Any]]:
    """How fresh each source is; the catalog can be read before there is a warehouse."""
    from servq.warehouse import log

    warehouse = open_warehouse(ctx, database)
    if warehouse.schema_version() is None:
        return {}
    with warehouse.read() as connection:
        return {line["source"]: line for line in _records(log.freshness(connection))}


def _quarantined(ctx: typer.Context, database: str | None, source: str | None) -> list[dict[str, Any]]:
    from servq.loaders.catalog import get_source
    from servq.warehouse import log

    if source is not None:
        get_source(source)
    with open_warehouse(ctx, database).read() as connection:
        return _records(log.quarantined(connection, source))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _print(form: Form, lines: Sequence[dict[str, Any]]) -> None:
    """Lines for programs: a JSON list, or CSV in which lists are joined by spaces."""
    if form is Form.JSON:
        write_json(lines)
        return
    rows: Iterable[list[Any]] = (
        [" ".join(map(str, value)) if isinstance(value, list | dict) else value for value in line.values()]
        for line in lines
    )
    write_csv(list(lines[0]) if lines else [], rows)


def _told(column: Column, value: Any) -> str:
    if column.name == "reason" and value in REASONS:
        return both(REASONS[value])
    if column.name == "finished_at":
        return _minute(value)
    return f"{value:,}" if column.name in _OUTCOMES else str("" if value is None else value)


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(int(seconds), tz=BUSINESS_ZONE).isoformat()


def _minute(moment: str | None) -> str:
    return "—" if moment is None else moment[:16].replace("T", " ")


def _write_whole(file: Path, content: bytes) -> None:
    """Write beside and swap in, so that an interruption leaves no half file."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(
            f"无法写入：{error.strerror}", f"it cannot be written: {error.strerror}", where=printable(file)
        ) from error
