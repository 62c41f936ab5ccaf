"""The list of commands: the program as typer knows it.

Owns the commands, the options that stand before them, and the message for wrong arguments.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

import typer
import typer.main
from typer.core import TyperGroup
from typer.exceptions import TyperException

from servq.cli import (
    accounts,
    catalog,
    causes,
    changes,
    figures,
    learning,
    loading,
    loads,
    maintenance,
    privacy,
    promises,
    quarantine,
    report,
    serve,
    sync,
    words,
)
from servq.cli.terminal.groups import tell_commands
from servq.cli.terminal.options import DatabaseOption
from servq.cli.terminal.output import note, write

app = typer.Typer(
    name="servq",
    help="服务质量与净推荐值 / service quality and NPS: load files, ask for figures, open the dashboard.",
    epilog="退出码 / exit codes: 0 done · 1 doctor found something · 2 usage · 3 file refused · "
    "4 warehouse unavailable · 130/143 interrupted",
    add_completion=False,
    rich_markup_mode=None,  # plain help starts in half the time
    pretty_exceptions_enable=False,
)

for _command in (loading.init, loading.demo, loading.load):
    app.command()(_command)
for _asking in (figures.measure, changes.changes, figures.verbatims, catalog.metrics):
    app.command()(_asking)
app.add_typer(report.app)
app.command()(sync.sync)
app.add_typer(quarantine.app)
app.add_typer(promises.app)
app.add_typer(causes.app)
app.command()(maintenance.sources)
app.add_typer(loads.app)
for _keeping in (maintenance.doctor, maintenance.backup, maintenance.restore):
    app.command()(_keeping)
app.command()(words.score)
app.command()(words.keywords)
for _learning in (learning.train, learning.rescore):
    app.command()(_learning)
for _of_persons in (privacy.mask, privacy.forget, privacy.prune):
    app.command()(_of_persons)
app.command()(serve.serve)
app.add_typer(accounts.app)
app.command()(accounts.audit)


@app.callback(invoke_without_command=True)
def _start(
    ctx: typer.Context,
    database: DatabaseOption = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本 / show the version")] = False,
) -> None:
    ctx.obj = database
    if version:
        from importlib.metadata import version as installed

        write(f"servq {installed('servq')}\n")
        raise typer.Exit
    tell_commands(ctx)


def ask(arguments: list[str]) -> int:
    """Run the command that the arguments name.

    Returns:
        Its exit code; 2 for arguments that name none, which has been said on stderr.
    """
    try:
        code = _program().main(arguments, prog_name="servq", standalone_mode=False)
    except TyperException as error:
        return _say_usage(error)
    return int(code or 0)


@cache
def _program() -> TyperGroup:
    """All commands; put together once for a process that runs several."""
    return typer.main.get_group(app)


def command_names() -> set[str]:
    """The commands without those that stand in groups."""
    return {str(command.name or getattr(command.callback, "__name__", "")) for command in app.registered_commands}


def _say_usage(error: TyperException) -> int:
    """The message for wrong arguments, in both languages; typer itself speaks English only."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "servq"
    said = " ".join(error.format_message().split()).rstrip(".")
    note(f"命令写法不对：{said}。用法见 {path} --help\nusage: {said}. See {path} --help")
    return 2
