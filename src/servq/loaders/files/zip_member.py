"""One file of a zip, opened like a path, and its name as Chinese systems wrote it."""

from __future__ import annotations

import io
import zipfile
from typing import IO, Literal, overload

_NAMED_IN_UTF8 = 0x800


class Member:
    """One file of a zip, to be opened as often as needed, as a path is."""

    def __init__(self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> None:
        self._package, self._entry = package, entry
        self.name = f"{where} › {name_of(entry)}"

    @overload
    def open(self, mode: Literal["rb"]) -> IO[bytes]: ...

    @overload
    def open(
        self, mode: Literal["r"] = "r", *, encoding: str, errors: str | None = None, newline: str | None = None
    ) -> io.TextIOWrapper: ...

    def open(
        self, mode: str = "r", encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> IO[bytes] | io.TextIOWrapper:
        """The unpacked bytes, or text where an encoding is given."""
        stream = self._package.open(self._entry)
        return stream if mode == "rb" else io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=newline)


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of a file in a zip: UTF-8 where it says so, else what its bytes are as UTF-8 or GBK."""
    if entry.flag_bits & _NAMED_IN_UTF8:
        return entry.filename
    try:
        written = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
