"""Commands on the promise register: promises list, history, export, import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servq.cli.terminal.groups import group
from servq.cli.terminal.options import DatabaseOption, FormOption, open_snapshot, open_warehouse, settings_of
from servq.cli.terminal.output import Form, both, note, printable, write, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError, unknown
from servq.settings import BUSINESS_ZONE
from servq.standards.promise_text import KINDS, changes_told

if TYPE_CHECKING:
    from servq.standards import Promise
    from servq.standards.promise import PromiseVersion

app = group("promises", "承诺台账 / the promise register")

_LISTED = (
    TableColumn("name", "承诺", folds=True),
    TableColumn("text", "原文", folds=True),
    TableColumn("channels", "渠道", folds=True),
    TableColumn("tested_by", "检验"),
    TableColumn("subject", "对象", folds=True),
    TableColumn("threshold", "界限", right=True),
    TableColumn("valid_from", "自"),
    TableColumn("withdrawn", "撤下"),
    TableColumn("home", "存于"),
)
_HISTORY = (
    TableColumn("name", "承诺", folds=True),
    TableColumn("number", "第几次", right=True),
    TableColumn("changed_at", "时间"),
    TableColumn("changed_by", "操作人", "by"),
    TableColumn("kind", "动作"),
    TableColumn("valid_from", "自"),
    TableColumn("changes", "改了什么", folds=True),
    TableColumn("reason", "原因", folds=True),
)


@app.command("list")
def listed(ctx: typer.Context, form: FormOption = Form.TABLE, database: DatabaseOption = None) -> None:
    """全部承诺及其各版本 / every promise in its versions."""
    from servq.query.promises.promise_editing import histories

    snapshot = open_snapshot(ctx, database)
    changed = histories(snapshot)
    lines = [_line(one) | {"home": _home(one, changed)} for one in snapshot.standards.register]
    if form is Form.TABLE:
        rows = [[_cell(line[column.name]) for column in _LISTED] for line in lines]
        write_table(_LISTED, rows, foot="" if lines else "没有登记承诺 / no promise is registered")
    else:
        write_lines(form, list(_line_names()), lines)


@app.command("history")
def history(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="只看这条 / of this one only")] = None,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """谁在何时为什么改了什么 / who changed what, when and why; newest first."""
    from servq.query.promises.promise_editing import histories
    from servq.standards.promise import names_of

    snapshot = open_snapshot(ctx, database)
    known = names_of(snapshot.standards.register)
    if name is not None and name not in known:
        raise unknown("承诺", "promise", name, known)
    found = {one: changes for one, changes in histories(snapshot).items() if name in (None, one)}
    lines = [line for changes in found.values() for line in _changes(changes)]
    lines.sort(key=lambda line: str(line["changed_at"]), reverse=True)
    if form is Form.TABLE:
        rows = [[_cell(line[column.name]) for column in _HISTORY] for line in lines]
        write_table(_HISTORY, rows, foot="" if lines else "还没有改动 / nothing was changed yet")
    else:
        write_lines(form, [column.name for column in _HISTORY], lines)


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="新的 TOML 文件 / a new TOML file")],
    database: DatabaseOption = None,
) -> None:
    """把台账写成 promises.toml 的样子 / the register as a TOML file."""
    from servq.standards.promise_register import register_text

    register = open_snapshot(ctx, database).standards.register
    try:
        with file.open("x", encoding="utf-8"):  # ours from here on
            pass
    except FileExistsError:
        raise UsageError("文件已存在，不会覆盖", "the file exists and is not overwritten", where=str(file)) from None
    except OSError as error:
        raise UsageError("文件无法写入", "the file cannot be written", where=f"{file}: {error}") from error
    try:
        file.write_text(register_text(register), encoding="utf-8")
    except OSError as error:
        file.unlink(missing_ok=True)
        raise UsageError("文件无法写入", "the file cannot be written", where=f"{file}: {error}") from error
    write(f"已写出 {len(register)} 个版本 / {len(register)} versions written: {printable(file)}\n")


@app.command("import")
def bring(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="如 promises.toml / a TOML file like promises.toml")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="为什么改 / why, for the history")],
    database: DatabaseOption = None,
) -> None:
    """载入改过的台账，全部或全不 / take a changed register in, all of it or nothing."""
    from servq.ingest.edits.promises import save_register
    from servq.query.promises.promise_editing import known_names
    from servq.standards.promise_register import read_register

    if not file.is_file():
        raise UsageError("没有这个文件", "there is no such file", where=str(file))
    written = read_register(settings_of(ctx, database).data / "promises.toml")
    known = known_names(open_snapshot(ctx, database))
    kept = save_register(open_warehouse(ctx, database), written, read_register(file), reason, known)
    for one in kept:
        write(f"✓ {printable(one.name)} {one.valid_from}: {printable(one.text)}\n")
    if not kept:
        note("台账已是如此，没有改动\nthe register says so already; nothing was changed")


def _line_names() -> tuple[str, ...]:
    return (
        "name", "text", "text_en", "channels", "published_where", "published_on", "tested_by", "subject", "threshold",
        "better", "valid_from", "withdrawn", "home",
    )  # fmt: skip


def _line(one: Promise) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in _line_names() if hasattr(one, name)}
    days = {name: told[name].isoformat() for name in ("published_on", "valid_from")}
    return told | days | {"channels": list(one.channels)}


def _home(one: Promise, changed: dict[str, tuple[PromiseVersion, ...]]) -> str:
    return "warehouse" if one.name in changed else "file"


def _changes(changes: tuple[PromiseVersion, ...]) -> list[dict[str, Any]]:
    """The lines of one promise's history, the newest first."""
    lines, before = [], None
    for change in changes:
        lines.append(
            {
                "name": change.promise.name,
                "number": change.number,
                "changed_at": datetime.fromtimestamp(change.at, BUSINESS_ZONE).isoformat(sep=" ", timespec="minutes")[
                    :16
                ],
                "changed_by": change.who,
                "kind": both(KINDS[change.kind]),
                "valid_from": change.promise.valid_from.isoformat(),
                "changes": "；".join(changes_told(before, change.promise, chinese=True)),
                "reason": change.reason,
            }
        )
        before = change.promise
    return lines[::-1]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else ""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
