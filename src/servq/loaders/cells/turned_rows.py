"""Turned rows: the rows that are made of a file's lines, and the count of those lines.

Owns the two record types. What is turned, and how, stands in loaders/shapes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servq.loaders.headers.header_row import Row
    from servq.records import Rejected

LINES, NOT_CHECKED = "lines_turned", "items_not_checked"
"""Notes on a load, of `records.NOTES`: lines of the file, and empty cells of items."""


class SetAside(list[str]):
    """The place of a row that cannot be made: it has no cells, and says why."""

    def __init__(self, rejected: Rejected) -> None:
        super().__init__()
        self.rejected = rejected


class TurnedRows(Iterator["Row"]):
    """An iterator of rows that counts what it took of the file."""

    def __init__(self, rows: Generator[Row], counts: Counter[str]) -> None:
        """Rows whose making counts into `counts`."""
        self._rows, self._counts = rows, counts

    def __next__(self) -> Row:
        """The next row that was made."""
        return next(self._rows)

    def noted(self) -> dict[str, int]:
        """What was counted since the last time."""
        found = {name: count for name, count in self._counts.items() if count}
        self._counts.clear()
        return found
