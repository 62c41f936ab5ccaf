"""Loading speed: `servq load` beside bare pandas, each in a fresh process.

Bare pandas means: `read_csv` or `read_excel`, times turned to seconds, one bulk insert into the same table with the
same indexes. No checks, no quarantine, no masking, no hashes, no scoring, no cells.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.made import write_export
from benchmarks.rows import Row, middle, more_is_better
from benchmarks.server import ROOT
from servq.records import Label

WAYS = ("servq", "pandas")


@dataclass(frozen=True)
class Loaded:
    """The cost of one fresh process: CPU and wall seconds of the load alone, MiB at its peak (imports included)."""

    rows: int
    cpu: float
    wall: float
    peak_mb: float | None


@dataclass(frozen=True)
class Kind:
    """One kind of file, and how many times as many rows of it as are asked for.

    Attributes:
        rate, memory: what is aimed at; "" for nothing.
    """

    ending: str
    comments: bool
    times: float
    rate: str = ""
    memory: str = "< 500"


KINDS = (
    Kind(".csv", comments=False, times=1, rate="≥ 20,000, 0.2×"),
    Kind(".csv", comments=True, times=3),
    Kind(".xlsx", comments=False, times=0.2),
)


def measure(count: int, runs: int) -> list[Row]:
    """Rows per CPU second and peak memory of each kind of file; the two ways take turns."""
    found = []
    with tempfile.TemporaryDirectory(prefix="servq-bench-") as folder:
        for kind in KINDS:
            export = Path(folder) / f"surveys-{kind.comments}{kind.ending}"
            write_export(export, round(count * kind.times), kind.comments)
            tried: dict[str, list[Loaded]] = {way: [] for way in WAYS}
            for _ in range(runs):
                for way in WAYS:
                    tried[way].append(in_a_child(way, export, Path(folder)))
            found += _rows(tried["servq"], tried["pandas"], kind, runs)
    return found


def _rows(ours: list[Loaded], plain: list[Loaded], kind: Kind, runs: int) -> list[Row]:
    words = Label("，含评论并打分", ", comments scored") if kind.comments else Label("，无评论", ", no comments")
    what = f"{kind.ending[1:].upper()}"
    count = f"{ours[0].rows:,}"
    rate, bare = (middle([one.rows / one.cpu for one in some]) for some in (ours, plain))
    peak, bare_peak = (middle([one.peak_mb for one in some if one.peak_mb]) for some in (ours, plain))
    return [
        Row(
            Label(f"载入问卷 {what} {count} 行{words.zh}", f"surveys {what}, {count} rows{words.en}"),
            "rows/CPU s", rate, bare, more_is_better(rate, bare), runs, kind.rate,
        ),
        Row(
            Label(f"载入 {what} {count} 行的内存峰值{words.zh}", f"its peak memory{words.en}"),
            "MiB", peak, bare_peak, bare_peak / peak if peak and bare_peak else None, runs, kind.memory,
        ),
    ]  # fmt: skip


def in_a_child(way: str, export: Path, folder: Path) -> Loaded:
    """One load in a process of its own, into a warehouse of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        command = [sys.executable, "-m", "benchmarks.one_load", way, str(export), home]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{way}: {done.stderr.strip()}")
    return Loaded(**json.loads(done.stdout.splitlines()[-1]))
