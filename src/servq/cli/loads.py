"""Commands on the load log: loads, loads undo."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servq.cli.terminal.options import DatabaseOption, FormOption, LimitOption, open_warehouse
from servq.cli.terminal.output import Form, note, printable, write, write_lines
from servq.cli.terminal.rows import minute, records_of
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError

if TYPE_CHECKING:
    from servq.ingest.undo import Undone

app = typer.Typer(name="loads", invoke_without_command=True)

_OUTCOMES = (
    TableColumn("rows_read", "行数", "rows", right=True),
    TableColumn("loaded", "新增", "new", right=True),
    TableColumn("updated", "更新", "upd.", right=True),
    TableColumn("duplicates", "重复", "dupl.", right=True),
    TableColumn("conflicts", "冲突", "confl.", right=True),
    TableColumn("quarantined", "隔离", "quar.", right=True),
    TableColumn("not_answered", "未作答", "no ans.", right=True),
    TableColumn("left_out", "排除", "left out", right=True),
)
_LOADS = (
    TableColumn("load_id", "载入", "load", right=True),
    TableColumn("finished_at", "时间", "time"),
    TableColumn("source", "来源"),
    TableColumn("file_name", "文件", "file", folds=True),
    *_OUTCOMES,
    TableColumn("loaded_by", "操作人", "by"),
    TableColumn("undone_at", "撤销", "undone", folds=True),
)


@app.callback(invoke_without_command=True)
def loads(
    ctx: typer.Context, limit: LimitOption = 20, form: FormOption = Form.TABLE, database: DatabaseOption = None
) -> None:
    """载入记录 / what was loaded when, newest first; `undo` takes a load out again."""
    from servq.warehouse.books import load_log

    if ctx.invoked_subcommand is not None:
        ctx.obj = database or ctx.obj
        return
    with open_warehouse(ctx, database).read() as connection:
        frame = load_log.loads(connection, limit or None)
    found = records_of(frame)
    if form is not Form.TABLE:
        write_lines(form, list(frame.columns), found)
        return
    rows = [[_told(column, line) for column in _LOADS] for line in found]
    write_table(_LOADS, rows, foot="" if found else "还没有载入过文件 / nothing was loaded yet")


@app.command("undo")
def undo(
    ctx: typer.Context,
    load_id: Annotated[int, typer.Argument(metavar="ID", help="载入的编号，见 servq loads / as servq loads shows it")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")] = False,
    database: DatabaseOption = None,
) -> None:
    """撤销一次载入，全部或全不 / take all of a load out again, or nothing."""
    from servq.ingest.undo import look, undo_load

    warehouse = open_warehouse(ctx, database)
    if not yes:
        _ask(look(warehouse, load_id))
    done = undo_load(warehouse, load_id)
    write(f"✓ 已撤销 undone: {_summary(done)}\n")
    if done.repeated:
        listed = ", ".join(map(str, done.repeated))
        note(
            f"这些载入的文件可能也有其中的行，需要时请再载入一次：{listed}\n"
            f"the files of these loads may have said some of the same rows; load them again if so: {listed}"
        )


def _ask(found: Undone) -> None:
    asked = f"将撤销 / to be undone: {_summary(found)}"
    if not sys.stdin.isatty():
        raise UsageError("请加 --yes 确认", "add --yes to confirm", where=asked)
    try:
        agreed = typer.confirm(f"{asked}\n确定 / go on", err=True)
    except typer.Abort:
        agreed = False
    if not agreed:
        note("没有作任何改动\nnothing was changed")
        raise typer.Exit(1)


def _summary(found: Undone) -> str:
    counts = [
        ("行", "rows", found.rows),
        ("未作答", "not answered", found.unanswered),
        ("隔离区", "in quarantine", found.quarantined),
        ("回到隔离区", "back in quarantine", found.waiting_again),
        ("文字评分", "scores of texts", found.texts),
    ]
    told = " · ".join(f"{zh} {en} {n:,}" for zh, en, n in counts if n or zh == "行")
    return f"#{found.load_id} {printable(found.file)} → {found.source}  {told}"


def _told(column: TableColumn, line: dict[str, Any]) -> str:
    value = line[column.name]
    if column.name == "undone_at":
        return "" if value is None else f"{minute(value)} {line['undone_by'] or ''}".rstrip()
    if column.name == "finished_at":
        return minute(value)
    return f"{value:,}" if column in _OUTCOMES else str("" if value is None else value)
