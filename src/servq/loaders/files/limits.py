"""Limits on the content of one file, and the refusal of a file that exceeds one.

Owns the names of the limits, the sentence and a file's time limit. The values come from the configuration. Guide:
docs/files.md.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import islice

from servq.configuration import FileLimits
from servq.errors import FileRefused
from servq.records import Label

BLOCK = 1_000
"""Rows that are looked at together: a look at each would be a tenth of what reading them costs."""

NAMES: dict[str, Label] = {
    "file_bytes": Label("文件大小（字节）", "bytes of the file"),
    "inflated_bytes": Label("工作簿解压后的大小（字节）", "bytes of the workbook when unpacked"),
    "zip_entries": Label("工作簿部件数", "parts of the workbook"),
    "zip_ratio": Label("部件解压后与压缩时的大小之比", "times the packed size of a part when unpacked"),
    "rows": Label("行数", "rows"),
    "columns": Label("列数", "columns"),
    "cell_chars": Label("单个单元格的字符数", "characters in one cell"),
    "seconds": Label("读取时间（秒）", "seconds of reading"),
}
"""Every limit, as the refusal and docs/files.md name it."""


class Beyond(Exception):
    """A limit of this name is exceeded; the caller, who knows the file, makes a refusal of it."""


@dataclass(frozen=True)
class Bounds:
    """The limits of one file while it is read.

    Attributes:
        where: the file's name, for refusals.
        started: when reading began, by the clock that never jumps.
    """

    limits: FileLimits
    where: str
    started: float = field(default_factory=time.monotonic)

    def over(self, limit: str, row: int = 0) -> FileRefused:
        """The refusal of a file that exceeds this limit, with the row where a single row does."""
        most = getattr(self.limits, limit)
        return FileRefused(
            f"{NAMES[limit].zh}超过上限 {most:,}",
            f"more than {most:,} {NAMES[limit].en}",
            where=f"{self.where}:{row}" if row else self.where,
            hint_zh=f"请拆分文件，或在 servq.toml 的 [limits] 中调高 {limit}",
            hint_en=f"Split the file, or raise {limit} under [limits] in servq.toml",
        )

    def in_time(self) -> None:
        """Raise when the time limit is exceeded.

        Raises:
            FileRefused: the time for this file is over.
        """
        if time.monotonic() - self.started > self.limits.seconds:
            raise self.over("seconds")

    def rows(self, rows: Iterable[tuple[int, list[str]]]) -> Generator[tuple[int, list[str]]]:
        """The rows, as long as neither their number, their width nor the time exceeds a limit.

        Raises:
            FileRefused: too many, too wide, or too late.
        """
        count, rest = 0, iter(rows)
        while block := list(islice(rest, BLOCK)):
            count += len(block)
            if count > self.limits.rows:
                raise self.over("rows")
            if max(len(cells) for _, cells in block) > self.limits.columns:
                wide = next(number for number, cells in block if len(cells) > self.limits.columns)
                raise self.over("columns", wide)
            self.in_time()
            yield from block
