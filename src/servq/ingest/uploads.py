"""The private folder of an uploaded file, locked by its reader and removed afterwards.

The next start of any servq process removes what a killed one left. Knows no browser and never looks into the bytes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "uploads"
"""Beside the warehouse, on whose disk there is room for what will be loaded."""


@contextmanager
def own_folder(home: Path) -> Iterator[Path]:
    """A folder for one file that only this user can read, removed at the end of the block in any case."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    clear_away(home)
    with _locked(folder, fcntl.LOCK_SH):  # nobody clears away between the making and the lock
        made = TemporaryDirectory(prefix=f"{os.getpid()}-", dir=folder)
        lock = os.open(made.name, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        with made:
            yield Path(made.name)
    finally:
        os.close(lock)


def clear_away(home: Path) -> None:
    """Remove the folders of killed processes: a lock ends with its process, whoever has the process number now."""
    folder = home / FOLDER
    if not folder.is_dir():
        return
    with suppress(OSError), _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):  # somebody else is at it
        for left in folder.iterdir():
            with suppress(OSError):  # in use, or not ours
                _remove(left)


def _remove(left: Path) -> None:
    if not left.is_dir() or left.is_symlink():
        left.unlink()
        return
    with _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
        shutil.rmtree(left)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, how)
        yield
    finally:
        os.close(lock)
