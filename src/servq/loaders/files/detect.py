"""The kind of a file, told from its bytes and never from its name: table text, workbook, or a refused kind.

Owns the first look and the fingerprint (SHA-256). Encodings are detected in encodings.py.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from typing import TYPE_CHECKING, Literal

from servq.errors import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servq.loaders.files.limits import Bounds
    from servq.loaders.files.zip_member import Member

from servq.records import Label

BLOCK = 1 << 20
BEGINNING = 512
"""Bytes in which a web page or JSON shows what it is."""

Form = Literal["csv", "zip", "compound", "html"]

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/{1,2}[^/]")  # a path has lost one of the two slashes

_OF_XML = re.compile(rb"schemas-microsoft-com:office:spreadsheet|<workbook[ >]")

OTHERS: tuple[tuple[bytes, Label], ...] = (
    (b"%PDF", Label("PDF 文档", "a PDF document")),
    (b"PAR1\x15", Label("Parquet 文件", "a Parquet file")),
    (b"\x80\x02", Label("pickle 数据", "pickled data")),
    (b"\x80\x03", Label("pickle 数据", "pickled data")),
    (b"\x80\x04", Label("pickle 数据", "pickled data")),
    (b"\x80\x05", Label("pickle 数据", "pickled data")),
    (b"ARROW1\0\0", Label("Arrow 文件", "an Arrow file")),
    (b"SQLite format 3\0", Label("SQLite 数据库", "an SQLite database")),
    (b"\x1f\x8b", Label("gzip 压缩文件", "a gzip archive")),
    (b"BZh91AY&SY", Label("bzip2 压缩文件", "a bzip2 archive")),
    (b"\xfd7zXZ", Label("xz 压缩文件", "an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", Label("7z 压缩文件", "a 7z archive")),
    (b"Rar!", Label("RAR 压缩文件", "a RAR archive")),
    (b"PK\x05\x06", Label("空的压缩包", "an empty zip archive")),
    (b"\x89PNG", Label("图片", "a picture")),
    (b"\xff\xd8\xff", Label("图片", "a picture")),
    (b"GIF8", Label("图片", "a picture")),
    (b"{\\rtf", Label("RTF 文档", "an RTF document")),
    (b"\xff\xfe\0\0", Label("UTF-32 文本", "text in UTF-32")),
    (b"\0\0\xfe\xff", Label("UTF-32 文本", "text in UTF-32")),
)
"""The first bytes of refused kinds of file, and their names."""


def look(path: Path, bounds: Bounds) -> tuple[Form, str]:
    """Whether a file is a CSV or a workbook, and its SHA-256.

    Raises:
        FileRefused: not there, not a plain file, empty, too large, or neither of the two by its content.
    """
    _check_plain(path, bounds)
    digest, head = hashlib.sha256(), b""
    for block in blocks(path, bounds):
        head = head or block
        digest.update(block)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileRefused(
            "文件是空的",
            "the file is empty",
            where=path.name,
            hint_zh="请确认导出已完成",
            hint_en="See whether the export was finished",
        )
    return form_of(head, path.name), digest.hexdigest()


def blocks(path: Path | Member, bounds: Bounds) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time; never more than a file may have, though it grow meanwhile.

    Raises:
        FileRefused: the file cannot be read, or it is too large or too slow.
    """
    size = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > bounds.limits.file_bytes:
                    raise bounds.over("file_bytes")
                bounds.in_time()
                yield block
    except OSError as err:
        raise FileRefused(
            f"文件读不出来：{err.strerror}",
            f"the file cannot be read: {err.strerror}",
            where=path.name,
            hint_zh="请检查文件权限",
            hint_en="Check who may read it",
        ) from err


def _check_plain(path: Path, bounds: Bounds) -> None:
    """Refuse what is no file that lies on a disk: a device or a pipe would be opened, and never end."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        found = None
    else:
        try:
            found = os.fstat(handle)
        finally:
            os.close(handle)
    address = _ADDRESS.match(str(path))
    if found is None and os.path.isfile(path):
        return  # there, but not ours to read: `blocks` says so
    if found is None or not stat.S_ISREG(found.st_mode):
        raise FileRefused(
            "这是网址，不是文件" if address else "文件不存在或不是普通文件",
            "this is an address, not a file" if address else "there is no such file, or it is not a plain file",
            where=path.name or str(path),
            hint_zh="请先把文件下载到本机" if address else "请检查路径；目录、设备和管道不能载入",
            hint_en="Download the file first" if address else "Check the path; folders, devices and pipes are not read",
        )
    if found.st_size > bounds.limits.file_bytes:
        raise bounds.over("file_bytes")


def form_of(head: bytes, name: str) -> Form:
    """The kind of a file according to its first bytes.

    Raises:
        FileRefused: something that is not read.
    """
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_COMPOUND):
        return "compound"
    other = next((said for magic, said in OTHERS if head.startswith(magic)), None)
    # the first half of a character in UTF-16 may look like a bracket: 答 is 7B54, and 7B is {
    if other is None and not head.startswith(_UTF16) and b"\0" not in head[:BEGINNING]:
        if _is_page(head):
            return "html"
        other = _text_that_is_no_table(head)
    if other is not None:
        raise no_table(other, name)
    return "csv"


def no_table(what: Label, where: str) -> FileRefused:
    """The refusal of a file that is something else."""
    return FileRefused(
        f"文件内容不是 CSV 或 XLSX，而是{what.zh}",
        f"by its content the file is neither CSV nor XLSX: it is {what.en}",
        where=where,
        hint_zh="请去掉密码、解开压缩，并另存为 .xlsx 或“CSV UTF-8”",
        hint_en="Take off the password, unpack it, and save it as .xlsx or as 'CSV UTF-8'",
    )


def _is_page(head: bytes) -> bool:
    """Whether a text is a web page with a table on it, and no XML that has other tables."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    begins = start[:BEGINNING].lower()
    if not begins.startswith(b"<") or _OF_XML.search(begins) or b"<!ENTITY" in head:
        return False
    return b"<table" in start.lower()


def _text_that_is_no_table(head: bytes) -> Label | None:
    """Web pages that systems export under the name .xls or .csv, and the like."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:BEGINNING].lower()
    if start.startswith(b"<?xml") and b"spreadsheet" in start:
        return Label("XML 表格（2003 版）", "an XML spreadsheet of 2003")
    if start.startswith(b"<"):
        return Label("网页或 XML（常被存成 .xls）", "a web page or XML, as often saved under the name .xls")
    if start.startswith((b"{", b"[{", b"[\n", b"[\r")):
        return Label("JSON 数据", "JSON")
    return None
