"""XLSX workbooks: rows of text, with the row number that the spreadsheet shows.

Owns choosing the sheet and writing each cell as text without losing anything. Never interprets a cell further.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from servq.errors import FileRefused, suggest
from servq.loaders.package import broken, check_package

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from openpyxl import Workbook

    from servq.loaders.csv_file import Row

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    DefusedXmlException,
    InvalidFileException,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)
"""What openpyxl raises on a workbook that is not one; it has no error of its own for that."""


def open_sheet(path: Path, sheet: str, header_row: int | None) -> tuple[str, Generator[Row]]:
    """The name of the sheet that is read, and its rows: the header's and every row after it that has a value.

    The workbook is closed when the rows end or are dropped.

    Raises:
        FileRefused: damaged, dangerous, or without the sheet.
    """
    check_package(path)
    # openpyxl judges a path by its ending; an open file it reads whatever its name.
    file = path.open("rb")
    try:
        book = _open(file, path)
        chosen = _choose(book, sheet, path)
    except FileRefused:
        file.close()
        raise
    return chosen.title, _rows(file, chosen, header_row or 1, path)


def _rows(file: BinaryIO, sheet: Any, header_row: int, path: Path) -> Generator[Row]:
    width = 0
    try:
        # Some exporters declare the range A1:A1; only the cells themselves say how far a sheet goes.
        sheet.reset_dimensions()
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [as_text(value) for value in values]
            while cells and not cells[-1].strip():
                cells.pop()
            if number >= header_row and cells:
                width = width or len(cells)
                yield number, cells + [""] * (width - len(cells))
    except _BROKEN as err:
        raise broken(path) from err
    finally:
        file.close()


def as_text(value: object) -> str:
    """One cell as text: moments in ISO form with a T, numbers without a trailing `.0`.

    >>> as_text(datetime(2026, 3, 5, 14, 2)), as_text(8.0), as_text(4.8), as_text(None)
    ('2026-03-05T14:02:00', '8', '4.8', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    # Excel keeps every number as a float; 0012345 stored as a number has already lost its zeros there.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _open(file: BinaryIO, path: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of missing styles, which no row depends on
            return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as err:
        raise broken(path) from err


def _choose(book: Workbook, wanted: str, path: Path) -> Any:
    """The wanted sheet, or the first that a reader of the workbook sees (the stubs know no read-only sheets)."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    visible = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    title = wanted or (visible[0] if visible else "")
    if title not in sheets:
        near, listed = suggest(wanted, sheets), ", ".join(sheets)
        raise FileRefused(
            f"没有名为“{wanted}”的工作表" if wanted else "没有可见的工作表",
            f"there is no sheet named '{wanted}'" if wanted else "there is no visible sheet",
            where=path.name,
            hint_zh=f"是否想用“{near}”？" if near else f"有：{listed}",
            hint_en=f"Did you mean '{near}'?" if near else f"There are: {listed}",
        )
    return sheets[title]
