"""Temporary files of the tests: in memory where there is room; slow preparations are made once for all workers.

A new database of PostgreSQL is some three hundred files; on the disk measured, making and dropping one took twelve
times the processor time that it takes in memory.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 * 2**30
"""A whole run needs less than a quarter of this at any time."""


def write_to_memory() -> None:
    """Let this process and all it starts make their temporary files in memory, unless TMPDIR says where."""
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # asked for anew


def _has_room(folder: Path) -> bool:
    """Whether programs may be run from a folder and much may be written there; a container's is often small."""
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= ENOUGH_BYTES


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to need it fills, while the others wait: to be copied, never to be opened."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, filled = base / name, base / f"{name}.filled"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            make(folder)
            filled.touch()
    return folder
