"""Section `coverage`: how often every other interval contains the truth, from 10 rows to 1,000."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import stats

from servq.metrics.simulation import CSAT_TRUTHS, ITEM_TRUTHS
from servq.metrics.statistics.intervals import Interval, count_interval, mean_interval, ratio_interval, share_interval
from servq.metrics.statistics.survival import clock_quantile
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES = (10, 30, 100, 300, 1000)
ROUNDS, CHEAP_ROUNDS = 10_000, 500
CHEAP_SIZES = (10, 30)

GOAL = 93
"""Percent that an interval should reach at least."""

EXACT, OFF = 0.06, 4.0
"""How far a cheap repetition may lie from what is printed: exact figures are rounded; of 500 rounds a rate of 95 % has
a standard error of 1 point."""

FOLLOWED = {"none open": None, "a tenth open": 16.0, "three in ten open": 4.5}
"""How complaints are followed: whole, or for a time between 0 and so many medians, whichever day they were opened."""

ITEMS_OF_A_VISIT, POINTS, KEPT, OWN = 8, 5, 0.84, 0.08
"""A made visit: items, points of each, the share that is kept on the whole, how much visits differ in it."""

COUNTS = (5, 10, 30, 100, 300)
"""Complaints expected in a period."""


class Kind(NamedTuple):
    """One line of the table: the measured interval, and its coverage (in percent) at n rows.

    Attributes:
        coverage: of n rows and so many rounds.
        exact: whether every possible sample was asked; then rounds do not matter.
    """

    name: str
    coverage: Callable[[int, int], float]
    exact: bool = False


def kinds() -> Iterator[Kind]:
    """Every kind of interval at every truth."""
    for percent in CSAT_TRUTHS:
        yield Kind(f"share {percent} %", lambda n, _, p=percent: of_share(n, p / 100), exact=True)  # type: ignore[misc]
    for mean, shares in ITEM_TRUTHS.items():
        yield Kind(f"item {mean}", lambda n, rounds, s=shares: of_item(n, s, rounds))  # type: ignore[misc]
    for name, share in (("median", 0.5), ("P90", 0.9)):
        for how, longest in FOLLOWED.items():
            yield Kind(f"{name}, {how}", lambda n, rounds, q=share, a=longest: of_clock(n, q, a, rounds))  # type: ignore[misc]
    yield Kind("visit score 84 %", of_visits)


def of_share(n: int, truth: float) -> float:
    """Coverage of Wilson's interval of a share; exact."""
    hits = np.arange(n + 1)
    held = [low <= 100 * truth <= high for low, high in (share_interval(count, n) for count in hits.tolist())]
    return float(100 * stats.binom.pmf(hits[held], n, truth).sum())


def of_item(n: int, shares: tuple[float, ...], rounds: int) -> float:
    """Coverage of Student's interval of a mean score."""
    scores = np.arange(1, 6)
    drawn = np.random.default_rng([21, n]).multinomial(n, shares, rounds)
    sums = zip((drawn @ scores).tolist(), (drawn @ scores**2).tolist(), strict=True)
    return _held((mean_interval(n, total, squares, 1, 5) for total, squares in sums), float(scores @ np.array(shares)))


def of_clock(n: int, share: float, longest: float | None, rounds: int) -> float:
    """Coverage of the interval of a percentile of log-normal hours, some of them still running; an open end holds."""
    random = np.random.default_rng([22, n, round(100 * share), round(longest or 0)])
    truth = float(stats.lognorm.ppf(share, 1.0))
    held = 0
    for _ in range(rounds):
        hours = random.lognormal(0, 1, n)
        known = random.uniform(0, longest, n) if longest else np.full(n, np.inf)
        _, low, high = clock_quantile(np.minimum(hours, known), hours <= known, share)
        held += (low is None or low <= truth) and (high is None or truth <= high)
    return 100 * held / rounds


def of_visits(n: int, rounds: int) -> float:
    """Coverage of the interval of a score over n visits that differ from each other."""
    random = np.random.default_rng([23, n])
    own = np.clip(random.normal(KEPT, OWN, (rounds, n)), 0, 1)
    given = random.binomial(ITEMS_OF_A_VISIT * POINTS, own)
    possible = np.full(n, float(ITEMS_OF_A_VISIT * POINTS))
    bell = stats.norm(KEPT, OWN)
    truth = 100 * float(bell.expect(lambda level: min(max(level, 0.0), 1.0), lb=KEPT - 8 * OWN, ub=KEPT + 8 * OWN))
    return _held((ratio_interval(points.astype(float), possible) for points in given), truth)


def of_count(expected: float) -> float:
    """Coverage of Garwood's interval of a count; exact."""
    seen: NDArray[np.int64] = np.arange(int(expected + 12 * expected**0.5 + 20))
    held = [low <= expected <= high for low, high in map(count_interval, seen.tolist())]
    return float(100 * stats.poisson.pmf(seen[held], expected).sum())


def _held(intervals: Iterator[Interval | None], truth: float) -> float:
    hits = [one is not None and one.low <= truth <= one.high for one in intervals]
    return 100 * sum(hits) / len(hits)


def write() -> str:
    """Both tables; takes about a minute."""
    found = {(kind.name, n): kind.coverage(n, ROUNDS) for kind in kinds() for n in SIZES}
    rows = [[kind.name, *(f"{found[kind.name, n]:.1f}" for n in SIZES)] for kind in kinds()]
    return "\n\n".join(
        (
            "Methods: `servq.metrics.statistics.intervals` (Wilson for every share: CSAT, in time, "
            "reopened, negative; Student's "
            "t for means of\nitems; order statistics or Brookmeyer–Crowley for percentiles of clocks; ratio estimate "
            "for visits). Coverage of the 95 %\ninterval in percent; shares exact, all others seeded, "
            f"{ROUNDS:,} rounds (±0.2). Complaints that are still open are those that\nwere opened too late to be seen "
            "ending; visits have 8 items and differ by 8 points of a score of 84 %:",
            table(["truth", *(f"n = {n:,}" for n in SIZES)], rows),
            f"Below {GOAL} %: {_short(found)}. A share jumps from one possible sample to the next;\na P90 of ten has "
            "no upper end: it seldom misses.",
            "Garwood's interval of a count (complaints per 100 answers), exact; it is never short and somewhat wide:",
            table(
                ["complaints expected", *(f"{count:,}" for count in COUNTS)],
                [["coverage", *(f"{of_count(count):.1f}" for count in COUNTS)]],
            ),
        )
    )


def _short(found: dict[tuple[str, int], float]) -> str:
    """The cells that fall short of the goal, in words."""
    cells_below = [f"{name}, n = {n} ({rate:.1f})" for (name, n), rate in found.items() if round(rate, 1) < GOAL]
    return "; ".join(cells_below) or "none"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds and rows."""
    page = cells(printed)
    found = [
        (kind, n, kind.coverage(n, CHEAP_ROUNDS), float(page[kind.name, f"n = {n:,}"]))
        for kind in kinds()
        for n in CHEAP_SIZES
    ]
    return [
        f"{kind.name}, n = {n}: {now:.1f}"
        for kind, n, now, then in found
        if abs(now - then) > (EXACT if kind.exact else OFF)
    ]


SECTION = Section("coverage", "其余区间的覆盖率 Coverage of all other intervals", write, out_of_step)
