"""The server's cost of one page rerun: CPU time per change of the week, small and large warehouse side by side.

A process serves about (one core ÷ CPU per rerun) reruns a second, so this number decides how many readers it can serve
at once. The first view of a week (cold) computes; every further one, by anybody (warm), only draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
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


SERVQ, PLAIN = "servq", "plain"
SCRIPTS = {SERVQ: APP, PLAIN: PLAIN_PAGE}

Who = tuple[str, int]
"""Which way, on how many responses."""


@dataclass
class Cost:
    """The cost of some reruns: CPU seconds of the server (None where the system does not tell), and each wait."""

    seconds: float | None = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def runs(self) -> int:
        """The number of reruns."""
        return len(self.waits)

    @property
    def cpu(self) -> float | None:
        """CPU milliseconds per rerun."""
        return None if self.seconds is None else self.seconds * 1000 / self.runs

    @property
    def wait(self) -> float:
        """The median wait for the whole answer, in milliseconds."""
        return median(self.waits) * 1000

    async def ask(self, server: Server, reader: Reader, weeks: Sequence[str]) -> None:
        """View these weeks one after the other."""
        before = cpu_seconds(server.pid)
        self.waits += [await reader.choose_week(week) for week in weeks]
        after = cpu_seconds(server.pid)
        if self.seconds is None or before is None or after is None:
            self.seconds = None
        else:
            self.seconds += after - before


@dataclass
class Looked:
    """A page whose week was changed again and again: each week for the first time, then all of them again."""

    cold: Cost = field(default_factory=Cost)
    warm: Cost = field(default_factory=Cost)


@dataclass(frozen=True)
class Served:
    """A measured server: its pages, and its peak memory in MiB."""

    pages: dict[str, Looked]
    peak_mb: float | None


def measure(sample: Path, sizes: Sequence[int], weeks: int, rounds: int) -> list[Row]:
    """Every page at both sizes and the plain page beside them, all servers up at once and asked in turns.

    A machine's speed changes within minutes when it is busy; what is asked in turns meets the same speed.
    """
    with ExitStack() as stack:
        homes = {size: stack.enter_context(grown_home(sample, size)) for size in sizes}
        servers = {
            (way, size): stack.enter_context(running(script, homes[size], f"{way}.out"))
            for size in sizes
            for way, script in SCRIPTS.items()
        }
        looked = asyncio.run(_look(servers, weeks, rounds))
        served = {who: Served(looked[who], peak_memory_mb(server.pid)) for who, server in servers.items()}
    ours, plain = ({size: served[way, size] for size in sizes} for way in SCRIPTS)
    return [*_page_rows(sizes, ours, plain), *_size_rows(sizes, ours, plain)]


async def _look(servers: dict[Who, Server], weeks: int, rounds: int) -> dict[Who, dict[str, Looked]]:
    """Open every page everywhere, look at each week for the first time, then at all of them in `rounds` turns."""
    found: dict[Who, dict[str, Looked]] = {
        who: {page: Looked() for page in (PAGES if who[0] == SERVQ else [""])} for who in servers
    }
    async with AsyncExitStack() as stack:
        turns = []
        for who, pages in found.items():
            for page, looked in pages.items():
                reader = await stack.enter_async_context(reading(servers[who].port, page))
                await reader.open()
                turns.append((servers[who], reader, looked))
        for server, reader, looked in turns:
            await looked.cold.ask(server, reader, _weeks(reader, weeks))
        for _ in range(rounds):
            for server, reader, looked in turns:
                await looked.warm.ask(server, reader, _weeks(reader, weeks))
    return found


def _weeks(reader: Reader, count: int) -> list[str]:
    """The weeks looked at: all but the newest, which is open when the page opens."""
    return reader.weeks[1 : count + 1]


def _page_rows(sizes: Sequence[int], ours: dict[int, Served], plain: dict[int, Served]) -> list[Row]:
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


def _size_rows(sizes: Sequence[int], ours: dict[int, Served], plain: dict[int, Served]) -> list[Row]:
    """How much more the large warehouse costs than the small one: here "ours" and "plain" are factors themselves."""
    if len(sizes) < 2:
        return []
    small, large = min(sizes), max(sizes)
    times, runs = f"{large // small}", ours[large].pages[""].warm.runs
    grows = [less_is_better(some[small].pages[""].warm.cpu, some[large].pages[""].warm.cpu) for some in (ours, plain)]
    peaks = [ours[large].peak_mb, plain[large].peak_mb]
    return [
        Row(Label(f"答卷多 {times} 倍，重看的 CPU 变为几倍", f"{times} × the responses: CPU of a rerun becomes"), "×",
            grows[0], grows[1], less_is_better(grows[0], grows[1]), runs, "≈ 1"),
        Row(Label(f"{large:,} 份答卷时服务器内存峰值", f"the server's peak memory at {large:,} responses"), "MiB",
            peaks[0], peaks[1], less_is_better(peaks[0], peaks[1])),
    ]  # fmt: skip
