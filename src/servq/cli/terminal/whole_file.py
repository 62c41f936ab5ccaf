"""A file that a command writes: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from servq.cli.terminal.output import printable
from servq.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Write beside a file's place and move it there; an interruption or an error leaves no half file.

    Raises:
        UsageError: it cannot be written; what was there before is as it was.
    """
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):  # never there where the folder is none
            beside.unlink()
        raise UsageError(
            f"无法写入：{error.strerror}",
            f"cannot be written: {error.strerror}",
            where=printable(file),
            hint_zh="换一个文件夹或文件名",
            hint_en="Choose another folder or file name",
        ) from error
