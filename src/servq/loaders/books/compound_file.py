"""Compound files, the container of Office documents before 2007: a small file system of sectors within a file.

Owns finding a stream and reading it piece by piece. A chain of sectors with a cycle or beyond the file is damage, so
that no file can make a reader loop without end or use more memory than the file has bytes.

Source:
    Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from array import array
from typing import BinaryIO

from servq.loaders.books.xml_part import Damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END, _LAST = 0xFFFFFFFE, 0xFFFFFFFA
_ENTRY, _NAME_BYTES, _STREAM, _ROOT = 128, 64, 2, 5
_IN_HEADER = 109
"""Sectors of the allocation table that the header itself names."""


class Stream:
    """The bytes of one stream, by their place in it."""

    def __init__(self, file: BinaryIO, sectors: array[int], size: int, sector: int) -> None:
        self._file, self._sectors, self._sector = file, sectors, sector
        self.size = size

    def read(self, place: int, count: int) -> bytes:
        """Up to so many bytes from this place."""
        count = min(count, self.size - place)
        pieces = []
        while count > 0:
            at, within = divmod(place, self._sector)
            if at >= len(self._sectors):
                raise Damaged("a stream that ends before its end")
            self._file.seek(self._sectors[at] + within)
            piece = self._file.read(min(count, self._sector - within))
            if not piece:
                raise Damaged("a sector beyond the end of the file")
            pieces.append(piece)
            place += len(piece)
            count -= len(piece)
        return b"".join(pieces)


class CompoundFile:
    """The streams of a compound file, by their names.

    Raises:
        Damaged: it is none, or a chain of its sectors makes no sense.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        header = file.read(512)
        if len(header) < 512 or not header.startswith(MAGIC):
            raise Damaged("no compound file")
        shift, small_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise Damaged("sectors of an unknown size")
        self._sector, self._small = 1 << shift, 1 << small_shift
        self._whole = file.seek(0, 2)
        first_entry, _, self._cutoff, first_small, _, first_more, _ = struct.unpack_from("<7I", header, 48)
        self._table = self._allocation(header, first_more)
        self._small_table = self._numbers(self._chain(first_small, self._table)) if first_small < _LAST else array("I")
        entries = self._entries(first_entry)
        self._streams = {name: place for name, kind, *place in entries if kind == _STREAM}
        root = next((place for _, kind, *place in entries if kind == _ROOT), [_END, 0])
        self._root = Stream(file, self._places(root[0]), root[1], self._sector)

    @property
    def names(self) -> set[str]:
        """The names of all streams."""
        return set(self._streams)

    def stream(self, name: str) -> Stream:
        """One stream; a small one lies within the stream of the root."""
        first, size = self._streams[name]
        if size >= self._cutoff:
            return Stream(self._file, self._places(first), size, self._sector)
        places = array("Q")
        for number in self._chain(first, self._small_table):
            at, within = divmod(number * self._small, self._sector)
            if at >= len(self._root._sectors):
                raise Damaged("a small sector beyond the others")
            places.append(self._root._sectors[at] + within)
        return Stream(self._file, places, size, self._small)

    def _allocation(self, header: bytes, more: int) -> array[int]:
        """For each sector the one after it."""
        listed = array("I", struct.unpack_from(f"<{_IN_HEADER}I", header, 76))
        for _ in range(self._whole // self._sector + 1):
            if more >= _LAST:
                break
            numbers = self._numbers([more])
            listed.extend(numbers[:-1])
            more = numbers[-1]
        return self._numbers([number for number in listed if number < _LAST])

    def _numbers(self, sectors: list[int]) -> array[int]:
        found = array("I")
        if len(sectors) > self._whole // self._sector + 1:
            raise Damaged("more sectors than the file has")
        for number in sectors:
            self._file.seek((number + 1) * self._sector)
            piece = self._file.read(self._sector)
            if len(piece) < self._sector:
                raise Damaged("a sector beyond the end of the file")
            found.extend(struct.unpack(f"<{self._sector // 4}I", piece))
        return found

    def _chain(self, first: int, table: array[int]) -> list[int]:
        found, number = list[int](), first
        while number < _LAST:
            if number >= len(table) or len(found) > len(table):
                raise Damaged("a chain of sectors that leads nowhere")
            found.append(number)
            number = table[number]
        return found

    def _places(self, first: int) -> array[int]:
        return array("Q", [(number + 1) * self._sector for number in self._chain(first, self._table)])

    def _entries(self, first: int) -> list[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of everything in the directory."""
        places = self._places(first)
        listed = Stream(self._file, places, len(places) * self._sector, self._sector)
        found = []
        for place in range(0, listed.size, _ENTRY):
            entry = listed.read(place, _ENTRY)
            length, kind = struct.unpack_from("<HB", entry, _NAME_BYTES)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind in (_STREAM, _ROOT) and 2 <= length <= _NAME_BYTES:
                found.append((entry[: length - 2].decode("utf-16-le", "replace"), kind, start, size))
        return found
