"""The sync lock: held by a process while it pulls, and released however the process ends."""

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
    """Hold the lock for the block; yields whether no other process of this home is pulling.

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
