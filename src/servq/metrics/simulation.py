"""Measured error rates of the methods: coverage of intervals, false alarms of comparisons. No page reads this.

Coverage is exact (every possible sample with its probability); false alarms are seeded simulations of two samples from
the same customers, through the functions that the pages call.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import stats

from servq.measures import LIKELIHOODS
from servq.metrics.catalog import METRICS
from servq.metrics.judgement.comparison import compare
from servq.metrics.metric import Facts
from servq.metrics.statistics.intervals import nps_interval
from servq.metrics.statistics.survival import clock_quantile
from servq.metrics.verdicts import Verdict
from servq.records import Reading, State

if TYPE_CHECKING:
    from collections.abc import Callable
ROUNDS = 20_000
"""Simulated comparisons per cell of a printed table: a rate of 5 % is then known to ±0.3 points."""
CLOCK_ROUNDS = 4_000
"""The same for clocks, which cost more: ±0.7 points."""

NPS_TRUTHS: dict[int, tuple[float, float]] = {-50: (0.15, 0.65), 0: (0.30, 0.30), 30: (0.50, 0.20), 88: (0.90, 0.02)}
"""True NPS -> (share of promoters, share of detractors)."""


CSAT_TRUTHS = (50, 70, 85, 95)
"""True share of satisfied customers in percent."""
ITEM_TRUTHS: dict[str, tuple[float, ...]] = {
    "3.00": (0.15, 0.20, 0.30, 0.20, 0.15),
    "4.07": (0.02, 0.05, 0.15, 0.40, 0.38),
    "4.70": (0.01, 0.01, 0.03, 0.17, 0.78),
}
"""True mean -> shares of the scores 1–5."""

ALARMS = frozenset({Verdict.BETTER, Verdict.WORSE})


class Rate(NamedTuple):
    """One measured rate in percent: of what, with how many rows."""

    truth: str
    n: int
    percent: float


def coverage_table(sizes: tuple[int, ...] = (10, 30, 100, 300, 1000)) -> list[Rate]:
    """Coverage of the NPS interval, for true NPS from −50 to +88."""
    return [Rate(f"{truth:+d}", n, nps_coverage(n, *shares)) for truth, shares in NPS_TRUTHS.items() for n in sizes]


def false_alarm_table(rounds: int = ROUNDS, sizes: tuple[int, ...] = (30, 100, 300)) -> list[Rate]:
    """False alarms of comparing two samples of the same customers, for NPS, CSAT and an item mean."""
    return [
        *(Rate(f"nps {truth:+d}", n, nps_false_alarms(n, truth, rounds)) for truth in NPS_TRUTHS for n in sizes),
        *(Rate(f"csat {truth} %", n, csat_false_alarms(n, truth, rounds)) for truth in CSAT_TRUTHS for n in sizes),
        *(Rate(f"item {truth}", n, item_false_alarms(n, truth, rounds)) for truth in ITEM_TRUTHS for n in sizes),
    ]


def clock_table(rounds: int = CLOCK_ROUNDS, sizes: tuple[int, ...] = (30, 100)) -> list[Rate]:
    """False alarms of comparing two samples of the same clocks, for median and P90, with none or a tenth still
    running."""
    cells = [(name, share, running) for name, share in (("median", 0.5), ("P90", 0.9)) for running in (0.0, 0.1)]
    return [
        Rate(f"{name}, {running:.0%} running", n, clock_false_alarms(n, share, running, rounds))
        for name, share, running in cells
        for n in sizes
    ]


def nps_coverage(n: int, promoters: float, detractors: float) -> float:
    """Coverage (in percent) of the NPS interval of n answers; exact."""
    up, down = (counts.ravel() for counts in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
    possible = up + down <= n
    up, down = up[possible], down[possible]
    shares = [promoters, detractors, 1 - promoters - detractors]
    weights = np.asarray(stats.multinomial.pmf(np.stack([up, down, n - up - down], axis=1), n, shares))
    likely = weights > 1e-12
    up, down, weights = up[likely], down[likely], weights[likely]
    truth = 100 * (promoters - detractors)
    ends = [nps_interval(*counts, n) for counts in zip(up.tolist(), down.tolist(), strict=True)]
    hit = np.array([low - 1e-9 <= truth <= high + 1e-9 for low, high in ends])
    return float(100 * weights[hit].sum())


def false_alarms(metric: str, samples: list[list[int]], read: Callable[..., Reading]) -> float:
    """False alarms (in percent) of `compare` on two samples of the same customers.

    Args:
        metric: whose direction is asked.
        samples: one sample per row, as counts; each of the first half is compared with one of the second.
        read: the reading of one sample's counts.
    """
    half = len(samples) // 2
    known = cache(read)
    better = METRICS[metric].better
    pairs = Counter(zip(map(tuple, samples[:half]), map(tuple, samples[half:]), strict=True))
    alarms = sum(
        times
        for (now, before), times in pairs.items()
        if compare(known(*now), known(*before), better).verdict in ALARMS
    )
    return 100 * alarms / half


def nps_false_alarms(n: int, truth: int, rounds: int) -> float:
    """False alarms (in percent) of the comparison of two NPS of n answers each."""
    promoters, detractors = NPS_TRUTHS[truth]
    random = np.random.default_rng([1, n, truth + 100])
    samples = random.multinomial(n, [promoters, detractors, 1 - promoters - detractors], 2 * rounds).tolist()

    def read(up: int, down: int, between: int) -> Reading:
        counts = {LIKELIHOODS[10]: up, LIKELIHOODS[0]: down, LIKELIHOODS[7]: between, "responses": n}
        return METRICS["nps"].read(Facts(counts))

    return false_alarms("nps", samples, read)


def csat_false_alarms(n: int, truth: int, rounds: int) -> float:
    """False alarms (in percent) of the comparison of two CSAT of n scores each; truth in percent."""
    samples = np.random.default_rng([2, n, truth]).binomial(n, truth / 100, (2 * rounds, 1)).tolist()

    def read(satisfied: int) -> Reading:
        return METRICS["csat"].read(Facts({"csat_satisfied": satisfied, "csat_n": n, "responses": n}))

    return false_alarms("csat", samples, read)


def item_false_alarms(n: int, truth: str, rounds: int) -> float:
    """False alarms (in percent) of the comparison of two item means of n scores each."""
    scores = np.arange(1, 6)
    samples = np.random.default_rng([3, n]).multinomial(n, ITEM_TRUTHS[truth], 2 * rounds).tolist()

    def read(*counts: int) -> Reading:
        total, squares = float(scores @ counts), float(scores**2 @ counts)
        facts = Facts({"attitude_n": n, "attitude_sum": total, "attitude_squares": squares, "responses": n})
        return METRICS["attitude"].read(facts)

    return false_alarms("attitude", samples, read)


def clock_false_alarms(n: int, share: float, running: float, rounds: int) -> float:
    """False alarms (in percent) of the comparison of two percentiles of n skewed clocks each.

    Args:
        n: complaints per sample.
        share: 0.5 or 0.9.
        running: share of the clocks cut off at a random moment of their course.
        rounds: how many pairs.
    """
    random = np.random.default_rng([4, n, round(100 * share), round(100 * running)])

    def reading() -> Reading:
        hours = random.lognormal(1.0, 1.0, n)
        ended = random.random(n) >= running
        hours = np.where(ended, hours, hours * random.random(n))
        value, low, high = clock_quantile(hours, ended, share)
        return Reading(value, n, State.JUDGEABLE, low=low, high=high)

    return 100 * sum(compare(reading(), reading(), "lower").verdict in ALARMS for _ in range(rounds)) / rounds
