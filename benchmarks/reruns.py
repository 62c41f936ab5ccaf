"""What one rerun of a page costs the server: CPU time per change of the week, small and large warehouse side by side.

A process serves about (one core ÷ CPU per rerun) reruns a second, so this is the number that decides how many people
can look at once. A first look at a week (cold) computes; every further look, by anybody (warm), only draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.client import Reader, reading
from benchmarks.homes import grown_home
from benchmarks.process import cpu_seconds, peak_memory_mb
from benchmarks.rows import Row, less_is_better
from benchmarks.server import APP, PLAIN_PAGE, Server, running
from servq.records import Label

PAGES = {
    "": Label("每周得分", "weekly scores"),
    "causes": Label("投诉根因", "root causes"),
    "consistency": Label("渠道一致性", "channel consistency"),
}
WARM_GOAL = "≤ 25"


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds of the server per rerun, and the median wait for the whole answer in milliseconds."""

    cpu: float | None
    wait: float
    runs: int


@dataclass(frozen=True)
class Looked:
    """A page whose week was changed again and again: each week for the first time, then all of them anew."""

    cold: Cost
    warm: Cost


@dataclass(frozen=True)
class Served:
    """A server that was asked: its pages, and the MiB that it held at most."""

    pages: dict[str, Looked]
    peak_mb: float | None


def measure(sample: Path, sizes: tuple[int, int], weeks: int, rounds: int) -> list[Row]:
    """Every page at both sizes, and the plain page beside the first of them."""
    ours: dict[int, Served] = {}
    plain: dict[int, Served] = {}
    for size in sizes:
        with grown_home(sample, size) as home:
            ours[size] = _served(APP, home, list(PAGES), weeks, rounds)
            plain[size] = _served(PLAIN_PAGE, home, [""], weeks, rounds)
    return [*_page_rows(sizes, ours, plain), *_size_rows(sizes, ours, plain)]


def _page_rows(sizes: tuple[int, int], ours: dict[int, Served], plain: dict[int, Served]) -> list[Row]:
    """Each page at each size; only the weekly page has a plain one beside it."""
    rows = []
    for size in sizes:
        for page, name in PAGES.items():
            looked, beside = ours[size].pages[page], None if page else plain[size].pages[""]
            zh, en = f"{name.zh}，{size:,} 份答卷", f"{name.en}, {size:,} responses"
            rows += [
                _row(f"{zh}：看过的周", f"{en}: a week seen before", looked.warm, beside, WARM_GOAL),
                _row(f"{zh}：头一次看的周", f"{en}: a week seen first", looked.cold, beside),
            ]
            if beside is not None:
                wait, other = looked.warm.wait, beside.warm.wait
                label = Label(f"{zh}：看过的周，等待 p50", f"{en}: seen before, wait p50")
                rows.append(Row(label, "ms", wait, other, less_is_better(wait, other), looked.warm.runs))
    return rows


def _row(zh: str, en: str, cost: Cost, beside: Looked | None, goal: str = "") -> Row:
    other = None if beside is None else beside.warm.cpu  # the plain page works the same each time
    return Row(Label(zh, en), "CPU ms", cost.cpu, other, less_is_better(cost.cpu, other), cost.runs, goal)


def _size_rows(sizes: tuple[int, int], ours: dict[int, Served], plain: dict[int, Served]) -> list[Row]:
    """How much more the large warehouse costs than the small one: here "ours" and "plain" are factors themselves."""
    small, large = sizes
    times, runs = f"{large // small}", ours[large].pages[""].warm.runs
    grows = [less_is_better(some[small].pages[""].warm.cpu, some[large].pages[""].warm.cpu) for some in (ours, plain)]
    peaks = [ours[large].peak_mb, plain[large].peak_mb]
    return [
        Row(Label(f"答卷多 {times} 倍，重看的 CPU 变为几倍", f"{times} × the responses: CPU of a rerun becomes"), "×",
            grows[0], grows[1], less_is_better(grows[0], grows[1]), runs, "≈ 1"),
        Row(Label(f"{large:,} 份答卷时服务器内存峰值", f"the server's peak memory at {large:,} responses"), "MiB",
            peaks[0], peaks[1], less_is_better(peaks[0], peaks[1])),
    ]  # fmt: skip


def _served(script: Path, home: Path, pages: Sequence[str], weeks: int, rounds: int) -> Served:
    with running(script, home) as server:
        looked = {page: asyncio.run(_look(server, page, weeks, rounds)) for page in pages}
        return Served(looked, peak_memory_mb(server.pid))


async def _look(server: Server, page: str, weeks: int, rounds: int) -> Looked:
    async with reading(server.port, page) as reader:
        await reader.open()
        chosen = reader.weeks[1 : weeks + 1]  # the newest is open already
        cold = await _cost(server, reader, chosen)
        return Looked(cold, await _cost(server, reader, chosen * rounds))


async def _cost(server: Server, reader: Reader, weeks: Sequence[str]) -> Cost:
    before = cpu_seconds(server.pid)
    waits = [await reader.choose_week(week) for week in weeks]
    after = cpu_seconds(server.pid)
    cpu = None if before is None or after is None else (after - before) * 1000 / len(weeks)
    return Cost(cpu, median(waits) * 1000, len(weeks))
