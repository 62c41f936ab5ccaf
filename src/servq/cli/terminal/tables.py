"""Printed tables for readers: Chinese headers above the names that the command line knows.

Owns which column is narrowed on a narrow terminal. Printing goes through output.py.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from servq.cli.terminal.output import printable, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

_PIPE_WIDTH = 100_000
"""Tables in a pipe are never folded: one row stays one line."""

_NARROWEST, _BETWEEN = 12, 2
"""The least width of a column, and the space between two columns, in characters."""


@dataclass(frozen=True)
class TableColumn:
    """One column of a table.

    Attributes:
        name: what is shown there, by its key.
        zh: its header; `en` below it, or the name itself where the command line knows it.
        right: whether it holds figures.
        folds: whether it gives way where the terminal is narrow; the others are never cut.
    """

    name: str
    zh: str
    en: str = ""
    right: bool = False
    folds: bool = False


def write_table(columns: Sequence[TableColumn], rows: Iterable[Sequence[str]], title: str = "", foot: str = "") -> None:
    """Print a table for readers: Chinese headers above the names that the command line knows."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    lines = [[printable(cell) for cell in row] for row in rows]
    least = 0
    for place, column in enumerate(columns):
        header = column.en or column.name
        widest = max(map(cell_len, [column.zh, header, *(line[place] for line in lines)]))
        width = min(widest, _NARROWEST) if column.folds else widest
        least += width + _BETWEEN
        table.add_column(
            Text.assemble(column.zh, "\n", (header, "dim not bold")),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.folds,
            min_width=width,
        )
    for line in lines:
        table.add_row(*map(Text, line))
    console = _console(least)
    with console.capture() as captured:
        if title:
            console.print(Text(printable(title), style="bold"))
        console.print(table)
        for remark in foot.splitlines():
            console.print(Text(printable(remark), style="dim"))
    write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _console(least: int) -> Console:
    """A console of the terminal's width, but wide enough for the table: nothing is cut, a narrow terminal wraps."""
    from rich.console import Console

    width = max(get_terminal_size().columns, least) if sys.stdout.isatty() else _PIPE_WIDTH
    # with a height given, rich believes the width also where TERM is dumb; only `write` writes what it draws
    return Console(
        file=StringIO(),
        force_terminal=sys.stdout.isatty(),
        width=width,
        height=100,
        highlight=False,
        markup=False,
        emoji=False,
    )
