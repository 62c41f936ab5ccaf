"""The workbook-wide records of an old workbook: sheets, calendar, number formats, shared texts.

Owns the records of the workbook as a whole. Cells are read in xls_file.py.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from servq.loaders.books.biff import BOF, EOF, Joined, Record, records, short_text
from servq.loaders.books.compound_file import Stream
from servq.loaders.books.workbook import Book, SharedTexts, Sheet
from servq.loaders.books.xml_part import Damaged
from servq.loaders.files.detect import no_table
from servq.loaders.files.limits import Bounds
from servq.loaders.times.serials import is_moment
from servq.records import Label

_BIFF8, _BIFF5 = 0x0600, 0x0500
_FILEPASS, _CODEPAGE, _DATEMODE, _BOUNDSHEET, _FORMAT, _XF, _SST = 0x2F, 0x42, 0x22, 0x85, 0x41E, 0xE0, 0xFC

_CODEPAGES = {10000: "mac-roman", 10008: "gb2312", 32768: "mac-roman", 32769: "cp1252"}
_IN_TIME = 1 << 12
"""Texts after which the clock of the file is looked at."""


def read_globals(stream: Stream, bounds: Bounds, name: str) -> tuple[Book, str]:
    """Everything but the cells, and the codepage of BIFF5 ("" in BIFF8, whose texts need none).

    Raises:
        Damaged, ValueError, struct.error: it cannot be read.
        FileRefused: it has a password.
    """
    walk = records(stream, 0)
    first = next(walk, None)
    version = struct.unpack_from("<H", first.content)[0] if first is not None and first.kind == BOF else 0
    if version not in (_BIFF8, _BIFF5):
        raise Damaged("no workbook of a version that is known")
    found = _Globals("" if version == _BIFF8 else "cp1252", bounds)
    for record in walk:
        if record.kind == _FILEPASS:
            raise no_table(Label("带密码的工作簿", "a workbook with a password"), name)
        if record.kind == EOF:
            break
        found.take(record, walk)
    return found.book(), found.codepage


class _Globals:
    """Takes the records as they come."""

    def __init__(self, codepage: str, bounds: Bounds) -> None:
        self.codepage, self._bounds = codepage, bounds
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._sheets: list[Sheet] = []
        self._texts, self._since_1904 = SharedTexts(), False

    def take(self, record: Record, walk: Iterator[Record]) -> None:
        """One record; a text may go on in those after it."""
        kind, _, content = record
        if kind == _CODEPAGE and self.codepage:
            self.codepage = _codepage(struct.unpack_from("<H", content)[0])
        elif kind == _DATEMODE:
            self._since_1904 = content[:1] == b"\1"
        elif kind == _FORMAT:
            self._format(content)
        elif kind == _XF:
            self._styles.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _BOUNDSHEET and content[5] == 0:  # others are charts and macros
            name = short_text(content, 7, content[6], self.codepage)
            self._sheets.append(Sheet(name, not content[4] & 3, str(struct.unpack_from("<I", content)[0])))
        elif kind == _SST:
            self._shared(Joined(content[8:], walk), struct.unpack_from("<I", content, 4)[0])

    def _format(self, content: bytes) -> None:
        (number,) = struct.unpack_from("<H", content)
        length, at = (content[2], 3) if self.codepage else (struct.unpack_from("<H", content, 2)[0], 4)
        self._formats[number] = short_text(content, at, length, self.codepage)

    def _shared(self, content: Joined, count: int) -> None:
        for place in range(count):
            if not place % _IN_TIME:
                self._bounds.in_time()
            self._texts.append(content.text())

    def book(self) -> Book:
        """The workbook that the records describe."""
        codes = [(str(style), number, self._formats.get(number, "")) for style, number in enumerate(self._styles)]
        return Book(
            sheets=tuple(self._sheets),
            since_1904=self._since_1904,
            moments=frozenset(style for style, number, code in codes if is_moment(number, code)),
            widths={style: len(code) for style, _, code in codes if len(code) > 1 and not code.strip("0")},
            texts=self._texts,
        )


def _codepage(number: int) -> str:
    """Python's name of a codepage; Western where it has none, as Excel does."""
    name = _CODEPAGES.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
