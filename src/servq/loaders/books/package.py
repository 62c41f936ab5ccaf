"""The zip package of a workbook, checked before any parser reads it.

Owns the parts a package may hold, its size limits, and the search for document types and entities in every part.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from servq.errors import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servq.loaders.files.limits import Bounds

_MARKS = (b"<!", b"<\0!\0", b"\0<\0!")
_FORBIDDEN = tuple(
    text.encode(encoding) for text in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
_READABLE = {b"UTF-8", b"UTF-16", b"UTF-16LE", b"UTF-16BE", b"US-ASCII", b"ASCII", b"ISO-8859-1"}
"""Encodings in which a forbidden word is found by its bytes; others could hide one."""

_MERGED = re.compile(rb"mergeCell\s[^>]{0,200}?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']")
_OVERLAP = 300
_BLOCK = 1 << 18
_SMALL = 1 << 20
"""A part of this size cannot burst anything, however tightly it was packed."""

_OTHERS = {
    "xl/workbook.bin": ("二进制工作簿 .xlsb", "a binary workbook (.xlsb)"),
    "xl/vbaProject.bin": ("含宏的工作簿", "a workbook with macros"),
    "word/document.xml": ("Word 文档", "a Word document"),
    "ppt/presentation.xml": ("PowerPoint 文稿", "a PowerPoint presentation"),
    "content.xml": ("OpenDocument 文件（.ods 等）", "an OpenDocument file (.ods or the like)"),
}
"""Other kinds of zip, by a part that only they have."""

WORKBOOK = "[Content_Types].xml"
"""The part that every XLSX has."""

Merged = tuple[str, int, int]
"""Letters of the first column, first row and last row of a merged area."""


def check_package(path: Path, bounds: Bounds, needs: str = WORKBOOK) -> dict[str, set[Merged]]:
    """Look through a workbook before it is opened.

    Args:
        needs: the part without which it is no workbook of this make.

    Returns:
        For each part the areas of merged cells that it names.

    Raises:
        FileRefused: not a workbook, encrypted, beyond a limit, or with a DTD or entity in any part.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _check_names([part.filename for part in parts], path, needs)
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused("工作簿已加密", "the workbook is encrypted", where=path.name)
            check_sizes(parts, bounds)
            room, merged = bounds.limits.inflated_bytes, {}
            for part in parts:
                size, merged[part.filename] = _look_through(package, part, room, bounds)
                room -= size
            return merged
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as err:
        raise broken(path) from err


def _check_names(names: list[str], path: Path, needs: str) -> None:
    if len(set(names)) < len(names):  # two parts of one name: which of them is read would be a matter of luck
        raise broken(path)
    other = other_of(names) if needs == WORKBOOK else None
    if other or needs not in names:
        zh, en = other or ("普通压缩包", "a plain zip archive")
        raise FileRefused(
            f"压缩包里没有 XLSX 工作簿，这是{zh}",
            f"there is no XLSX workbook in this zip: it is {en}",
            where=path.name,
            hint_zh="请在 Excel 或 WPS 中另存为 .xlsx（普通工作簿）；压缩包请先解压",
            hint_en="Save it as .xlsx (plain workbook) in Excel or WPS; unpack an archive first",
        )


def other_of(names: list[str]) -> tuple[str, str] | None:
    """The name, in both languages, of a known kind of zip that is not read."""
    return next((said for part, said in _OTHERS.items() if part in names), None)


def check_sizes(parts: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    """Check the declared sizes of a package; the real ones are counted while it is unpacked."""
    limits = bounds.limits
    if len(parts) > limits.zip_entries:
        raise bounds.over("zip_entries")
    if sum(part.file_size for part in parts) > limits.inflated_bytes:
        raise bounds.over("inflated_bytes")
    if any(part.file_size > _SMALL + limits.zip_ratio * part.compress_size for part in parts):
        raise bounds.over("zip_ratio")


def unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, bounds: Bounds) -> Iterator[bytes]:
    """One part block by block; what is really in it may be more than the package declares, but not more than allowed.

    Raises:
        FileRefused: more than there is room for, packed too tightly, or too late.
    """
    size, ratio = 0, _SMALL + bounds.limits.zip_ratio * part.compress_size
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > room:
                raise bounds.over("inflated_bytes")
            if size > ratio:
                raise bounds.over("zip_ratio")
            bounds.in_time()
            yield block


def _look_through(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, bounds: Bounds
) -> tuple[int, set[Merged]]:
    """The real size of one part, and its merged areas."""
    size, window, merged = 0, b"", set()
    for block in unpacked(package, part, room, bounds):
        if not size and (said := _DECLARED.search(block)) and said[1].upper() not in _READABLE:
            raise _forbidden(part.filename, bounds.where)
        size += len(block)
        window = window[-_OVERLAP:] + block  # a word may lie across two blocks
        if any(mark in window for mark in _MARKS) and any(word in window for word in _FORBIDDEN):
            raise _forbidden(part.filename, bounds.where)
        if b"mergeCell" in window:
            merged |= {(one.decode(), int(first), int(last)) for one, first, last in _MERGED.findall(window)}
    return size, merged


def _forbidden(part: str, where: str) -> FileRefused:
    return FileRefused(
        f"工作簿部件 {part} 含有 DTD 或实体声明，或用了可以掩藏它们的编码",
        f"the workbook part {part} declares a DTD or an entity, or is encoded so that it could hide one",
        where=where,
        hint_zh="正常的导出不会这样；请重新导出",
        hint_en="No genuine export does this; export it again",
    )


def broken(path: Path) -> FileRefused:
    """The refusal of a workbook that cannot be read."""
    return FileRefused(
        "工作簿已损坏，读不出来",
        "the workbook is damaged and cannot be read",
        where=path.name,
        hint_zh="请用 Excel 打开并另存为 .xlsx",
        hint_en="Open it in Excel and save it as .xlsx",
    )
