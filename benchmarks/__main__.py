"""`python -m benchmarks [load|words|reruns|browser …] [--quick] [--write]`: measure, print, write the guide.

`python -m benchmarks company --size sample|middle|big|huge [--home FOLDER]`: a made company, printed only.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import browsing, companies, company, growth, loading, reruns, table, wording
from benchmarks.homes import sample_home
from benchmarks.process import busy, yardstick
from benchmarks.rows import Row

PARTS = ("load", "words", "reruns", "browser")
COMPANY = "company"
"""A part by itself: it is never written into the guide, whose lines are all measured in one run."""


@dataclass(frozen=True)
class Sizes:
    """How much a run measures."""

    load_rows: int = 100_000
    load_runs: int = 2
    growth: tuple[int, int, int] = (5_000, 1_000, 12)
    responses: tuple[int, int] = (10_000, 1_000_000)
    weeks: int = 8
    rounds: int = 3


QUICK = Sizes(load_rows=5_000, load_runs=1, growth=(1_000, 200, 2), responses=(1_000, 20_000), weeks=3, rounds=2)


def main() -> None:
    """Run the benchmarks asked for; every process that was started ends with this one."""
    wanted = _arguments()
    logging.disable(logging.WARNING)
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    started, speeds, rows = time.monotonic(), [yardstick()], []
    try:
        for row in _asked(wanted):
            rows.append(row)
            speeds.append(yardstick())
    finally:  # what was measured before an interruption is worth seeing too
        state = _state(speeds)
        table.show(rows, f"{state}; {time.monotonic() - started:.0f} s")
    if wanted.write:
        table.write(rows, state)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)} (all); {COMPANY}")
    parser.add_argument("--quick", action="store_true", help="小规模试跑 / small sizes, to see that it works")
    parser.add_argument(
        "--size", choices=list(company.SIZES), default="sample", help="公司的规模 / size of the company"
    )
    parser.add_argument("--home", type=Path, help="公司所在的文件夹，留作下次用 / where the company is made and kept")
    parser.add_argument("--write", action="store_true", help="写入 docs/performance.md / write the guide from this run")
    wanted = parser.parse_args()
    unknown = set(wanted.parts) - {*PARTS, COMPANY}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if COMPANY in wanted.parts and (len(wanted.parts) > 1 or wanted.write):
        parser.error(f"{COMPANY} is measured by itself and printed only")
    return wanted


def _asked(wanted: argparse.Namespace) -> Iterator[Row]:
    sizes = QUICK if wanted.quick else Sizes()
    if wanted.parts != [COMPANY]:
        yield from _measured(wanted.parts or list(PARTS), sizes)
        return
    _say("公司 / company")
    with tempfile.TemporaryDirectory(prefix="servq-bench-") as folder:
        home = Path(folder) if wanted.home is None else wanted.home
        home.mkdir(parents=True, exist_ok=True)
        yield from companies.measure(wanted.size, home, 1 if wanted.quick else sizes.rounds)


def _measured(parts: list[str], sizes: Sizes) -> Iterator[Row]:
    if "load" in parts:
        _say("载入 / loading")
        yield from loading.measure(sizes.load_rows, sizes.load_runs)
    if "words" in parts:
        _say("文字 / words")
        yield from wording.measure(sizes.load_rows, sizes.load_runs)
        yield from growth.measure(*sizes.growth)
    if not {"reruns", "browser"} & set(parts):
        return
    with sample_home() as sample:
        if "reruns" in parts:
            _say("页面 / pages")
            yield from reruns.measure(sample, sizes.responses, sizes.weeks, sizes.rounds)
        if "browser" in parts and browsing.browser_is_there():
            _say("浏览器 / browser")
            yield from browsing.measure(sample, sizes.responses[0], sizes.weeks)


def _say(what: str) -> None:
    print(f"正在测量 / measuring: {what} …", file=sys.stderr, flush=True)


def _state(speeds: list[float]) -> str:
    """How fast and how busy the machine was, so that two runs can be told apart."""
    load = busy()
    crowd = "" if load is None else f", {load:.1f} processes wanting each core at the end"
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, a fixed loop took {min(speeds):.0f} to "
        f"{max(speeds):.0f} ms of CPU over the run{crowd}"
    )


if __name__ == "__main__":
    main()
