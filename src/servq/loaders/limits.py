"""Limits: the refusal of a file that has more of something than is read.

Owns their names and the sentence. The figures come from the configuration.
"""

from __future__ import annotations

from servq.configuration import Limits
from servq.errors import FileRefused
from servq.records import Label

NAMES: dict[str, Label] = {
    "file_bytes": Label("文件大小（字节）", "bytes of the file"),
    "inflated_bytes": Label("解压后的大小（字节）", "bytes of the workbook when unpacked"),
    "zip_entries": Label("工作簿部件数", "parts of the workbook"),
    "zip_ratio": Label("压缩比", "unpacked against packed size of a part"),
    "rows": Label("行数", "rows"),
    "columns": Label("列数", "columns"),
    "cell_chars": Label("单元格字符数", "characters in one cell"),
    "seconds": Label("读取时间（秒）", "seconds of reading"),
}
"""Every limit, as the refusal and docs/files.md name it."""


def over(limit: str, limits: Limits, where: str) -> FileRefused:
    """The refusal of a file that goes beyond this limit."""
    most = getattr(limits, limit)
    return FileRefused(
        f"{NAMES[limit].zh}超过上限 {most:,}",
        f"more than {most:,} {NAMES[limit].en}",
        where=where,
        hint_zh=f"请拆分文件，或在 servq.toml 的 [limits] 中调高 {limit}",
        hint_en=f"Split the file, or raise {limit} under [limits] in servq.toml",
    )
