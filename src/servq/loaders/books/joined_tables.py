"""Several tables read as one: the sheets of a workbook or the files of a zip, row after row under one header.

    sheet 三月      sheet 四月          one table
    编号 满意度     满意度 编号 意见     编号 满意度 意见 工作表 sheet 表内行 row in sheet
    1    5          4      2    好      1    5           三月          2
                                        2    4      好   四月          2

Owns the common header, whose columns are found by their names, and where each row came from: two columns more, which a
map may use. Rows are numbered on, so that each number is one row's.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from servq.loaders.headers.header_row import Row

SHEETS = ("工作表 sheet", "表内行 row in sheet")
FILES = ("压缩包内文件 file in zip", "文件内行 row in file")
TURNED = "文件行 row in file"
"""Header of the column that says in which row of the file a checklist item stood."""

ORIGINS = frozenset([*SHEETS, *FILES, TURNED])
"""Headers of the columns that say where a row came from; they say nothing of the row itself and make no id."""

_Header = tuple[str, int]
"""A header, and which one of its name it is from the left."""


@dataclass(frozen=True)
class Part:
    """One of the tables.

    Attributes:
        heading: row number and cells of its header.
        rows: opens it from its first row on.
    """

    name: str
    heading: Row
    rows: Callable[[], Generator[Row]]


def joined(parts: Sequence[Part], origin: tuple[str, str]) -> Generator[Row]:
    """The common header in the place of the first table's, then the rows of all tables.

    A column that one of them lacks has no value there. A row that is wider or narrower than its own header stays so:
    it is to be set aside, and not to be pushed into shape.
    """
    columns = list(dict.fromkeys(header for part in parts for header in _told_apart(part.heading[1])))
    start = parts[0].heading[0]
    yield start, [*(name for name, _ in columns), *origin]
    before = 0
    for place, part in enumerate(parts):
        own, number = _told_apart(part.heading[1]), start if place == 0 else 0
        places = {header: at for at, header in enumerate(own)}
        order = [places.get(header, -1) for header in columns]
        with closing(part.rows()) as rows:
            for number, cells in rows:
                if number <= part.heading[0]:
                    continue
                tail = [part.name, str(number)]
                if len(cells) == len(own):
                    yield before + number, [*(cells[at] if at >= 0 else "" for at in order), *tail]
                else:
                    yield before + number, cells if len(cells) != len(columns) + len(tail) else [*cells, *tail]
        before += max(number, part.heading[0])


def _told_apart(cells: Sequence[str]) -> list[_Header]:
    seen: Counter[str] = Counter()
    found = []
    for cell in cells:
        seen[cell.strip()] += 1
        found.append((cell.strip(), seen[cell.strip()]))
    return found
