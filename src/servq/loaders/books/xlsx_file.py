"""XLSX workbooks: the rows of text of their sheets, with the row number that the spreadsheet shows.

Owns opening one and refusing what is no workbook. Never interprets a cell.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from servq.loaders.books.package import broken, check_package
from servq.loaders.books.sheet import place_of, sheet_rows
from servq.loaders.books.sheets import Sheets, filled
from servq.loaders.books.workbook import Book, Sheet, read_book
from servq.loaders.books.xml_part import Damaged, Forbidden
from servq.loaders.files.limits import Beyond, Bounds
from servq.loaders.headers.header_row import Row

_BROKEN = (
    Damaged,
    Forbidden,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    IndexError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""The errors that a broken workbook raises while its parts are read."""


class Workbook(Sheets):
    """An open workbook, checked and ready to be read sheet by sheet.

    Raises:
        FileRefused: damaged, dangerous, or beyond a limit.
    """

    def __init__(self, path: Path, bounds: Bounds) -> None:
        super().__init__(path.name, bounds)
        self._path = path
        self._merged = check_package(path, bounds)
        self._file: BinaryIO = path.open("rb")
        try:
            self._package = zipfile.ZipFile(self._file)
            self._book: Book = read_book(self._package)
        except _BROKEN as err:
            self._file.close()
            raise broken(path) from err
        self.sheets = self._book.sheets
        self.calendar = 1904 if self._book.since_1904 else 1900

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of the sheet that has a value, as wide as its last one."""
        merged = {(place_of(column), first, last) for column, first, last in self._merged.get(sheet.part, set())}
        try:
            with self._package.open(sheet.part) as stream:
                yield from filled(sheet_rows(stream, self._book, self._bounds.limits), merged)
        except Beyond as err:
            raise self._bounds.over(str(err)) from err
        except _BROKEN as err:
            raise broken(self._path) from err
