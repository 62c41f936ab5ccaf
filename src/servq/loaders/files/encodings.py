"""Detection of a text file's encoding from all of its bytes.

Owns the order in which encodings are tried, and the tests of plausibility. Nothing that cannot be decoded is ever
replaced, and a text that fits two encodings equally well is refused.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from servq.errors import FileRefused
from servq.loaders.files.detect import blocks, no_table
from servq.loaders.files.limits import Bounds
from servq.loaders.files.undecodable import STRICT, stops_at
from servq.records import Label

if TYPE_CHECKING:
    from servq.loaders.files.zip_member import Member

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

ODD = 0.6
"""Above this share of characters from the far corners of GBK, a text is none: letters of the West with their accents
look like that. Traditional Chinese in GBK has some 0.2, Chinese of the mainland next to nothing."""
SOME = 0.1
"""Above this share Big5 is considered: in Big5 text some 0.4 of the characters look odd when read as GBK."""
COMMON = 0.9
"""Share of a Big5 text's characters that are among the 5,401 common ones; mainland Chinese read as Big5 has 0.6."""
ENOUGH = 1 << 22
"""Bytes that are enough to tell one encoding from another."""


def find_encoding(path: Path | Member, bounds: Bounds, declared: str = "", errors: str = STRICT) -> str:
    """The encoding in which every byte of a file can be read: the declared one, else the detected one.

    A byte order mark is believed. UTF-8 is tried first because Chinese text in another encoding is practically never
    valid UTF-8; the whole file is tried because one stray byte at its end is reason enough to stop.

    Args:
        errors: how the declared one reads the bytes that it does not know.

    Raises:
        FileRefused: no encoding fits, or two fit equally well.
    """
    head = next(blocks(path, bounds))
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if declared:
        if not _decodes(path, declared, bounds, errors):
            raise _no_encoding(path, declared, bounds, [declared], errors)
        same = marked == "utf-8-sig" and codecs.lookup(declared).name == "utf-8"
        return marked if same else declared
    for encoding in [marked] if marked else chain(["utf-8"], _utf_16(head)):
        if _decodes(path, encoding, bounds):
            return encoding
    if b"\0" in head and not marked:
        raise no_table(Label("二进制数据", "binary data"), path.name)
    if marked or not _decodes(path, "gb18030", bounds):
        tried = [marked] if marked else ["utf-8", "gb18030", "cp950"]
        raise _no_encoding(path, marked or "UTF-8, UTF-16, GB18030, Big5", bounds, tried)
    return _gb18030_or_big5(path, bounds)


def _utf_16(head: bytes) -> Iterator[str]:
    """UTF-16 without a mark, where every second byte of the many digits and commas is zero."""
    zeros = np.frombuffer(head[: len(head) // 2 * 2], dtype=np.uint8).reshape(-1, 2) == 0
    first, second = zeros.mean(axis=0) if len(zeros) else (0.0, 0.0)
    # some characters of Chinese have a zero on the other side: 一 is 4E00
    if second > max(SOME, 4 * first):
        yield "utf-16-le"
    if first > max(SOME, 4 * second):
        yield "utf-16-be"


def _gb18030_or_big5(path: Path | Member, bounds: Bounds) -> str:
    """Of two encodings that both decode a text the one in which it is Chinese as people write it."""
    text = _beginning(path, bounds)
    odd = _odd_share(text)
    if odd <= SOME:
        return "gb18030"
    if odd < ODD and not _decodes(path, "cp950", bounds):
        return "gb18030"
    if _decodes(path, "cp950", bounds) and _common_share(text) >= COMMON:
        return "big5" if _decodes(path, "big5", bounds) else "cp950"
    raise FileRefused(
        "看不出文件是 GB18030、Big5 还是西文编码",
        "whether the file is in GB18030, Big5 or a Western encoding cannot be told",
        where=path.name,
        hint_zh="请另存为“CSV UTF-8”，或在映射的 [read] 中写明 encoding，如 gb18030、big5、latin-1",
        hint_en="Save it as 'CSV UTF-8', or name its encoding under [read] in a map: gb18030, big5, latin-1 …",
    )


def _beginning(path: Path | Member, bounds: Bounds) -> bytes:
    """The first megabytes without a character torn in two: they end with a line."""
    found = b""
    for block in blocks(path, bounds):
        found += block
        if len(found) >= ENOUGH:
            return found[: found.rfind(b"\n") + 1] or found
    return found


def _odd_share(text: bytes) -> float:
    """The share of characters, read as GBK, whose second byte no character of daily Chinese has."""
    counts = {code: count for code, count in _characters(text, "gb18030") if len(code) == 2}
    return sum(count for code, count in counts.items() if code[1] < 0x80) / max(sum(counts.values()), 1)


def _common_share(text: bytes) -> float:
    """The share of characters, read as Big5, that are common ones; punctuation does not count."""
    counts = {code: count for code, count in _characters(text, "cp950") if code[0] >= 0xA4}
    return sum(count for code, count in counts.items() if code[0] <= 0xC6) / max(sum(counts.values()), 1)


def _characters(text: bytes, encoding: str) -> Iterator[tuple[bytes, int]]:
    """Every character beyond ASCII as its bytes, and how often it stands there."""
    decoded = codecs.getincrementaldecoder(encoding)(errors="strict").decode(text)
    return ((char.encode(encoding), count) for char, count in Counter(decoded).items() if not char.isascii())


def _decodes(path: Path | Member, encoding: str, bounds: Bounds, errors: str = STRICT) -> bool:
    """Whether every byte is text in this encoding, and none of it the NUL that no text has."""
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    longest, running = bounds.limits.columns * bounds.limits.cell_chars, 0
    try:
        for block in blocks(path, bounds):
            text = decoder.decode(block)
            if "\0" in text:
                return False
            running = 0 if "\n" in text or "\r" in text else running + len(text)
            if running > longest:  # one line whose cells alone would fill the memory
                raise bounds.over("columns")
        return "\0" not in decoder.decode(b"", final=True)
    except UnicodeError:
        return False


def _no_encoding(
    path: Path | Member, said: str, bounds: Bounds, tried: Sequence[str], errors: str = STRICT
) -> FileRefused:
    """The refusal, with the line in which the encoding stops that comes farthest."""
    stops = [(stop, name) for name in tried if (stop := stops_at(blocks(path, bounds), name, errors)) is not None]
    stop, name = max(stops, default=(None, ""))
    where_zh = where_en = more_zh = more_en = ""
    if stop is not None and stop.byte:
        shown = name.upper()
        where_zh = f"：按 {shown} 读到第 {stop.line} 行，字节 {stop.byte} 不是文字"
        where_en = f": as {shown} it is text up to line {stop.line}, where the byte {stop.byte} is none"
        more_zh = (
            f'；若知道它是什么，在映射的 [read] 中写 encoding = "{name}" 和 undecodable = {{ "{stop.byte}" = "…" }}'
        )
        more_en = (
            f'; if you know what it means, write encoding = "{name}" and undecodable = {{ "{stop.byte}" = "…" }} there'
        )
    return FileRefused(
        f"文件无法按 {said} 解码{where_zh}",
        f"the file cannot be decoded as {said}{where_en}",
        where=path.name,
        hint_zh=f"请另存为“CSV UTF-8”，或在映射的 [read] 中写明 encoding{more_zh}；若不是文本，请导出为 CSV 或 XLSX",
        hint_en=f"Save it as 'CSV UTF-8', or name its encoding under [read] in a map{more_en}; "
        "export what is no text as CSV",
    )
