"""Commands on accounts and the audit trail: accounts add, list, passwd, role, disable, enable; audit."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.groups import group
from servq.cli.terminal.options import DatabaseOption, FormOption, LimitOption, open_warehouse
from servq.cli.terminal.output import Form, both, printable, write, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from servq.records.account import Account

app = group("accounts", "账号 / accounts of those who sign in")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="登录名 / the name to sign in with")]
RoleOption = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="角色 / admin, quality, lead, executive, reader")
]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file", metavar="FILE", help="从文件读密码，- 为标准输入 / read the password from it; - is stdin"
    ),
]

_LISTED = (
    TableColumn("subject", "登录名", "name"),
    TableColumn("name", "姓名", "called", folds=True),
    TableColumn("role", "角色"),
    TableColumn("issuer", "方式", "way"),
    TableColumn("state", "状态"),
    TableColumn("created_at", "建于", "since"),
    TableColumn("created_by", "建立人", "by"),
)
_AUDIT = (
    TableColumn("at", "时间"),
    TableColumn("who", "谁"),
    TableColumn("way", "方式"),
    TableColumn("address", "地址"),
    TableColumn("action", "动作"),
    TableColumn("what", "对象", folds=True),
    TableColumn("rows", "行数", right=True),
)


@app.command("add")
def add(
    ctx: typer.Context,
    name: NameArgument,
    role: RoleOption,
    called: Annotated[str, typer.Option("--called", metavar="TEXT", help="菜单里显示的姓名 / as the menu says")] = "",
    proxy: Annotated[bool, typer.Option("--proxy", help="由反向代理登录，没有密码 / signed in by the proxy")] = False,
    password_file: PasswordOption = None,
    database: DatabaseOption = None,
) -> None:
    """新建账号；密码在终端输入，不回显 / a new account; its password is asked for without echo."""
    from servq.access import accounts
    from servq.access.roles import read_role
    from servq.ingest.load import who_runs

    wanted, warehouse = read_role(role), open_warehouse(ctx, database)
    warehouse.check()
    password = None if proxy else _password(password_file)
    issuer = accounts.PROXY if proxy else accounts.LOCAL
    _said("✓", accounts.add(warehouse, issuer, name, called, wanted, password, who_runs()))


@app.command("list")
def listed(ctx: typer.Context, form: FormOption = Form.TABLE, database: DatabaseOption = None) -> None:
    """全部账号 / every account."""
    from servq.access import accounts

    lines = [_line(one) for one in accounts.every(open_warehouse(ctx, database))]
    if form is Form.TABLE:
        rows = [[str(line[column.name]) for column in _LISTED] for line in lines]
        write_table(_LISTED, rows, foot="" if lines else "还没有账号 / no account yet")
    else:
        write_lines(form, [column.name for column in _LISTED], lines)


@app.command("passwd")
def passwd(
    ctx: typer.Context, name: NameArgument, password_file: PasswordOption = None, database: DatabaseOption = None
) -> None:
    """换密码，已登录的都要重新登录 / another password; whoever is signed in must sign in again."""
    from servq.access import accounts
    from servq.ingest.load import who_runs

    _said("✓", accounts.set_password(open_warehouse(ctx, database), name, _password(password_file), who_runs()))


@app.command("role")
def role(
    ctx: typer.Context,
    name: NameArgument,
    new: Annotated[str, typer.Argument(metavar="ROLE", help="admin, quality, lead, executive, reader")],
    database: DatabaseOption = None,
) -> None:
    """换角色，下一次点击起生效 / another role, from the next click on."""
    from servq.access import accounts
    from servq.access.roles import read_role
    from servq.ingest.load import who_runs

    _said("✓", accounts.set_role(open_warehouse(ctx, database), name, read_role(new), who_runs()))


@app.command("disable")
def disable(ctx: typer.Context, name: NameArgument, database: DatabaseOption = None) -> None:
    """停用账号，下一次点击起生效 / switch an account off, from the next click on."""
    from servq.access import accounts
    from servq.ingest.load import who_runs

    _said("✓", accounts.disable(open_warehouse(ctx, database), name, who_runs()))


@app.command("enable")
def enable(ctx: typer.Context, name: NameArgument, database: DatabaseOption = None) -> None:
    """重新启用账号 / switch an account on again."""
    from servq.access import accounts
    from servq.ingest.load import who_runs

    _said("✓", accounts.enable(open_warehouse(ctx, database), name, who_runs()))


def audit(
    ctx: typer.Context,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="只看此人 / of this person only")] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="ACTION", help="只看此动作 / refused, exported, role_changed …")
    ] = None,
    limit: LimitOption = 50,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """谁在何时做了什么，最新的在前 / who did what and when; newest first."""
    from servq.warehouse.books.audit import newest

    with open_warehouse(ctx, database).read() as connection:
        found = newest(connection, limit, who, action)
    lines = [{column.name: getattr(one, column.name) for column in _AUDIT} | {"at": _moment(one.at)} for one in found]
    if form is Form.TABLE:
        rows = [["" if line[column.name] is None else str(line[column.name]) for column in _AUDIT] for line in lines]
        write_table(_AUDIT, rows, foot="" if lines else "没有记录 / nothing is recorded")
    else:
        write_lines(form, [column.name for column in _AUDIT], lines)


def _line(one: Account) -> dict[str, object]:
    from servq.access.roles import NAMES, Role

    state = "启用 on" if one.disabled_at is None else f"停用 off {_moment(one.disabled_at)}"
    told = {column.name: getattr(one, column.name, "") for column in _LISTED}
    return told | {"role": both(NAMES[Role(one.role)]), "state": state, "created_at": _moment(one.created_at)}


def _said(mark: str, one: Account) -> None:
    line = _line(one)
    write(f"{mark} {printable(one.subject)} · {line['role']} · {line['state']}\n")


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, BUSINESS_ZONE).isoformat(sep=" ", timespec="seconds")[:19]


def _password(file: Path | None) -> str:
    """The password: from a file, from a pipe, or asked for twice without echo; never from an argument."""
    if file is not None and str(file) != "-":
        try:
            return file.read_text(encoding="utf-8-sig").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeError) as error:
            raise UsageError("密码文件无法读取", "the password file cannot be read", where=str(file)) from error
    if file is not None or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    import getpass

    first = getpass.getpass("密码 / password: ")
    if getpass.getpass("再输一次 / once more: ") != first:
        raise UsageError("两次输入不一样", "the two are not the same", hint_zh="请重来", hint_en="Try again")
    return first
