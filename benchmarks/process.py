"""Resource use of a process: CPU seconds and peak memory, read from /proc (Linux); None elsewhere."""

from __future__ import annotations

import os
import time
from pathlib import Path

LOOPS = 2_000_000


def cpu_seconds(pid: int) -> float | None:
    """User and system time of a process with all its threads, ended ones too; None where there is no /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold spaces
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory_mb(pid: int | str = "self") -> float | None:
    """The peak memory of a process, in MiB; None where there is no /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def yardstick() -> float:
    """CPU milliseconds of a fixed loop in plain Python: the speed of this machine at this moment."""
    started = time.process_time()
    total = 0
    for number in range(LOOPS):
        total += number
    return (time.process_time() - started) * 1000


def busy() -> float | None:
    """Runnable processes in the last minute, per core; None where the system does not say."""
    try:
        return os.getloadavg()[0] / (os.cpu_count() or 1)
    except OSError:
        return None
