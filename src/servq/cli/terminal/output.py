"""Output of the command line: data on stdout, everything about it on stderr; CSV and JSON for programs.

Owns the two streams. Data from a file or the warehouse is printed as text: it moves no cursor, sets no colour and is
read as no markup.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from servq.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from servq.records import Label

_ONE_LINE = {0x0A: " ↵ ", 0x0D: "", 0x09: " "}


class Form(StrEnum):
    """The form of a command's output."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class OutputEnded(Exception):
    """The end of a filter whose output nobody takes any more.

    Attributes:
        code: its exit code: 0 where the reader has seen enough, 1 where there is no room.
    """

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


_lost: list[OSError] = []
"""The reason why output was lost: no room for it. A reader that has gone is no loss."""


def settle_streams() -> None:
    """UTF-8 into pipes and files, whatever the locale; a character that a terminal lacks becomes `?`.

    A stream that was closed before we began (`>&-`) takes everything and keeps nothing.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as we run
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as we run
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace", newline="")


def printable(text: object) -> str:
    """A text as a terminal may show it: on one line, control characters made visible.

    >>> printable("\\x1b[31mred\\nsecond")
    '␛[31mred ↵ second'
    """
    return visible(str(text).replace("\u2028", "\n").replace("\u2029", "\n")).translate(_ONE_LINE)


def note(message: str) -> None:
    """Print a note about the data to stderr."""
    lines = [printable(line) for line in message.split("\n")]
    try:
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
    except OSError:  # nobody listens, and there is nowhere else to say so
        _let_go(sys.stderr)


def write(text: str) -> None:
    """Print data or a result; a reader that stops early (`| head`) never breaks a command off.

    Output that finds no room is remembered: `lost` says so when the command has done what it was asked.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _lost.append(error)
        _let_go(sys.stdout)


def write_while_read(text: str) -> None:
    """Print data of a filter, whose input may have no end: a reader that has seen enough ends it without complaint."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
        raise OutputEnded(0) from None
    except OSError as error:
        _lost.append(error)
        _let_go(sys.stdout)
        raise OutputEnded(1) from None


def lost() -> str:
    """The reason why output was lost, in both languages; "" when nothing was."""
    if not _lost:
        return ""
    why = _lost.pop().strerror
    _lost.clear()
    return f"输出没有写完：{why}。命令本身已经完成\nthe output was not written: {why}. The command itself has finished"


def _let_go(stream: TextIO) -> None:
    """Let everything more go nowhere; the interpreter flushes once more on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def write_json(found: object) -> None:
    """Print one JSON object on one line."""
    write(json_line(found) + "\n")


def json_line(found: object) -> str:
    """One object as one line of JSON, Chinese as it is; reads back equal.

    >>> json_line({"渠道": "\\x9b2J"})
    '{"渠道": "\\\\u009b2J"}'
    """
    import json  # not at the start of `servq score`, which waits for every import

    # what would steer a terminal is written as an escape of JSON's, which reads back equal
    return visible(json.dumps(found, ensure_ascii=False, allow_nan=False), _json_escape)


def _json_escape(char: str) -> str:
    import json

    return json.dumps(char)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as UTF-8 CSV without a mark; cells that a spreadsheet would run are neutralised."""
    from servq.exports import csv_text

    text = csv_text(headers, rows)
    if sys.stdout.isatty():
        text = "".join(f"{printable(line)}\n" for line in text.split("\r\n")[:-1])
    write(text)


def write_lines(form: Form, headers: Sequence[str], lines: Sequence[Mapping[str, object]]) -> None:
    """Print things for programs: as a JSON list, or as CSV in which lists are joined by spaces."""
    if form is Form.JSON:
        write_json(lines)
    else:
        write_csv(headers, ([_one_cell(line[name]) for name in headers] for line in lines))


def _one_cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(map(str, value))
    if not isinstance(value, dict):
        return value
    import json

    return json.dumps(value, ensure_ascii=False)


@contextmanager
def counting_rows(name: str) -> Iterator[Callable[[int], None] | None]:
    """A progress bar of the rows read, on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    count = TextColumn("{task.completed:,.0f} 行 rows", markup=False)
    name_column = TextColumn("{task.description}", markup=False)
    console = Console(stderr=True)
    with Progress(name_column, BarColumn(), count, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(printable(name), total=None)
        yield lambda rows: bar.update(task, completed=rows)


def both(label: Label) -> str:
    """A label in both languages."""
    return f"{label.zh} {label.en}"
