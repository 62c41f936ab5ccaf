"""Records of an old workbook (BIFF8 of Excel 97 to 2003 and WPS, BIFF5 of Excel 95), one after the other.

Owns the shape of a record and of a text in it. What a record means for a sheet is decided in xls_file.py.

Source:
    Microsoft, [MS-XLS] Excel Binary File Format; texts: 2.5.293 and 2.5.294.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from servq.loaders.books.compound_file import Stream
from servq.loaders.books.xml_part import Damaged

CONTINUE, EOF, BOF = 0x3C, 0x0A, 0x0809
AHEAD = 1 << 16

WIDE, PHONETIC, RICH = 1, 4, 8
"""Flags of a text: two bytes a character; a reading of its characters follows; so do its looks."""


class Record(NamedTuple):
    """One record.

    Attributes:
        place: of its head, in the stream.
    """

    kind: int
    place: int
    content: bytes


def records(stream: Stream, place: int) -> Iterator[Record]:
    """The records from this place on; a record is at most 64 KiB.

    Raises:
        Damaged: a record goes beyond the end.
    """
    held, start = b"", place
    while True:
        at = place - start
        if len(held) - at < 4 + 0xFFFF and start + len(held) < stream.size:
            held, start, at = held[at:] + stream.read(start + len(held), 2 * AHEAD), place, 0
        if len(held) - at < 4:
            return
        kind, length = struct.unpack_from("<HH", held, at)
        if len(held) - at < 4 + length:
            raise Damaged("a record beyond the end")
        yield Record(kind, place, held[at + 4 : at + 4 + length])
        place += 4 + length


class Joined:
    """The content of a record and of its continuations, read in order."""

    def __init__(self, first: bytes, more: Iterator[Record]) -> None:
        self._content, self._at, self._more = first, 0, more
        self.after: Record | None = None

    def take(self, count: int) -> bytes:
        """The next bytes, across continuations."""
        pieces = []
        while count:
            if self._at == len(self._content):
                self._next()
            piece = self._content[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def text(self) -> str:
        """A text with its length in front, without its looks and without the reading of its characters."""
        length, flags = struct.unpack("<HB", self.take(3))
        looks = 4 * struct.unpack("<H", self.take(2))[0] if flags & RICH else 0
        looks += struct.unpack("<I", self.take(4))[0] if flags & PHONETIC else 0
        pieces = []
        while length:
            if self._at == len(self._content):
                self._next()
                flags = self.take(1)[0]  # a continued text says again how wide it is
            size = 2 if flags & WIDE else 1
            count = min(length, (len(self._content) - self._at) // size)
            if not count:
                raise Damaged("half a character")
            piece = self.take(count * size)
            # a character of two halves may be torn between two records
            pieces.append(piece if size == 2 else piece.decode("latin-1").encode("utf-16-le"))
            length -= count
        while looks:
            looks -= len(self.take(min(looks, AHEAD)))
        return b"".join(pieces).decode("utf-16-le", "replace")

    def _next(self) -> None:
        record = next(self._more, None)
        if record is None or record.kind != CONTINUE or not record.content:
            raise Damaged("a text that is not continued")
        self._content, self._at = record.content, 0


def short_text(content: bytes, at: int, length: int, codepage: str) -> str:
    """A text within one record: in two bytes or one as its flag says, or in the codepage that BIFF5 has."""
    if codepage:
        return content[at : at + length].decode(codepage)
    wide = content[at] & WIDE
    said = content[at + 1 : at + 1 + (2 * length if wide else length)]
    return said.decode("utf-16-le" if wide else "latin-1", "replace")


def rk(number: int) -> float:
    """A number in four bytes: an integer or the upper half of a float, and perhaps a hundredfold.

    >>> rk(0x0000_0022), rk(0x3FF0_0000), rk(0x0000_0023)
    (8.0, 1.0, 0.08)
    """
    if number & 2:
        found = float((number >> 2) - (1 << 30 if number & 0x8000_0000 else 0))
    else:
        (found,) = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFF_FFFC) << 32))
    return found / 100 if number & 1 else found
