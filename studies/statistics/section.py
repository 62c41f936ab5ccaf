"""The form of a section of docs/statistics.md: its heading, the long measurement that writes it, the short check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Section(NamedTuple):
    """One section of the page.

    Attributes:
        name: as it is asked for: `python -m studies.statistics NAME` rewrites this section alone.
        heading: without `## `.
        write: the text beneath the heading; seeded, may take minutes.
        out_of_step: given the section as it is printed, what is not true any more (empty: all is); a few seconds.
    """

    name: str
    heading: str
    write: Callable[[], str]
    out_of_step: Callable[[str], list[str]]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table: names at the left, figures at the right.

    >>> print(table(["n", "rate"], [[30, "4.9"]]))
    | n | rate |
    |---|---:|
    | 30 | 4.9 |
    """
    rule = "|---|" + "---:|" * (len(head) - 1)
    return "\n".join([_line(head), rule, *(_line(row) for row in rows)])


def cells(printed: str) -> dict[tuple[str, str], str]:
    """The cells of every table in a section: (first cell of the line, head of the column) -> printed text.

    >>> cells("| n | rate |\\n|---|---:|\\n| 30 | 4.9 |")
    {('30', 'rate'): '4.9'}
    """
    found: dict[tuple[str, str], str] = {}
    head: list[str] = []
    for line in printed.splitlines():
        row = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            head = []
        elif not head:
            head = row
        elif not set(line) <= set("|-: "):
            found |= {(row[0], column): cell for column, cell in zip(head[1:], row[1:], strict=True)}
    return found


def _line(row: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, row))} |"
