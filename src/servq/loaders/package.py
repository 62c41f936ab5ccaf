"""The zip package around a workbook, looked through before any XML parser sees it.

Owns the limits and the search for document types and entities. Never parses XML.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from servq.errors import FileRefused

if TYPE_CHECKING:
    from pathlib import Path

MAX_INFLATED = 1 << 30
"""Bytes that a workbook may have when unpacked, declared or real: 1 GiB, several million cells."""

MAX_PARTS = 10_000
"""Files that a workbook may consist of."""

_FORBIDDEN = tuple(
    text.encode(encoding) for text in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OVERLAP = max(len(text) for text in _FORBIDDEN) - 1
_BLOCK = 1 << 18


def check_package(path: Path) -> None:
    """Look through a workbook before it is opened.

    Raises:
        FileRefused: not a workbook, encrypted, too large when unpacked, or with a DTD or entity in any part.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
                raise FileRefused(
                    "压缩包里没有 XLSX 工作簿",
                    "there is no XLSX workbook in this zip",
                    where=path.name,
                    hint_zh="请另存为 .xlsx（不是 .xlsb、.ods）",
                    hint_en="Save it as .xlsx (not .xlsb or .ods)",
                )
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused("工作簿已加密", "the workbook is encrypted", where=path.name)
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
                raise _too_large(path)
            room = MAX_INFLATED
            for part in parts:
                room -= _look_through(package, part, room, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as err:
        raise broken(path) from err


def _look_through(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, path: Path) -> int:
    """The real size of one part, which may be more than the package declares."""
    size, tail = 0, b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > room:
                raise _too_large(path)
            window = tail + block  # a forbidden word may lie across two blocks
            if any(word in window for word in _FORBIDDEN):
                raise FileRefused(
                    f"工作簿部件 {part.filename} 含有 DTD 或实体声明",
                    f"the workbook part {part.filename} declares a DTD or an entity",
                    where=path.name,
                    hint_zh="正常的导出不会这样；请重新导出",
                    hint_en="No genuine export does this; export it again",
                )
            tail = window[-_OVERLAP:]
    return size


def broken(path: Path) -> FileRefused:
    """The refusal of a workbook that cannot be read."""
    return FileRefused(
        "工作簿已损坏，读不出来",
        "the workbook is damaged and cannot be read",
        where=path.name,
        hint_zh="请用 Excel 打开并另存为 .xlsx",
        hint_en="Open it in Excel and save it as .xlsx",
    )


def _too_large(path: Path) -> FileRefused:
    limit = f"{MAX_INFLATED >> 20} MiB"
    return FileRefused(
        f"工作簿解压后超过 {limit} 或部件超过 {MAX_PARTS} 个",
        f"unpacked, the workbook exceeds {limit} or {MAX_PARTS} parts",
        where=path.name,
        hint_zh="请分成几个文件，或导出为 CSV",
        hint_en="Split it, or export it as CSV",
    )
