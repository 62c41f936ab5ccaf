"""Zips of CSV files, read as one table without unpacking anything onto the disk.

Owns which files of a zip are read, their names (those of Chinese systems are often in GBK), and that what they hold is
counted while it is unpacked. No name is ever used as a path.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path

from servq.errors import FileRefused
from servq.loaders.books.joined_tables import FILES
from servq.loaders.books.package import broken, check_sizes, unpacked
from servq.loaders.books.sheets import Sheets
from servq.loaders.books.workbook import Sheet
from servq.loaders.files.csv_file import csv_rows, find_delimiter
from servq.loaders.files.detect import form_of
from servq.loaders.files.encodings import find_encoding
from servq.loaders.files.limits import Bounds
from servq.loaders.files.undecodable import errors_of
from servq.loaders.files.zip_member import Member, name_of
from servq.loaders.headers.header_row import Row
from servq.loaders.maps.map import Map
from servq.loaders.sources.source import Source
from servq.records import FileFacts

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError, OSError)
_OF_SYSTEMS = ("__MACOSX/", "._", ".DS_Store", "Thumbs.db", "desktop.ini")


class Archive(Sheets):
    """An open zip, whose CSV files are its sheets.

    Raises:
        FileRefused: damaged, dangerous, beyond a limit, with a password, or with something that is no CSV.
    """

    typed = False
    origin = FILES

    def __init__(self, path: Path, bounds: Bounds, source: Source, map_: Map | None) -> None:
        super().__init__(path.name, bounds)
        self._path, self._source, self._map = path, source, map_
        self._package = zipfile.ZipFile(path)
        try:
            self._members = self._checked()
            self._read_as = {name: self._how(member) for name, member in self._members.items()}
        except _BROKEN as error:
            self.close()
            raise broken(path) from error
        except FileRefused:
            self.close()
            raise
        self.sheets = [Sheet(name, True, name) for name in self._members]

    def close(self) -> None:
        """Close the file."""
        self._package.close()

    def open(self, source: Source, map_: Map | None) -> tuple[Generator[Row], FileFacts]:
        """All CSV files of the zip that have the columns the source needs; the others are reported as not read."""
        try:
            chosen = self.every(source, map_)
            rows = self._joined(chosen, source, map_)
        except BaseException:
            self.close()
            raise
        return self._to_the_end(rows), self.facts(chosen)

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """The records of one file."""
        encoding, delimiter, errors = self._read_as[sheet.name]
        try:
            yield from csv_rows(self._members[sheet.name], encoding, delimiter, self._bounds, errors)
        except _BROKEN as error:
            raise broken(self._path) from error

    def _checked(self) -> dict[str, Member]:
        """The files by their names, after all of them have been unpacked once, to nowhere."""
        entries = [one for one in self._package.infolist() if not one.is_dir() and not _is_of_system(name_of(one))]
        check_sizes(self._package.infolist(), self._bounds)
        if any(entry.flag_bits & 1 for entry in entries):
            raise self._refused("压缩包有密码", "the zip has a password")
        names = [name_of(entry) for entry in entries]
        for name in names:
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":":
                raise self._refused(f"压缩包里有指向外面的路径：{name}", f"a path in the zip leads out of it: {name}")
        if not names or len(set(names)) < len(names):
            raise self._refused("压缩包里没有文件，或有重名文件", "the zip holds no file, or two of one name")
        room = self._bounds.limits.inflated_bytes
        for entry, name in zip(entries, names, strict=True):
            head = b""
            for block in unpacked(self._package, entry, room, self._bounds):
                head = head or block
                room -= len(block)
            if head and form_of(head, f"{self._name} › {name}") != "csv":
                raise self._refused(f"{name} 不是 CSV", f"{name} is no CSV")
        return {
            name: Member(self._package, entry, self._name)
            for entry, name in zip(entries, names, strict=True)
            if entry.file_size
        }

    def _how(self, member: Member) -> tuple[str, str, str]:
        """Encoding, delimiter and error handler of one file."""
        errors = errors_of(self._map.undecodable if self._map else {})
        encoding = find_encoding(member, self._bounds, self._map.encoding if self._map else "", errors)
        return encoding, find_delimiter(member, encoding, self._source, self._map, self._bounds, errors), errors

    def _refused(self, zh: str, en: str) -> FileRefused:
        return FileRefused(
            zh,
            en,
            where=self._name,
            hint_zh="压缩包里只能放 CSV 文件，不带密码；其他文件请先解压再逐个载入",
            hint_en="A zip may hold CSV files only, and no password; unpack others and load them one by one",
        )


def _is_of_system(name: str) -> bool:
    return name.startswith(_OF_SYSTEMS[0]) or name.rpartition("/")[2].startswith(_OF_SYSTEMS[1:])
