"""The command line: reads options, calls ingest and query, and prints. Computes nothing.

Owns the start of the program and the handling of errors. Imports little: `servq score` in a pipe waits for no command
but itself. Guide: docs/cli.md.
"""

from __future__ import annotations

import signal
import sys
import warnings
from typing import NoReturn

from servq.cli.terminal.output import OutputEnded, lost, note, settle_streams
from servq.errors import ServqError

INTERRUPTED, TERMINATED = 130, 143


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
        code = _ask(arguments)
    except ServqError as error:
        note(_masked(error.message))
        return error.exit_code
    except Exception:  # noqa: BLE001 - the last place: the trace goes to the log, a sentence to the user
        return _say_unexpected()
    if why := lost():
        note(why)
    return _interrupted() if code == INTERRUPTED else int(code or bool(why))


def _ask(arguments: list[str]) -> int:
    """Run the command; `score` in its usual forms without the rest of the command line, whose import takes longer."""
    from servq.cli.scoring import read_choices, score_lines

    try:
        if choices := read_choices(arguments):
            score_lines(*choices)
            return 0
        from servq.cli.program import ask

        return ask(arguments)
    except OutputEnded as ended:
        return ended.code


def _interrupted() -> int:
    note("已中断，没有留下做了一半的事\ninterrupted; nothing is half done")
    return INTERRUPTED


def _terminate(_number: int, _frame: object) -> NoReturn:
    # an exception, so that the open transaction is rolled back on the way out
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(TERMINATED)


def _masked(text: str) -> str:
    """A message without the personal data that a value, a path or a statement in it may hold."""
    from servq.text.masking.masking import mask  # not before something went wrong: it starts slowly

    return mask(text)


def _say_unexpected() -> int:
    """Keep the trace for the developers; the user gets one sentence."""
    import time
    import traceback
    from contextlib import suppress

    from servq.cli.program import command_names
    from servq.settings import read_settings

    log = read_settings().home / "servq.log"
    known = command_names()
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
