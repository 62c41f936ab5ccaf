"""Commands for privacy: mask text from a pipe, forget one person, prune rows past the retention period."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.options import DatabaseOption, open_warehouse, settings_of
from servq.cli.terminal.output import note, printable, write, write_while_read
from servq.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servq.warehouse.store.engine import Warehouse

_AT_ONCE = 1 << 16

_NAMES = {
    "surveys": "答卷 survey answers",
    "complaints": "投诉 complaints",
    "visits": "检查项 checklist items",
    "quarantine": "隔离区 rows in quarantine",
    "texts": "文字评分 scores of texts",
}


def mask() -> None:
    """隐去个人信息：标准输入逐行到标准输出 / hide personal data, line by line."""
    from servq.text.masking.masking import mask

    show = printable if sys.stdout.isatty() else str
    for lines in _lines():
        write_while_read("".join(show(mask(text)) + ending for text, ending in lines))


def forget(
    ctx: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="贵公司使用的客户编号 / the id as you know it")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")] = False,
    database: DatabaseOption = None,
) -> None:
    """按要求删除一个人 / take one person out of everything that is kept."""
    from servq.ingest.load import who_runs
    from servq.text.masking.masking import pseudonym, read_key
    from servq.warehouse.upkeep import erase

    name = pseudonym(customer, read_key(settings_of(ctx, database).home))
    if not name:
        raise UsageError("客户编号为空", "the customer id is empty", where="CUSTOMER")
    warehouse = open_warehouse(ctx, database)
    with warehouse.read() as connection:
        found = erase.rows_of(connection, name)
    if not yes:
        _ask(f"将永久删除 / to be removed for good: {_told(found)}")
    with warehouse.write() as connection:
        gone = erase.forget(connection, name, who_runs())
    if not sum(gone.values()):
        note("没有此人的数据；以后也不会再载入\nnothing of this person was there; nothing will be let in")
    _report("已删除", "removed", gone)
    _scrub(warehouse)
    note(
        "servq 够不到的地方请自行处理：来源文件、已下载的导出、备份\n"
        "out of servq's reach, for you to see to: source files, downloaded exports, backups"
    )


def prune(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只说会删多少 / only say how much")] = False,
    database: DatabaseOption = None,
) -> None:
    """删除超过保存期限的数据 / remove what is older than servq.toml allows."""
    from dataclasses import asdict

    from servq.configuration import read_configuration
    from servq.ingest.load import who_runs
    from servq.warehouse.upkeep import erase

    configuration = read_configuration(settings_of(ctx, database).home)
    days, now = asdict(configuration.retention), int(time.time())
    warehouse = open_warehouse(ctx, database)
    if not any(days.values()):
        note(
            f"没有设定保存期限（{configuration.path} 的 [retention]），一切照旧保留\n"
            f"no retention is set ([retention] in {configuration.path}); everything is kept"
        )
    if dry_run:
        with warehouse.read() as connection:
            _report("将删除", "would be removed", erase.rows_older(connection, days, now))
        return
    with warehouse.write() as connection:
        gone = erase.prune(connection, days, now, who_runs())
    _report("已删除", "removed", gone)
    _scrub(warehouse)


def _lines() -> Iterator[list[tuple[str, str]]]:
    """The lines of stdin with their endings, as many at once as have come.

    Raises:
        UsageError: a line that is no UTF-8; those before it have been answered.
    """
    held, count = b"", 0
    while piece := os.read(sys.stdin.fileno(), _AT_ONCE):
        whole, end, rest = piece.rpartition(b"\n")
        if not end:
            held += piece
            continue
        lines = (held + whole).split(b"\n")
        held = rest
        for start in range(0, len(lines), 1000):
            yield from _decoded(lines[start : start + 1000], count + start, "\n")
        count += len(lines)
    if held:
        yield from _decoded([held], count, "")


def _decoded(lines: list[bytes], before: int, ending: str) -> Iterator[list[tuple[str, str]]]:
    good: list[tuple[str, str]] = []
    for number, line in enumerate(lines, start=before + 1):
        bare = line.removesuffix(b"\r")
        try:
            good.append((bare.decode("utf-8"), ("\r" if bare != line else "") + ending))
        except UnicodeDecodeError as error:
            yield good
            raise UsageError(
                f"第 {number} 行不是 UTF-8（第 {error.start + 1} 字节）",
                f"line {number} is not UTF-8 (byte {error.start + 1})",
                where="stdin",
                hint_zh="请先转换编码，例如 iconv -f GB18030 -t UTF-8",
                hint_en="Convert it first, for example: iconv -f GB18030 -t UTF-8",
            ) from None
    yield good


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError("请加 --yes 确认", "add --yes to confirm", where=question)
    try:
        agreed = typer.confirm(f"{question}\n确定 / go on", err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        note("没有删除任何内容\nnothing was removed")
        raise typer.Exit(1)


def _report(zh: str, en: str, counts: Mapping[str, int]) -> None:
    write(f"{zh} / {en}: {_told(counts)}\n")


def _told(counts: Mapping[str, int]) -> str:
    from servq.loaders.sources.catalog import SOURCES

    names = {name: f"{source.label.zh} {source.label.en}" for name, source in SOURCES.items()} | _NAMES
    return " · ".join(f"{names[name]} {rows:,}" for name, rows in counts.items())


def _scrub(warehouse: Warehouse) -> None:
    from servq.warehouse.upkeep.vacuum import scrub

    if not scrub(warehouse):
        note(
            "有人正在使用数据仓库，或磁盘空间不足，旧内容还没有从磁盘抹净；稍后请运行 servq prune\n"
            "somebody is using the warehouse, or the disk is full: the old words still lie on it; run servq prune later"
        )
