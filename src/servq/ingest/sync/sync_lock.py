"""One at a time: a lock that a process holds while it pulls, and that goes with the process however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from servq.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = "sync.lock"


@contextmanager
def alone(home: Path) -> Iterator[bool]:
    """Whether no other process of this home is pulling; while the block runs none can begin.

    Raises:
        UsageError: the home cannot be written.
    """
    path = home / LOCK_FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UsageError(
            f"无法写入：{error.strerror}", f"it cannot be written: {error.strerror}", where=str(path)
        ) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(lock)
