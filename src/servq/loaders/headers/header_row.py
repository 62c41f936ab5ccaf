"""The header among the first rows of a table: titles, dates of export and blank rows may stand above it.

Owns finding that row. What its headers mean is decided in headers.py.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.headers.headers import hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servq.loaders.maps.map import Map
    from servq.loaders.sources.source import Source

Row = tuple[int, list[str]]
"""Row number as a spreadsheet shows it, and the cells as text."""

FIRST_ROWS = 30
"""Rows among which the header is looked for; blank ones do not count."""


def first_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows among which the header must be; no more are taken."""
    return list(islice(rows, FIRST_ROWS))


def find_heading(rows: Sequence[Row], source: Source, map_: Map | None) -> Row | None:
    """The row with the most headers that mean something, the first of equals; the first row where none does."""
    return max(rows, key=lambda row: hits(row[1], source, map_), default=None)


def split_heading(
    rows: Iterator[Row], source: Source, map_: Map | None, where: str
) -> tuple[int, list[str], Iterator[Row]]:
    """Row number of the header, its cells, and the rows after it. A map that says where it stands is believed.

    Raises:
        FileRefused: there is none.
    """
    if map_ and map_.header_row:
        heading = next((row for row in rows if row[0] >= map_.header_row), None)
        heading = heading if heading and heading[0] == map_.header_row else None
        first: list[Row] = []
    else:
        first = first_rows(rows)
        heading = find_heading(first, source, map_)
    if heading is None:
        raise FileRefused(
            "没有找到表头",
            "there is no header row",
            where=where,
            hint_zh="第一行应是列名；表头在别处时可在映射的 [read] 中写 header_row",
            hint_en="The first row names the columns; a map's [read] header_row says where else they stand",
        )
    return *heading, chain((row for row in first if row[0] > heading[0]), rows)
