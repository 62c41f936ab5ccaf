"""Chunks: some thousand rows of text at a time, to trusted rows and rejected ones.

Owns the conservation of rows: every row that came in leaves as exactly one of the two. Never opens a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.loaders import checks
from servq.loaders.headers import named
from servq.loaders.values import Parsed, Texts, read_column
from servq.records import Chunk, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from servq.loaders.columns import Source
    from servq.loaders.csv_file import Row
    from servq.loaders.picks import Pick

CHUNK_ROWS = 20_000
"""Rows parsed at a time; what bounds the memory of a load."""


@dataclass(frozen=True)
class Layout:
    """All that parsing a chunk needs to know about its file."""

    source: Source
    headers: tuple[str, ...]
    picks: dict[str, Pick]
    sha256: str
    zone: ZoneInfo
    workbook: bool
    now: float


def chunks(rows: Iterator[Row], layout: Layout) -> Iterator[Chunk]:
    """The rows after the header, parsed some thousand at a time."""
    while block := list(islice(rows, CHUNK_ROWS)):
        yield _parse(block, layout)


def _parse(block: list[Row], layout: Layout) -> Chunk:
    width = len(layout.headers)
    fitting = [row for row in block if len(row[1]) == width]
    rejected = [_wrong_width(row, layout) for row in block if len(row[1]) != width]
    numbers = np.array([number for number, _ in fitting], dtype="int64")
    # One array of strings for the whole chunk, turned so that a column lies in one piece.
    table = np.array([cells for _, cells in fitting], dtype=object).reshape(len(fitting), width).T.copy()
    texts = dict(zip(layout.headers, table, strict=True))
    parsed = {name: read_cells(_cells_of(name, texts, numbers, layout), name, layout) for name in layout.picks}
    frame = pd.DataFrame({"row": numbers} | {name: column.values for name, column in parsed.items()})
    raw = pd.DataFrame(table.T, columns=list(layout.headers), dtype=object)
    found = checks.problems(parsed, frame, layout.source, layout.now)
    if found:
        bad = np.logical_or.reduce([problem.at for problem in found])
        positions = np.flatnonzero(bad).tolist()
        rejected += [_reject(at, int(numbers[at]), table[:, at].tolist(), found, layout) for at in positions]
        rejected.sort(key=lambda one: one.row)
        frame, raw = frame[~bad].reset_index(drop=True), raw[~bad].reset_index(drop=True)
    return Chunk(frame=frame, raw=raw, rejected=tuple(rejected), rows_read=len(block))


def read_cells(texts: Texts, name: str, layout: Layout) -> Parsed:
    """The values of some cells as one canonical column of this file."""
    return read_column(texts, layout.source.column(name), layout.picks[name], layout.zone, layout.workbook)


def _cells_of(name: str, texts: dict[str, Texts], numbers: np.ndarray[Any, Any], layout: Layout) -> Texts:
    pick = layout.picks[name]
    if pick.row_number:
        return np.array([f"{layout.sha256[:12]}-{number}" for number in numbers], dtype=object)
    if pick.constant is not None:
        return np.array([pick.constant] * len(numbers), dtype=object)
    return texts[pick.header]


def _wrong_width(row: Row, layout: Layout) -> Rejected:
    number, cells = row
    # a cell beyond the header is called by its place, and never like a header that is there
    beyond = [""] * (len(cells) - len(layout.headers))
    raw = dict(zip(named([*layout.headers, *beyond]), cells, strict=False))
    return Rejected(row=number, column="", value=str(len(cells)), reason="wrong_width", raw=raw)


def _reject(at: int, number: int, cells: list[str], found: list[checks.Problem], layout: Layout) -> Rejected:
    """The row at this place of the chunk, with its first problem in front and the others behind it."""
    raw = dict(zip(layout.headers, cells, strict=True))
    said = []
    for problem in found:
        if problem.at[at]:
            pick = layout.picks.get(problem.column)
            header = (pick.header or problem.column) if pick else ""
            said.append((header, raw.get(header, ""), problem.reason))
    (column, value, reason), *also = said
    return Rejected(number, column, value, reason, raw, tuple(also))
