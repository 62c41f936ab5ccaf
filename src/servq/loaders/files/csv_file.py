"""CSV files: delimiter and records of text, with the row number that a spreadsheet would show.

Never interprets a cell.
"""

from __future__ import annotations

import csv
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.files.undecodable import STRICT
from servq.loaders.headers.header_row import Row, find_heading, first_rows
from servq.loaders.headers.headers import hits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from servq.loaders.files.limits import Bounds
    from servq.loaders.files.zip_member import Member
    from servq.loaders.maps.map import Map
    from servq.loaders.sources.source import Source

DELIMITERS = (",", ";", "\t", "|")


def find_delimiter(
    path: Path | Member, encoding: str, source: Source, map_: Map | None, bounds: Bounds, errors: str = STRICT
) -> str:
    """The delimiter under which most header cells are known, then the one that gives most cells."""
    if map_ and map_.delimiter:
        return map_.delimiter
    ranks = {}
    for delimiter in DELIMITERS:
        with closing(csv_rows(path, encoding, delimiter, bounds, errors)) as rows:
            _, header = find_heading(first_rows(_as_far_as_it_goes(rows)), source, map_) or (0, [])
        ranks[delimiter] = (hits(header, source, map_), len(header))
    return max(DELIMITERS, key=lambda delimiter: ranks[delimiter])


def _as_far_as_it_goes(rows: Iterator[Row]) -> Iterator[Row]:
    """Quotes that make no sense under one delimiter may make sense under the next: here they only end the rows."""
    with suppress(FileRefused):
        yield from rows


def csv_rows(
    path: Path | Member, encoding: str, delimiter: str, bounds: Bounds, errors: str = STRICT
) -> Generator[Row]:
    """Every record of the file; records without a single character are counted, but they are not rows.

    The file is open only while the iterator lives.

    Raises:
        FileRefused: a quote is never closed or stands where none may stand, so that records cannot be told apart; or a
            record goes beyond a limit.
    """
    csv.field_size_limit(bounds.limits.cell_chars)
    with path.open(encoding=encoding, newline="", errors=errors) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if cells and (cells[0].strip() or "".join(cells).strip()):
                    yield number, cells
        except csv.Error as err:
            if "field limit" in str(err):
                raise bounds.over("cell_chars", number + 1) from err
            raise FileRefused(
                f"第 {number + 1} 行的引号或单元格不合规（{err}）",
                f"row {number + 1} has a broken quote or cell ({err})",
                where=path.name,
                hint_zh="请从原系统重新导出；单元格内的引号应写成两个",
                hint_en="Export it again; a quote inside a cell is written twice",
            ) from err
        except (OSError, UnicodeError) as err:
            raise FileRefused("文件在读取过程中变了", "the file changed while it was read", where=path.name) from err
