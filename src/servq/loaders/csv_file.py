"""CSV files: records of text, with the row number that a spreadsheet would show.

Owns delimiter and record reading. Never interprets a cell.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.headers import hits

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from servq.loaders.columns import Source
    from servq.loaders.maps import Map

Row = tuple[int, list[str]]
"""Row number as a spreadsheet shows it, and the cells as text."""

DELIMITERS = (",", ";", "\t")


def find_delimiter(path: Path, encoding: str, source: Source, map_: Map | None) -> str:
    """The delimiter under which the header means most: known columns first, then number of cells."""
    if map_ and map_.delimiter:
        return map_.delimiter
    ranks = {}
    for delimiter in DELIMITERS:
        rows = csv_rows(path, encoding, delimiter, map_.header_row if map_ else None)
        try:
            header = next(rows, (0, []))[1]
        except FileRefused:  # quotes that make no sense under this delimiter may make sense under the next
            header = []
        finally:
            rows.close()
        ranks[delimiter] = (hits(header, source, map_), len(header))
    return max(DELIMITERS, key=lambda delimiter: ranks[delimiter])


def csv_rows(path: Path, encoding: str, delimiter: str, header_row: int | None) -> Generator[Row]:
    """The header's record and every record after it; records without a single character are not rows.

    The file is open only while the iterator lives.

    Raises:
        FileRefused: a quote is never closed or stands where none may stand, so that records cannot be told apart.
    """
    with path.open(encoding=encoding, newline="", errors="strict") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number, first = 0, header_row or 1
        try:
            for number, cells in enumerate(reader, start=1):
                if number >= first and cells and (cells[0].strip() or "".join(cells).strip()):
                    yield number, cells
        except csv.Error as err:
            raise FileRefused(
                f"第 {number + 1} 行的引号或单元格不合规（{err}）",
                f"row {number + 1} has a broken quote or cell ({err})",
                where=path.name,
                hint_zh="请从原系统重新导出；单元格内的引号应写成两个",
                hint_en="Export it again; a quote inside a cell is written twice",
            ) from err
        except (OSError, UnicodeError) as err:
            raise FileRefused("文件在读取过程中变了", "the file changed while it was read", where=path.name) from err
