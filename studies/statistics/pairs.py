"""Section `pairs`: coverage of the interval of a difference within the same customers."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.judgement.paired import WIDTHS, paired
from servq.records import PairSums
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS, CHEAP_ROUNDS = 10_000, 1_000
SIZES = (10, 30, 100, 300)
FALLS = (0.0, 0.3, 0.8)
"""By how many standard deviations of their contentment customers are less content the second time."""

SHARES = (0.018, 0.026, 0.038, 0.056, 0.072, 0.122, 0.172, 0.272, 0.450, 0.650)
"""Share of answers at or below 0, 1, … 9 the first time: skewed and heaped at 5, 8 and 10, as customers answer."""
OWN, PASSING = 0.85, 0.53
"""Standard deviations of what is the customer's own, alike both times, and of what passes."""

APART = 2.1
"""How far a cheap repetition may lie off: of 1,000 rounds a rate of 95 % has a standard error of 0.7 points."""


def coverage(n: int, fall: float, rounds: int) -> float:
    """The coverage, in percent, of the interval over n customers of the difference of two likelihoods."""
    random = np.random.default_rng([7, n, round(10 * fall)])
    spread = NormalDist(0, (OWN**2 + PASSING**2) ** 0.5)
    points = np.array([spread.inv_cdf(share) for share in SHARES])
    own = OWN * random.normal(size=(rounds, n))
    first, second = (answers(own - shift + PASSING * random.normal(size=own.shape), points) for shift in (0.0, fall))
    truth = sum(1 - spread.cdf(point + fall) for point in points) - sum(1 - spread.cdf(point) for point in points)
    differences = (second - first).astype(float)
    sums = zip(first.sum(1), differences.sum(1), (differences**2).sum(1), strict=True)
    found = (paired(PairSums(n, *map(float, parts)), WIDTHS["likelihood"]).difference for parts in sums)
    held = [r.low is not None and r.high is not None and r.low <= truth <= r.high for r in found]
    return 100 * sum(held) / rounds


def answers(content: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.intp]:
    """Somebody's satisfaction as an answer 0–10: the number of cut points below."""
    return np.searchsorted(points, content)


def write() -> str:
    """The table; takes some ten seconds."""
    rows = [[label(fall), *(f"{coverage(n, fall, ROUNDS):.1f}" for n in SIZES)] for fall in FALLS]
    return "\n\n".join(
        (
            "Method: `servq.metrics.judgement.paired` (Student's t over one difference per "
            "customer). Coverage of the 95 % "
            f"interval in percent,\n{ROUNDS:,} rounds each (±0.2), likelihoods 0–10 that are skewed and heaped as in "
            "the sample; where nobody has\nchanged, 100 less the figure is the rate of false alarms before "
            "Benjamini–Hochberg:",
            table(["fall, standard deviations", *(f"n = {n}" for n in SIZES)], rows),
        )
    )


def label(fall: float) -> str:
    """A fall in the words of the first column."""
    return f"{fall:.1f}"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page = cells(printed)
    return [
        f"fall {fall}, n = {n}: {now:.1f}"
        for fall in FALLS
        for n in SIZES[:3]
        if abs((now := coverage(n, fall, CHEAP_ROUNDS)) - float(page[label(fall), f"n = {n}"])) > APART
    ]


SECTION = Section("pairs", "同一批客户的前后差 A difference within the same customers", write, out_of_step)
