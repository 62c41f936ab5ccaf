"""Commands for maintenance of the warehouse: sources, doctor, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from servq.cli.feeds import feed_lines, print_feeds
from servq.cli.terminal.options import DatabaseOption, FormOption, open_warehouse, settings_of
from servq.cli.terminal.output import Form, both, counting_rows, note, printable, write, write_lines
from servq.cli.terminal.rows import minute, records_of
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import WarehouseUnavailable

_SOURCES = (
    TableColumn("name", "来源"),
    TableColumn("label", "含义", folds=True),
    TableColumn("required", "必填列", folds=True),
    TableColumn("last_loaded_at", "最近载入", "last load"),
    TableColumn("waiting", "隔离", right=True),
)


def sources(ctx: typer.Context, form: FormOption = Form.TABLE, database: DatabaseOption = None) -> None:
    """数据来源及其列 / the sources, their columns, and how fresh they are."""
    from servq.loaders.sources.catalog import SOURCES

    feeds = feed_lines(ctx, database)
    fresh = _freshness(ctx, database)
    listed: list[dict[str, Any]] = [
        {
            "name": source.name,
            "zh": source.label.zh,
            "en": source.label.en,
            "key": list(source.key),
            "required": list(source.required),
            "optional": [name for name in source.names if name not in source.required],
            "at_least_one": list(source.at_least_one),
            "sample": source.sample,
        }
        | {"last_loaded_at": None, "loads": 0, "waiting": 0}
        | fresh.get(source.name, {})
        | {"feeds": [feed for feed in feeds if feed["source"] == source.name]}
        for source in SOURCES.values()
    ]
    if form is not Form.TABLE:
        write_lines(form, [name for name in listed[0] if name != "feeds"], listed)
        return
    rows = [
        [s["name"], f"{s['zh']} {s['en']}", ", ".join(s["required"]), minute(s["last_loaded_at"]), f"{s['waiting']:,}"]
        for s in listed
    ]
    write_table(_SOURCES, rows)
    if feeds:
        print_feeds(feeds)


def doctor(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """体检：完整性、行数、汇总 / integrity, schema, counts, cells recomputed."""
    from itertools import chain

    from servq.ingest.models.versions import examine_versions
    from servq.warehouse.upkeep.doctor import examine

    warehouse, code = open_warehouse(ctx, database), 0
    for check in chain(examine(warehouse), examine_versions(warehouse)):
        found = check.found.zh if check.found.zh == check.found.en else f"{check.found.zh} / {check.found.en}"
        write(f"{'✓' if check.ok else '✗'} {both(check.label)}: {printable(found)}\n")
        if not check.ok:
            code = max(code, WarehouseUnavailable.exit_code if check.damaged else 1)
    if code:
        note("发现问题，未作任何改动\nsomething is wrong; nothing was changed")
    raise typer.Exit(code)


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="新文件，不会覆盖 / a new file, never overwritten")],
    database: DatabaseOption = None,
) -> None:
    """备份到一个文件，载入进行中也可以 / the warehouse in one file, also during a load."""
    from servq.warehouse.upkeep.backup import take_backup

    with counting_rows(file.name) as progress:
        taken = take_backup(open_warehouse(ctx, database), file, progress)
    write(
        f"✓ {printable(str(file))}  {taken.rows:,} 行 rows，至第 {taken.load_id} 次载入 / up to load {taken.load_id}\n"
    )
    key = settings_of(ctx, database).home / "customer.key"
    note(
        f"客户编号的密钥不在备份里，请另行妥善保存：{printable(str(key))}\n"
        f"the key of the customers' ids is not in the backup: keep {printable(str(key))} too, and apart from it"
    )


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="servq backup 写出的文件 / as servq backup wrote it")],
    replace: Annotated[
        bool, typer.Option("--replace", help="代替仓库现有内容 / put it in the place of what is there")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """从备份恢复，全部或全不 / bring a backup back, all of it or nothing."""
    from servq.warehouse.upkeep.restore import restore as bring_back

    warehouse = open_warehouse(ctx, database)
    with counting_rows(file.name) as progress:
        done = bring_back(warehouse, file, replace=replace, progress=progress)
    place = printable(warehouse.place)
    write(f"✓ {done.rows:,} 行 rows，至第 {done.load_id} 次载入 / up to load {done.load_id}: {place}\n")
    if done.set_aside:
        aside = printable(done.set_aside)
        note(f"损坏的文件已移到一旁：{aside}\nthe damaged file was set aside: {aside}")
    if done.forgotten:
        note(
            f"备份之后被删除的 {done.forgotten} 位客户已再次删除\n"
            f"{done.forgotten} customers who were erased since the backup were erased again"
        )


def _freshness(ctx: typer.Context, database: str | None) -> dict[str, dict[str, Any]]:
    """The freshness of each source; the catalog can be read before there is a warehouse."""
    from servq.warehouse.books import load_log

    warehouse = open_warehouse(ctx, database)
    if warehouse.schema_version() is None:
        return {}
    with warehouse.read() as connection:
        lines = records_of(load_log.freshness(connection))
    return {line.pop("source"): line for line in lines}
