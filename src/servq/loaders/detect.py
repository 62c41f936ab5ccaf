"""What a file is, told from its bytes and never from its name: table text or workbook, encoding, fingerprint.

Owns the first look. Never parses a row and never replaces a byte that cannot be decoded.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from typing import TYPE_CHECKING, Literal

from servq.errors import FileRefused
from servq.loaders.limits import over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servq.configuration import Limits

BLOCK = 1 << 20

Form = Literal["csv", "xlsx"]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx with a password
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def look(path: Path, limits: Limits) -> tuple[Form, str]:
    """Whether a file is a CSV or a workbook, and its SHA-256.

    Raises:
        FileRefused: not there, not a plain file, empty, too large, or neither of the two by its content.
    """
    if not os.path.isfile(path):  # false also where the folder may not be entered
        raise FileRefused(
            "文件不存在或不是普通文件",
            "there is no such file, or it is not a plain file",
            where=path.name,
            hint_zh="请检查路径",
            hint_en="Check the path",
        )
    if path.stat().st_size > limits.file_bytes:
        raise over("file_bytes", limits, path.name)
    digest, head = hashlib.sha256(), b""
    for block in blocks(path):
        head = head or block
        digest.update(block)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileRefused("文件是空的", "the file is empty", where=path.name)
    return _form(head, path.name), digest.hexdigest()


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a megabyte at a time.

    Raises:
        FileRefused: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block
    except OSError as err:
        raise FileRefused(
            f"文件读不出来：{err.strerror}", f"the file cannot be read: {err.strerror}", where=path.name
        ) from err


def find_encoding(path: Path, declared: str = "") -> str:
    """The encoding in which every byte of a file can be read: the declared one, else UTF-8, else GB18030.

    UTF-8 is tried first because Chinese GB18030 text is practically never valid UTF-8; the whole file is tried because
    one stray byte at its end is reason enough to stop.

    Raises:
        FileRefused: no encoding fits.
    """
    candidates = [declared] if declared else ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(path, encoding):
            with_bom = next(blocks(path)).startswith(codecs.BOM_UTF8)
            return "utf-8-sig" if with_bom and codecs.lookup(encoding).name == "utf-8" else encoding
    listed = declared or "UTF-8, GB18030"
    raise FileRefused(
        f"文件无法按 {listed} 解码",
        f"the file cannot be decoded as {listed}",
        where=path.name,
        hint_zh="请另存为 UTF-8 的 CSV，或在映射的 [read] 中写明 encoding",
        hint_en="Save it as CSV in UTF-8, or name its encoding under [read] in a map",
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    try:
        for block in blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _form(head: bytes, name: str) -> Form:
    if head.startswith(_ZIP):
        return "xlsx"
    if head.startswith(_OLE):
        raise FileRefused(
            "这是旧版 .xls 或带密码的工作簿",
            "this is an old .xls or a workbook with a password",
            where=name,
            hint_zh="请在 Excel 中去掉密码并另存为 .xlsx",
            hint_en="Remove the password and save it as .xlsx in Excel",
        )
    if head.startswith(_UTF16):
        raise FileRefused(
            "文件是 UTF-16 编码",
            "the file is in UTF-16",
            where=name,
            hint_zh="请另存为“CSV UTF-8”",
            hint_en="Save it as 'CSV UTF-8'",
        )
    # Some systems export an HTML page and call it .xls or .csv.
    markup = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    if markup or b"\0" in head or head.startswith((b"%PDF", b"\x1f\x8b", b"PAR1")):
        raise FileRefused(
            "文件内容不是 CSV 或 XLSX",
            "by its content the file is neither CSV nor XLSX",
            where=name,
            hint_zh="请从原系统重新导出为 CSV 或 XLSX",
            hint_en="Export it again as CSV or XLSX",
        )
    return "csv"
