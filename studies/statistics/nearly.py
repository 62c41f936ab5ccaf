"""Section `nearly`: means and visit scores where nearly all is alike: all fives but a few, all visits but one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servq.metrics.statistics.intervals import mean_interval, ratio_interval
from studies.statistics.section import Section, cells, table

SIZES, ROUNDS, CHEAP = (10, 30, 100, 300), 4_000, 400

SCORES: dict[str, tuple[float, ...]] = {
    "98 % fives, 2 % ones": (0.02, 0, 0, 0, 0.98),
    "99 % fives, 1 % ones": (0.01, 0, 0, 0, 0.99),
    "95 % fives, 5 % fours": (0, 0, 0, 0.05, 0.95),
    "97 % fives, 2 % fours, 1 % ones": (0.01, 0, 0, 0.02, 0.97),
    "90 % fives, mean 4.85": (0.01, 0, 0.02, 0.07, 0.90),
}
"""Shares of the scores 1–5."""

Visits = tuple[NDArray[Any], NDArray[Any]]
"""Points given and possible, one for each visit."""


def _failed(
    share: float, of_points: float, possible: float
) -> tuple[Callable[[np.random.Generator, int], Visits], float]:
    """Visits of which a share loses so much of its points; and the true score."""

    def drawn(random: np.random.Generator, n: int) -> Visits:
        return np.where(random.random(n) < share, 1 - of_points, 1.0) * possible, np.full(n, possible)

    return drawn, 100 * (1 - share * of_points)


def _varied(mean: float) -> tuple[Callable[[np.random.Generator, int], Visits], float]:
    """Visits of unlike length whose scores differ (beta distributed); and the true score."""

    def drawn(random: np.random.Generator, n: int) -> Visits:
        possible = random.integers(8, 60, n)
        return random.binomial(possible, random.beta(8 * mean, 8 * (1 - mean), n)).astype(float), possible.astype(float)

    return drawn, 100 * mean


VISITS = {
    "2 % half failed, 1 point": _failed(0.02, 0.5, 1),
    "2 % half failed, 120 points": _failed(0.02, 0.5, 120),
    "10 % half failed": _failed(0.10, 0.5, 20),
    "50 % half failed": _failed(0.50, 0.5, 20),
    "95 % half failed": _failed(0.95, 0.5, 20),
    "10 % wholly failed": _failed(0.10, 1.0, 20),
    "unlike visits, score 84 %": _varied(0.84),
    "unlike visits, score 98 %": _varied(0.98),
}
"""Name -> how visits are drawn, and their true score."""


def write() -> str:
    """Both tables."""
    head = ["truth", *(f"n = {n}" for n in SIZES)]
    perfect = [ratio_interval(np.full(10, points), np.full(10, points)) for points in (1.0, 120.0)]
    low = {f"{one.low:.1f}" for one in perfect if one is not None}
    return "\n\n".join(
        (
            "Method: `servq.metrics.statistics.intervals.scarce_reach`: where few answers (or visits) "
            "are not at an end of the "
            "scale, Student's t is\ntoo short, and where none is, it has no length at all. What was lost is then taken "
            "as so many losses of one size, and\nWilson's limit of their share reaches as far as it does. Coverage of "
            f"the 95 % interval in percent, {ROUNDS:,} rounds (±0.4; goal:\nat least 90), with its mean width "
            "(points of 1–5; percentage points):",
            table(head, _rows(SCORES, lambda name, n: of_scores(SCORES[name], n, ROUNDS))),
            table(["visits of", *head[1:]], _rows(VISITS, lambda name, n: of_visits(name, n, ROUNDS))),
            f"Ten perfect visits: from {' and '.join(sorted(low))} % on, with 1 point possible or with 120. By t alone "
            "the first line held the truth in\n100, 48, 86 and 92 %. More answers are the price: thirty fives allow "
            "a mean of 4.55, a hundred 4.85.",
        )
    )


def _rows(of: dict[str, Any], measured: Callable[[str, int], tuple[float, float]]) -> Iterator[list[str]]:
    for name in of:
        yield [name, *(f"{percent:.1f} ({width:.2f})" for percent, width in (measured(name, n) for n in SIZES))]


def of_scores(shares: tuple[float, ...], n: int, rounds: int) -> tuple[float, float]:
    """Coverage of the interval of a mean in percent, and its mean width."""
    scores = np.arange(1, 6)
    drawn = np.random.default_rng([51, n]).multinomial(n, shares, rounds)
    sums = zip((drawn @ scores).tolist(), (drawn @ scores**2).tolist(), strict=True)
    return _held([mean_interval(n, total, squares, 1, 5) for total, squares in sums], float(scores @ np.array(shares)))


def of_visits(name: str, n: int, rounds: int) -> tuple[float, float]:
    """The same for a score over visits."""
    (drawn, truth), random = VISITS[name], np.random.default_rng([52, n])
    return _held([ratio_interval(*drawn(random, n)) for _ in range(rounds)], truth)


def _held(intervals: list[Any], truth: float) -> tuple[float, float]:
    hits = sum(one.low - 1e-9 <= truth <= one.high + 1e-9 for one in intervals)
    return 100 * hits / len(intervals), float(np.mean([one.high - one.low for one in intervals]))


def out_of_step(printed: str) -> list[str]:
    """What is printed below the goal, or otherwise than it is measured now with fewer rounds."""
    page, wrong = cells(printed), []
    for name in (*SCORES, *VISITS):
        for n in SIZES:
            percent = float(page[name, f"n = {n}"].split()[0])
            if percent < 90:
                wrong.append(f"{name}, n = {n}: {percent} %")
    for name, n in (("98 % fives, 2 % ones", 30), ("97 % fives, 2 % fours, 1 % ones", 100)):
        now, _ = of_scores(SCORES[name], n, CHEAP)
        if abs(now - float(page[name, f"n = {n}"].split()[0])) > 4:
            wrong.append(f"{name}, n = {n}: {now:.1f} % now")
    now, _ = of_visits("unlike visits, score 84 %", 10, CHEAP)
    if abs(now - float(page["unlike visits, score 84 %", "n = 10"].split()[0])) > 5:
        wrong.append(f"visits: {now:.1f} % now")
    return wrong


SECTION = Section("nearly", "几乎全部相同 Where nearly all is alike", write, out_of_step)
"""The ends of a scale, where a sample shows less spread than there is."""
