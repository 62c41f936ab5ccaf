"""Old workbooks (.xls of Excel 95 to 2003, .et of WPS): their sheets, and rows of text as an XLSX would give them.

Owns the text of each kind of cell record. Rows are given as the stream is read; only the current row is in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from servq.errors import FileRefused
from servq.loaders.books.biff import BOF, CONTINUE, EOF, Joined, Record, records, rk, short_text
from servq.loaders.books.compound_file import CompoundFile, Stream
from servq.loaders.books.sheet import number_said
from servq.loaders.books.sheets import Sheets, filled
from servq.loaders.books.workbook import Sheet
from servq.loaders.books.xls_globals import read_globals
from servq.loaders.books.xml_part import Damaged
from servq.loaders.files.detect import no_table
from servq.loaders.files.limits import Beyond, Bounds
from servq.loaders.headers.header_row import Row
from servq.records import Label

_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING, _BOOLERR = 0x0203, 0x027E, 0xBD, 0xFD, 0x0204, 0xD6, 0x0205
_FORMULAS, _STRING, _MERGED = (0x06, 0x0206, 0x0406), 0x0207, 0xE5

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

_OTHERS = (
    ("EncryptedPackage", Label("带密码的工作簿", "a workbook with a password")),
    ("WordDocument", Label("旧版 Word 文档", "an old Word document")),
    ("PowerPoint Document", Label("旧版 PowerPoint 文稿", "an old PowerPoint presentation")),
)
_BROKEN = (Damaged, struct.error, IndexError, KeyError, ValueError, LookupError, OverflowError, OSError)
_IN_TIME = 1 << 12
"""Records after which the clock of the file is looked at."""


class OldBook(Sheets):
    """An open old workbook.

    Raises:
        FileRefused: damaged, with a password, or no workbook.
    """

    def __init__(self, path: Path, bounds: Bounds) -> None:
        super().__init__(path.name, bounds)
        self._file = path.open("rb")
        try:
            self._stream = self._workbook(CompoundFile(self._file))
            self._book, self._codepage = read_globals(self._stream, bounds, path.name)
        except _BROKEN as error:
            self._file.close()
            raise self._broken() from error
        except FileRefused:
            self._file.close()
            raise
        self.sheets = self._book.sheets
        self.calendar = 1904 if self._book.since_1904 else 1900

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of the sheet that has a value, as wide as its last one."""
        try:
            yield from filled(self._cells(int(sheet.part)), self._merged(int(sheet.part)))
        except _BROKEN as error:
            raise self._broken() from error
        except Beyond as error:
            raise self._bounds.over(str(error)) from error

    def _broken(self) -> FileRefused:
        return FileRefused(
            "旧版工作簿已损坏，读不出来",
            "the old workbook is damaged and cannot be read",
            where=self._name,
            hint_zh="请用 Excel 或 WPS 打开并另存为 .xlsx",
            hint_en="Open it in Excel or WPS and save it as .xlsx",
        )

    def _workbook(self, file: CompoundFile) -> Stream:
        for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
            if name in file.names:
                return file.stream(name)
        other = next((said for name, said in _OTHERS if name in file.names), None)
        raise no_table(other or Label("旧版 Office 文件", "a file of an old Office"), self._name)

    def _of_sheet(self, place: int) -> Iterator[Record]:
        """The records of one sheet, without those of charts within it."""
        depth = 0
        for count, record in enumerate(records(self._stream, place)):
            if not count % _IN_TIME:
                self._bounds.in_time()
            if not count and record.kind != BOF:
                raise Damaged("no sheet where one should be")
            depth += (record.kind == BOF) - (record.kind == EOF)
            if not depth:
                return
            if depth == 1:
                yield record

    def _merged(self, place: int) -> set[tuple[int, int, int]]:
        """Place of the first column, first row and last row of the merged areas; they stand behind the cells."""
        found = set()
        for kind, _, content in self._of_sheet(place):
            if kind == _MERGED:
                for first, last, column, _ in struct.iter_unpack("<4H", content[2 : 2 + len(content[2:]) // 8 * 8]):
                    found.add((column, first + 1, last + 1))
        return found

    def _cells(self, place: int) -> Generator[Row]:
        limits, number, row = self._bounds.limits, 0, list[str]()
        for at, column, text in self._values(place):
            if at != number:
                if at < number:
                    raise Damaged("rows out of order")
                if number and any(cell.strip() for cell in row):
                    yield number, row
                number, row = at, []
            if not text:
                continue
            if column >= limits.columns:
                raise Beyond("columns")
            if len(text) > limits.cell_chars:
                raise Beyond("cell_chars")
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text
        if any(cell.strip() for cell in row):
            yield number, row

    def _values(self, place: int) -> Iterator[tuple[int, int, str]]:
        """Row number, place of the column and text of every cell."""
        awaited: tuple[int, int] | None = None
        walk = self._of_sheet(place)
        for kind, _, content in walk:
            if kind in (_MERGED, CONTINUE) or len(content) < 6:
                continue
            row, column, style = struct.unpack_from("<3H", content)
            row += 1
            if kind in _READ:
                yield row, column, _READ[kind](self, content, str(style))
            elif kind == _MULRK:
                for at in range(4, len(content) - 2, 6):
                    style, number = struct.unpack_from("<HI", content, at)
                    yield row, column + (at - 4) // 6, self._number(rk(number), str(style))
            elif kind in _FORMULAS:
                awaited = (row, column) if content[6] == 0 and content[12:14] == b"\xff\xff" else None
                if awaited is None:
                    yield row, column, self._result(content[6:14], str(style))
            elif kind == _STRING and awaited is not None:
                said = Joined(content, walk).text() if not self._codepage else self._plain(content)
                yield *awaited, said
                awaited = None

    def _plain(self, content: bytes) -> str:
        return short_text(content, 2, struct.unpack_from("<H", content)[0], self._codepage)

    def _number(self, number: float, style: str) -> str:
        return number_said(repr(number), style, self._book)

    def _result(self, result: bytes, style: str) -> str:
        """The last calculated result of a formula."""
        if result[6:] != b"\xff\xff":
            return self._number(struct.unpack("<d", result)[0], style)
        if result[0] == 1:
            return "TRUE" if result[2] else "FALSE"
        return _ERRORS.get(result[2], "#ERROR!") if result[0] == 2 else ""

    def _of_number(self, content: bytes, style: str) -> str:
        return self._number(struct.unpack_from("<d", content, 6)[0], style)

    def _of_rk(self, content: bytes, style: str) -> str:
        return self._number(rk(struct.unpack_from("<I", content, 6)[0]), style)

    def _of_shared(self, content: bytes, _: str) -> str:
        return self._book.texts.at(struct.unpack_from("<I", content, 6)[0])

    def _of_label(self, content: bytes, _: str) -> str:
        return short_text(content, 8, struct.unpack_from("<H", content, 6)[0], self._codepage)

    def _of_truth(self, content: bytes, _: str) -> str:
        if content[7]:
            return _ERRORS.get(content[6], "#ERROR!")
        return "TRUE" if content[6] else "FALSE"


_READ: dict[int, Callable[[OldBook, bytes, str], str]] = {
    _NUMBER: OldBook._of_number,
    _RK: OldBook._of_rk,
    _LABELSST: OldBook._of_shared,
    _LABEL: OldBook._of_label,
    _RSTRING: OldBook._of_label,
    _BOOLERR: OldBook._of_truth,
}
