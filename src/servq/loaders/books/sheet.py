"""The cells of one worksheet as rows of text, read as the sheet's part is unpacked.

Owns the text of each kind of cell: a formula gives its last result, an error its name. Interprets nothing more.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import lru_cache
from typing import IO

from servq.configuration import FileLimits
from servq.loaders.books.workbook import Book, unescape
from servq.loaders.books.xml_part import Damaged, walk
from servq.loaders.files.limits import Beyond
from servq.loaders.headers.header_row import Row
from servq.loaders.times.serials import as_moment

WHOLE = 1e15
"""Below this number Excel keeps every digit of a whole number; above it the sixteenth and those after it are zeros."""

TWICE = "#TWICE! "
"""The mark before the values of two cells that have one reference."""

_DIGITS = "0123456789"
_NAMES = ("row", "c", "v", "t", "f", "rPh")


class _Cells:
    """Takes the elements of a sheet as they come, and lays rows aside as they are complete."""

    def __init__(self, book: Book, limits: FileLimits) -> None:
        self._book, self._columns, self._chars = book, limits.columns, limits.cell_chars
        self.done: list[Row] = []
        self.pieces: list[str] = []
        self._number = self._place = 0
        self._row: list[str] = []
        self._cell: dict[str, str] = {}
        self._text: str | None = None
        self._formula: str | None = None
        self._phonetic = False
        self.names("")

    def names(self, prefix: str) -> None:
        """The elements that count, known once the prefix of the root is read."""
        self._ROW, self._C, self._V, self._T, self._F, self._RPH = (prefix + name for name in _NAMES)

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        if name == self._C:
            self._cell, self._text, self._formula = said, None, None
        elif name in (self._V, self._T, self._F):
            self.pieces.clear()
        elif name == self._ROW:
            number = int(said["r"]) if "r" in said else self._number + 1
            if number <= self._number:
                raise Damaged("rows out of order")
            self._number, self._row, self._place = number, [], 0
        elif name == self._RPH:
            self._phonetic = True
        elif name.endswith("worksheet"):
            self.names(name.removesuffix("worksheet"))

    def end(self, name: str) -> None:
        """An element ends: its text is complete."""
        if name == self._V:
            self._text = "".join(self.pieces)
        elif name == self._C:
            self._lay_down(self._cell)
        elif name == self._T:
            if not self._phonetic:
                self._text = (self._text or "") + "".join(self.pieces)
        elif name == self._ROW:
            while self._row and not self._row[-1].strip():
                self._row.pop()
            if self._row:
                self.done.append((self._number, self._row))
        elif name == self._F:
            self._formula = "".join(self.pieces)
        elif name == self._RPH:
            self._phonetic = False

    def _lay_down(self, cell: dict[str, str]) -> None:
        """The cell at its place in the row; a cell that does not say its place stands right of the one before."""
        text = self._said(cell)
        place = place_of(cell["r"].rstrip(_DIGITS)) if "r" in cell else self._place
        self._place = place + 1
        if not text:
            return
        if place >= self._columns:
            raise Beyond("columns")
        if len(text) > self._chars:
            raise Beyond("cell_chars")
        row = self._row
        if place < len(row) and row[place] not in ("", text):
            text = f"{TWICE}{row[place]} | {text}"  # two cells of one reference: nobody knows which is meant
        if place >= len(row):
            row.extend([""] * (place - len(row)))
            row.append(text)
        else:
            row[place] = text

    def _said(self, cell: dict[str, str]) -> str:
        text, kind = self._text, cell.get("t", "n")
        if self._formula is not None and (text is None or (kind == "n" and not text.strip())):
            # never calculated, so nobody knows its value: the formula is at least not nothing
            return f"={self._formula}"
        if text is None:
            return ""
        if kind == "s":
            return self._book.texts.at(int(text))
        if kind == "n":
            return number_said(text.strip(), cell.get("s"), self._book)
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        return unescape(text)


def number_said(text: str, style: str | None, book: Book) -> str:
    """A number as its style shows it: a moment, an id with its zeros, or the number itself."""
    if style in book.moments and text:
        return as_moment(text, book.since_1904)
    plain = text.isdigit() and len(text) < 16 and (text[0] != "0" or text == "0")
    said = text if plain else as_number(text)
    # an id kept as a number shows its leading zeros by its format, and so does the same sheet saved as CSV
    return said.zfill(book.widths[style]) if style in book.widths and said.isdigit() else said


def as_number(text: str) -> str:
    """A number as Excel means it: without a trailing `.0`, without the noise of a binary fraction.

    From 10^15 on a cell cannot hold every digit: such a number keeps the `.0` by which a lost id is known.

    >>> as_number("8.0"), as_number("4.7999999999999998"), as_number("-0"), as_number("")
    ('8', '4.8', '0', '')
    >>> as_number("999999999999999"), as_number("6222021234567890123")
    ('999999999999999', '6222021234567889920.0')
    """
    if not text:
        return ""
    number = float(text)
    # Excel keeps every number as a float; 0012345 stored as a number has already lost its zeros there.
    if abs(number) >= WHOLE:
        return f"{number:.1f}"
    return str(int(number)) if number.is_integer() else str(number)


@lru_cache(maxsize=1024)
def place_of(letters: str) -> int:
    """The place of a column: `A` is 0."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise Damaged("a cell without a place")
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheet_rows(stream: IO[bytes], book: Book, limits: FileLimits) -> Generator[Row]:
    """Row number and cells of every row that has a value; the cells end with the last one that has.

    Raises:
        Damaged, Forbidden, ValueError, IndexError: the part cannot be read.
        Beyond: a row or a cell goes beyond a limit.
    """
    cells = _Cells(book, limits)
    for _ in walk(stream, cells.start, cells.end, cells.pieces.append):
        yield from cells.done
        cells.done.clear()
