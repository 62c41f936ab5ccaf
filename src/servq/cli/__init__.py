"""The command line: reads options, calls ingest and query, and prints. Computes nothing.

Owns the list of commands and the handling of errors. Guide: docs/cli.md.
"""

from __future__ import annotations

import signal
import sys
import time
import traceback
import warnings
from contextlib import suppress
from typing import Annotated, NoReturn

import typer
import typer.main
from typer.exceptions import TyperException

from servq.cli import (
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
    serve,
    sync,
    words,
)
from servq.cli.terminal.groups import tell_commands
from servq.cli.terminal.options import DatabaseOption
from servq.cli.terminal.output import lost, note, settle_streams, write
from servq.errors import ServqError
from servq.settings import read_settings

INTERRUPTED, TERMINATED = 130, 143

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
app.command()(sync.sync)
app.add_typer(quarantine.app)
app.add_typer(promises.app)
app.add_typer(causes.app)
app.command()(maintenance.sources)
app.add_typer(loads.app)
for _keeping in (maintenance.doctor, maintenance.backup, maintenance.restore):
    app.command()(_keeping)
app.command()(words.score)
for _learning in (learning.train, learning.rescore):
    app.command()(_learning)
for _of_persons in (privacy.mask, privacy.forget, privacy.prune):
    app.command()(_of_persons)
app.command()(serve.serve)


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


def main() -> NoReturn:
    """The program `servq`: run what the arguments say and end with its exit code."""
    try:
        settle_streams()
        if not sys.warnoptions:
            warnings.simplefilter("ignore")  # what libraries tell their developers
        signal.signal(signal.SIGTERM, _terminate)
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before typer listens for it, or when it does no longer
        code = _interrupted()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command.

    Args:
        arguments: as typed, without the program's name.

    Returns:
        Its exit code. Whatever went wrong has been said on stderr, in Chinese and English.
    """
    try:
        code = typer.main.get_command(app).main(arguments, prog_name="servq", standalone_mode=False)
    except ServqError as error:
        note(_masked(error.message))
        return error.exit_code
    except TyperException as error:
        return _say_usage(error)
    except Exception:  # noqa: BLE001 - the last place: the trace goes to the log, a sentence to the user
        return _say_unexpected()
    if why := lost():
        note(why)
    return _interrupted() if code == INTERRUPTED else int(code or bool(why))


def _interrupted() -> int:
    note("已中断，没有留下做了一半的事\ninterrupted; nothing is half done")
    return INTERRUPTED


def _terminate(_number: int, _frame: object) -> NoReturn:
    # an exception, so that the open transaction is rolled back on the way out
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(TERMINATED)


def _say_usage(error: TyperException) -> int:
    """The message for wrong arguments, in both languages; typer itself speaks English only."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "servq"
    said = " ".join(error.format_message().split()).rstrip(".")
    note(f"命令写法不对：{said}。用法见 {path} --help\nusage: {said}. See {path} --help")
    return 2


def _masked(text: str) -> str:
    """A message without the personal data that a value, a path or a statement in it may hold."""
    from servq.text.masking.masking import mask  # not before something went wrong: it starts slowly

    return mask(text)


def _say_unexpected() -> int:
    """Keep the trace for the developers; the user gets one sentence."""
    log = read_settings().home / "servq.log"
    known = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    said = " ".join(word for word in sys.argv[1:] if word in known)  # not the rest: an address may hold a password
    trace = f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {said}\n{_masked(traceback.format_exc())}\n"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.touch(mode=0o600)  # a new log is its owner's alone
        with log.open("a", encoding="utf-8", errors="replace") as out:
            out.write(trace)
    except OSError:
        with suppress(OSError):
            if not log.stat().st_size:
                log.unlink()
        note(f"servq 出现内部错误，且日志无法写入 {log}\nan internal error of servq; its log {log} cannot be written")
        return 1
    note(f"servq 出现内部错误，详情见日志 {log}\nan internal error of servq; its details are in the log {log}")
    return 1
