"""Section `drivers`: how often an item's weight is right, and how often an unimportant item is called important."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.metrics.statistics.relative_weights import Drivers, drivers, relative_weights
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from numpy.typing import NDArray


SIZES = (100, 300, 1000)
ROUNDS, CHEAP_ROUNDS = 500, 50
RESAMPLES = 300

TOGETHER = 0.6
"""Of an item's variance the part that all four share: the scores of one customer go together."""

ITEM_CUTS = (-2.05, -1.48, -0.77, 0.31)
LIKELIHOOD_CUTS = (-2.33, -2.05, -1.88, -1.75, -1.55, -1.34, -1.13, -0.77, -0.31, 0.18)
"""Where contentment becomes a score of 2, 3, 4, 5; and a likelihood of 1 … 10: skewed, as customers answer."""


class Truth(NamedTuple):
    """How strongly each of four items correlates with the likelihood beyond what they share."""

    name: str
    slopes: tuple[float, float, float, float]


ALIKE = Truth("four alike", (0.3, 0.3, 0.3, 0.3))
STRONG = Truth("one three times as strong", (0.6, 0.2, 0.2, 0.2))
USELESS = Truth("one useless, three alike", (0.35, 0.35, 0.35, 0.0))
TRUTHS = (ALIKE, STRONG, USELESS)


def answers(truth: Truth, n: int, random: np.random.Generator) -> NDArray[np.float64]:
    """n answers: likelihood 0–10, then four items 1–5."""
    shared = random.normal(size=(n, 1))
    content = TOGETHER**0.5 * shared + (1 - TOGETHER) ** 0.5 * random.normal(size=(n, 4))
    latent = content @ np.array(truth.slopes) + 0.7 * random.normal(size=n)
    latent /= np.sqrt(np.array(truth.slopes) @ _among() @ np.array(truth.slopes) + 0.49)
    items = 1 + np.searchsorted(ITEM_CUTS, content.ravel()).reshape(n, 4)
    return np.column_stack([np.searchsorted(LIKELIHOOD_CUTS, latent), items]).astype(float)


def _among() -> NDArray[np.float64]:
    return TOGETHER + (1 - TOGETHER) * np.eye(4)


def found(truth: Truth, n: int, random: np.random.Generator, resamples: int = RESAMPLES) -> Drivers:
    """The weights of n simulated answers."""
    patterns, times = np.unique(answers(truth, n, random), axis=0, return_counts=True)
    return drivers(patterns, times.astype(float), resamples)


@cache
def true_shares(truth: Truth) -> tuple[float, ...]:
    """The weights of very many answers, in percent."""
    together = np.corrcoef(answers(truth, 2_000_000, np.random.default_rng(70)), rowvar=False)
    weights = relative_weights(together[1:, 1:], together[1:, 0])
    return tuple((100 * weights / weights.sum()).tolist())


class Rates(NamedTuple):
    """In percent of the rounds.

    Attributes:
        held: intervals that hold the truth, per item.
        out: any item told apart from an equal share; the first; the last.
        alone: any interval of an item by itself above an equal share.
        above: the last item's weight above that of any other.
    """

    held: list[float]
    out: tuple[float, float, float]
    alone: float
    above: float


@cache
def rates(truth: Truth, n: int, rounds: int) -> Rates:
    """Error rates over many samples of n answers, seeded."""
    random = np.random.default_rng([71, n, TRUTHS.index(truth)])
    told = [found(truth, n, random) for _ in range(rounds)]
    parts = np.array([[(one.share, one.low, one.high) for one in drawn.weights] for drawn in told])
    out = np.array([drawn.stand_out for drawn in told])
    true = np.array(true_shares(truth))
    held = 100 * ((parts[:, :, 1] <= true) & (true <= parts[:, :, 2])).mean(axis=0)
    alone = 100 * (parts[:, :, 1] > 25).any(axis=1).mean()
    above = 100 * (parts[:, 3, 0] > parts[:, :3, 0].min(axis=1)).mean()
    any_out, first, last = (float(100 * one.mean()) for one in (out.any(axis=1), out[:, 0], out[:, 3]))
    return Rates(held.tolist(), (any_out, first, last), float(alone), float(above))


def write() -> str:
    """The tables; takes two minutes."""
    shares = "; ".join(f"{truth.name} {', '.join(f'{one:.0f}' for one in true_shares(truth))}" for truth in TRUTHS)
    return "\n\n".join(
        (
            "Method: `servq.metrics.statistics.relative_weights` (Johnson 2000; 500 resamples of whole answers, here "
            f"{RESAMPLES}). Made answers: four items 1–5 that share\n{100 * TOGETHER:.0f} % of their variance, a "
            "likelihood 0–10, both skewed as customers answer. True weights in percent:\n"
            f"{shares}: an item that adds\nnothing of its own still has a weight, because it goes with those that do. "
            f"Coverage of the 95 % intervals in percent (mean of the\nfour; {ROUNDS} rounds each, ±0.5):",
            table(
                ["interval holds the weight", *map(_column, SIZES)],
                [[truth.name, *(f"{np.mean(rates(truth, n, ROUNDS).held):.1f}" for n in SIZES)] for truth in TRUTHS],
            ),
            f"At n = {SIZES[0]}, the fewest that are weighed, the intervals are somewhat short.",
            "An item is called stronger only where it is told apart from an equal share, all four looked at together "
            "(Bonferroni); with each\ninterval for itself one of four alike ones would be called so about twice as "
            "often as nominal, which is 5. In percent (±1 at 5 %):",
            table(["called stronger", *map(_column, SIZES)], _stronger()),
            "By hand: `tests/metrics/statistics/test_drivers.py` works two items out: r = .6 among "
            "them, .5 and .4 with the "
            "likelihood: weights .178 and\n.088, together R² = .266. Told apart, of four items: 30 % with an "
            "interval from 26 % reaches down to 30 − 4 · 2.498 / 1.960 = 24.9,\nwhich is not above 25: not told.",
        )
    )


def _stronger() -> list[list[str]]:
    asked = (
        ("four alike: any", ALIKE, lambda one: one.out[0]),
        ("four alike: any, each interval for itself", ALIKE, lambda one: one.alone),
        ("one three times as strong: found", STRONG, lambda one: one.out[1]),
        ("one useless: the useless one", USELESS, lambda one: one.out[2]),
        ("one useless: its weight above that of another", USELESS, lambda one: one.above),
    )
    return [[name, *(f"{of(rates(truth, n, ROUNDS)):.1f}" for n in SIZES)] for name, truth, of in asked]


def _column(n: int) -> str:
    return f"n = {n:,}"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page, wrong = cells(printed), []
    if max(float(page["four alike: any", _column(n)]) for n in SIZES) > 7:
        wrong.append("one of four alike items is called stronger in more than 7 %")
    now = rates(ALIKE, SIZES[0], CHEAP_ROUNDS)
    if np.mean(now.held) < 85 or now.out[0] > 22:  # each comes by chance once in a thousand, were the page right
        wrong.append(f"four alike, n = {SIZES[0]}: {np.mean(now.held):.0f} % held, {now.out[0]:.0f} % called stronger")
    return wrong


SECTION = Section("drivers", "驱动因素的权重 Weights of the drivers", write, out_of_step)
