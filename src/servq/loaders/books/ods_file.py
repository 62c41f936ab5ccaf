"""OpenDocument spreadsheets (.ods of LibreOffice, WPS): their sheets, and rows of text as an XLSX would give them.

Owns the text of each kind of cell. A cell or row that stands for thousands of empty ones is never expanded, and one
with a value is repeated only within the limits.

Source:
    OASIS, Open Document Format for Office Applications 1.3, part 3, chapter 9.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path

from servq.loaders.books.package import broken, check_package
from servq.loaders.books.sheet import as_number
from servq.loaders.books.sheets import Sheets, filled
from servq.loaders.books.workbook import Sheet
from servq.loaders.books.xml_part import Damaged, Forbidden, walk
from servq.loaders.files.limits import Beyond, Bounds
from servq.loaders.headers.header_row import Row

CONTENT = "content.xml"
_BROKEN = (
    Damaged,
    Forbidden,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
_CLOCK = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_DATE_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")


class OdsBook(Sheets):
    """An open spreadsheet, looked through.

    Raises:
        FileRefused: damaged, dangerous, or beyond a limit.
    """

    calendar = 1900

    def __init__(self, path: Path, bounds: Bounds) -> None:
        super().__init__(path.name, bounds)
        self._path = path
        check_package(path, bounds, needs=CONTENT)
        self._package = zipfile.ZipFile(path)
        cells = _Cells(bounds, wanted=-1)
        for _ in self._walk(cells):
            bounds.in_time()
        self.sheets = [Sheet(name, visible, str(place)) for place, (name, visible) in enumerate(cells.tables)]

    def close(self) -> None:
        """Close the file."""
        self._package.close()

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of the sheet that has a value, as wide as its last one."""
        cells = _Cells(self._bounds, wanted=int(sheet.part))
        yield from filled(self._cells(cells), cells.merged)

    def _cells(self, cells: _Cells) -> Generator[Row]:
        for _ in self._walk(cells):
            for number, row, repeat in cells.done:
                yield from ((number + nth, list(row)) for nth in range(repeat))
            cells.done.clear()
            if cells.is_over:
                return

    def _walk(self, cells: _Cells) -> Generator[None]:
        try:
            with self._package.open(CONTENT) as stream:
                yield from walk(stream, cells.start, cells.end, cells.text)
        except Beyond as error:
            raise self._bounds.over(str(error)) from error
        except _BROKEN as error:
            self.close()
            raise broken(self._path) from error


class _Cells:
    """Takes the elements of the content as they come, and lays the rows of the one wanted sheet aside."""

    def __init__(self, bounds: Bounds, wanted: int) -> None:
        self._limits, self._wanted = bounds.limits, wanted
        self.tables: list[tuple[str, bool]] = []
        self.done: list[tuple[int, list[str], int]] = []
        self.merged: list[tuple[int, int, int]] = []
        self.is_over = False
        self._hidden: set[str] = set()
        self._style, self._here, self._depth = "", False, 0
        self._number = self._place = 0
        self._row: list[str] = []
        self._cell: dict[str, str] | None = None
        self._repeat = 1
        self._pieces: list[str] = []
        self._skipped = self._paragraphs = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        if name in _SKIPPED:
            self._skipped += 1
        elif name == "style:style":
            self._style = said.get("style:name", "")
        elif name == "style:table-properties" and said.get("table:display") == "false":
            self._hidden.add(self._style)
        elif name == "table:table":
            self._table(said)
        elif self._here:
            self._within(name, said)

    def _table(self, said: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._here = len(self.tables) == self._wanted
            self.tables.append((said.get("table:name", ""), said.get("table:style-name") not in self._hidden))
            self._number = 0

    def _within(self, name: str, said: dict[str, str]) -> None:
        if name == "table:table-row":
            self._repeat, self._row, self._place = _times(said, "rows"), [], 0
        elif name in _CELLS:
            self._cell, self._paragraphs = said, 0
            self._pieces.clear()
        elif self._cell is None or self._skipped:
            return
        elif name == "text:p":
            if self._paragraphs:
                self._pieces.append("\n")
            self._paragraphs += 1
        elif name == "text:s":
            self._pieces.append(" " * min(int(said.get("text:c", 1)), self._limits.cell_chars))
        elif name in _BREAKS:
            self._pieces.append(_BREAKS[name])

    def text(self, piece: str) -> None:
        """Characters of whatever is open; what stands between paragraphs is layout."""
        if self._cell is not None and self._paragraphs and not self._skipped:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        """An element ends: its text is complete."""
        if name in _SKIPPED:
            self._skipped -= 1
        elif name == "table:table":
            self._depth -= 1
            if not self._depth:
                self.is_over = self.is_over or self._here
                self._here = False
        elif not self._here:
            return
        elif name in _CELLS and self._cell is not None:
            self._lay_down(self._cell)
            self._cell = None
        elif name == "table:table-row":
            self._end_row()

    def _lay_down(self, cell: dict[str, str]) -> None:
        count, place = _times(cell, "columns"), self._place
        self._place += count
        if (below := int(cell.get("table:number-rows-spanned", 1))) > 1:
            self.merged.append((place, self._number + 1, self._number + below))
        text = self._said(cell)
        if not text.strip():
            return
        if self._place > self._limits.columns:
            raise Beyond("columns")
        if len(text) > self._limits.cell_chars:
            raise Beyond("cell_chars")
        self._row.extend([""] * (place - len(self._row)))
        self._row.extend([text] * count)

    def _end_row(self) -> None:
        if self._row and self._repeat > self._limits.rows:
            raise Beyond("rows")
        if self._row:
            self.done.append((self._number + 1, self._row, self._repeat))
        self._number += self._repeat

    def _said(self, cell: dict[str, str]) -> str:
        shown, kind = "".join(self._pieces), cell.get("office:value-type", "")
        if shown.startswith(_FAILED):  # a failed formula keeps a number beside its name
            return shown
        if kind == "date":
            day = cell["office:date-value"]
            return f"{day}T00:00:00" if _DATE_ALONE.fullmatch(day) else day
        if kind == "time":
            clock = _CLOCK.fullmatch(cell["office:time-value"])
            return ":".join(part.zfill(2) for part in clock.groups()) if clock else shown
        if kind in ("float", "percentage", "currency"):
            # 000007 is how an id is shown that is kept as the number 7
            return shown if _is_padded(shown, cell["office:value"]) else as_number(cell["office:value"])
        if kind == "boolean":
            return cell["office:boolean-value"].upper()
        return shown or cell.get("office:string-value", "")


_CELLS = ("table:table-cell", "table:covered-table-cell")
_SKIPPED = ("office:annotation", "text:ruby-text", "table:shapes", "draw:frame")
_BREAKS = {"text:line-break": "\n", "text:tab": "\t"}
_FAILED = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "Err:")


def _times(said: dict[str, str], what: str) -> int:
    return max(1, int(said.get(f"table:number-{what}-repeated", 1)))


def _is_padded(shown: str, value: str) -> bool:
    return (
        shown.isdigit() and shown.startswith("0") and len(shown) > 1 and shown.lstrip("0") == value.removesuffix(".0")
    )
