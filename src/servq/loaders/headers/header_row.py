"""The header row among the first rows of a table: titles, dates of export and blank rows may stand above it.

Owns finding that row. Its headers are matched to columns in headers.py.
"""

from __future__ import annotations

from collections import Counter
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
    """The row with the most known headers, the first of equals; the first row where none has any.

    A header of two rows is read as one, with the number of the lower:

        答卷编号  提交时间  渠道  班组  请您评价
                                       服务态度  响应时间      ->  答卷编号  提交时间  渠道  班组  服务态度  响应时间
    """
    places = range(len(rows))
    best = max(places, key=lambda place: hits(rows[place][1], source, map_), default=None)
    if best is None:
        return None
    for place in (best, best - 1):
        if place >= 0 and place + 1 < len(rows):
            both = _joined(rows[place], rows[place + 1], source, map_)
            if both is not None:
                return both
    return rows[best]


def _joined(upper: Row, lower: Row, source: Source, map_: Map | None) -> Row | None:
    """Two rows as one header; None where the lower one is no second row of it.

    It is one where it says nothing under the headers that are known (a row of data would have an id there), and both
    together mean more than either.
    """
    width = max(len(upper[1]), len(lower[1]))
    above, below = ([*row[1], *[""] * (width - len(row[1]))] for row in (upper, lower))
    under_known = any(b.strip() and a.strip() and hits([a], source, map_) for a, b in zip(above, below, strict=True))
    both = _as_one(above, below)
    most = max(hits(above, source, map_), hits(below, source, map_))
    return None if under_known or hits(both, source, map_) <= most else (lower[0], both)


def _as_one(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The lower header where there is one, else the upper; one that two questions share stands behind its question.

    >>> _as_one(["渠道", "满意度", "", "重要程度", ""], ["", "态度", "速度", "态度", "速度"])
    ['渠道', '满意度 [态度]', '满意度 [速度]', '重要程度 [态度]', '重要程度 [速度]']
    """
    shared = {name for name, count in Counter(cell.strip() for cell in below).items() if name and count > 1}
    both, question = [], ""
    for upper, lower in zip(above, below, strict=True):
        question = upper.strip() or (question if lower.strip() else "")
        both.append((f"{question} [{lower.strip()}]" if lower.strip() in shared else lower) if lower.strip() else upper)
    return both


def split_heading(
    rows: Iterator[Row], source: Source, map_: Map | None, where: str
) -> tuple[int, list[str], Iterator[Row]]:
    """Row number of the header, its cells, and the rows after it. A map that gives the row, or rows, is followed.

    Raises:
        FileRefused: there is none.
    """
    if map_ and map_.header_row:
        heading = next((row for row in rows if row[0] >= map_.header_row), None)
        heading = heading if heading and heading[0] == map_.header_row else None
        below, rest = map_.header_row + map_.header_rows, rows
        rows = (row for row in rest if row[0] >= below) if map_.header_rows > 1 else rows
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
