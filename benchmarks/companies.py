"""The cost of a first look at a made company of a size: `python -m benchmarks company --size middle`.

Each measure is a fresh process on the company's warehouse. A home that holds it already is used again; making the big
ones takes minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company import SIZES
from benchmarks.company_home import write_company
from benchmarks.homes import DATABASE
from benchmarks.rows import Row, middle
from benchmarks.server import ROOT
from servq.records import Label
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate

ASKED = {
    "snapshot": Label("载入后第一次读取", "everything read for the first time"),
    "snapshot_again": Label("一周改变后再读取", "read again after one week has changed"),
    "one_week_counted": Label("一周的汇总单元与周块重算", "cells and blocks of one week counted again"),
    "weekly": Label("每周得分的全部比较，首次", "all comparisons of the weekly page, first week"),
    "next_week": Label("每周得分的全部比较，换一周", "all comparisons of the weekly page, another week"),
    "sources": Label("三源对照，26 周", "three sources, 26 weeks"),
    "consistency": Label("渠道一致性矩阵，26 周", "consistency matrix, 26 weeks"),
}
"""What `benchmarks.one_look` measures -> what it is."""


@dataclass(frozen=True)
class Looked:
    """One fresh process: CPU seconds of each step, MiB at the peak of reading and of all."""

    seconds: dict[str, float]
    peak_mb: float | None
    peak_all_mb: float | None


def measure(size: str, home: Path, runs: int) -> list[Row]:
    """The cost of a first look at the company of a size, which is made where the home does not hold it yet."""
    file = home / DATABASE
    warehouse = Warehouse(f"sqlite:///{file}")
    new = not file.exists()
    migrate(warehouse)
    if new:
        write_company(warehouse, SIZES[size])
    warehouse.close()
    looked = [_look(home) for _ in range(runs)]
    what = f"{SIZES[size].answers:,}"
    rows = [
        Row(
            Label(f"{what} 份答卷：{label.zh}", f"{what} answers: {label.en}"),
            "CPU s",
            middle([one.seconds[name] for one in looked]),
            runs=runs,
        )
        for name, label in ASKED.items()
    ]
    peaks = middle([one.peak_mb for one in looked if one.peak_mb])
    return [
        *rows,
        Row(
            Label(f"{what} 份答卷：读取的内存峰值", f"{what} answers: peak memory of reading"), "MiB", peaks, runs=runs
        ),
    ]


def _look(home: Path) -> Looked:
    command = [sys.executable, "-m", "benchmarks.one_look", str(home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return Looked(**json.loads(done.stdout.splitlines()[-1]))
