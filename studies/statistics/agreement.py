"""Section `agreement`: coverage of α's interval, and how often shoppers are trusted wrongly."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.statistics.krippendorff import TRUSTED_FROM, Alpha, alpha
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from collections.abc import Callable


OCCASIONS = (10, 20, 50)
TRUTHS = {
    0.4: 0.183624267578125,
    0.55: 0.135772705078125,
    0.65: 0.109222412109375,
    0.7: 0.096893310546875,
    0.8: 0.071624755859375,
    0.9: 0.042694091796875,
}
"""True α, on both sides of the line -> the noise of a shopper at which α of 20,000 occasions is so (by halves)."""

ROUNDS, CHEAP_ROUNDS = 1_000, 100
RESAMPLES = 400

ITEMS, POINTS = 6, 10
SHARED, SPREAD, LEVEL = 0.5, 0.16, 0.78
"""Of what is true of an item the part that its whole occasion shares; its standard deviation; its mean."""


def drawn(noise: float, occasions: int, random: np.random.Generator, rounds: int = 0) -> Alpha:
    """Two shoppers on so many occasions, each off by a noise of that standard deviation; points are whole."""
    whole = random.normal(size=(occasions, 1)) * SHARED**0.5
    own = random.normal(size=(occasions, ITEMS)) * (1 - SHARED) ** 0.5
    truth = LEVEL + SPREAD * (whole + own)
    # half of what a shopper is off by is a day of his or her own, the same for all items
    off = random.normal(size=(2, occasions, 1)) + random.normal(size=(2, occasions, ITEMS))
    values = np.round(POINTS * np.clip(truth + noise * off / 2**0.5, 0, 1)) / POINTS
    unit = np.broadcast_to(np.arange(occasions * ITEMS).reshape(occasions, ITEMS), values.shape).ravel()
    return alpha(unit // ITEMS, unit, values.ravel(), rounds)


@cache
def found(truth: float, occasions: int, rounds: int) -> tuple[Alpha, ...]:
    """So many samples of doubled visits, seeded."""
    random = np.random.default_rng([51, occasions, round(100 * truth)])
    return tuple(drawn(TRUTHS[truth], occasions, random, RESAMPLES) for _ in range(rounds))


def held(truth: float, occasions: int, rounds: int) -> float:
    """Percent of intervals that contain the truth."""
    return _percent([_ends(one)[0] <= truth <= _ends(one)[1] for one in found(truth, occasions, rounds)])


def _ends(one: Alpha) -> tuple[float, float]:
    return (-np.inf if one.low is None else one.low), (np.inf if one.high is None else one.high)


def _percent(hits: list[bool]) -> float:
    return 100 * sum(hits) / len(hits)


def write() -> str:
    """The tables; takes a minute."""
    columns = [f"{occasions} occasions" for occasions in OCCASIONS]
    coverage = [[_named(truth), *(f"{held(truth, n, ROUNDS):.1f}" for n in OCCASIONS)] for truth in TRUTHS]
    return "\n\n".join(
        (
            "Method: `servq.metrics.statistics.krippendorff` (α for interval data; expanded "
            "percentiles of whole occasions, "
            "Hesterberg 2015). Two shoppers\non each occasion, "
            f"{ITEMS} items of {POINTS} whole points; half of what is true of an item is its occasion's, half of what "
            "a shopper is off by\nis the day's. Coverage of the 95 % interval in percent "
            f"({ROUNDS:,} rounds each, ±0.7); plain percentiles held the truth in 89 to 93 %:",
            table(["interval holds α", *columns], coverage),
            f"Teams are put in order only where the whole interval is at or above {TRUSTED_FROM}. In percent: ranked / "
            f"what α alone would rank.\nBelow {TRUSTED_FROM} the first figure is a wrong statement (nominal: at most "
            "2.5), above it what is found:",
            table(
                ["ranked", *columns],
                [[f"{_named(truth)}, ranked", *map(_ranked(truth), OCCASIONS)] for truth in TRUTHS],
            ),
            "What it costs: α = 0.8 is enough, and ten occasions seldom show it. The page then says that more doubled "
            "visits are needed.\nBy hand: docs/teams.md and "
            "`tests/metrics/statistics/test_krippendorff.py`; published: "
            "Krippendorff 2011, α = .849.",
        )
    )


def _named(truth: float) -> str:
    return f"α = {truth}"


def _ranked(truth: float) -> Callable[[int], str]:
    def cell(occasions: int) -> str:
        drawn_ = found(truth, occasions, ROUNDS)
        alone = _percent([one.value is not None and one.value >= TRUSTED_FROM for one in drawn_])
        return f"{_percent([one.ranks for one in drawn_]):.1f} / {alone:.1f}"

    return cell


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page, wrong = cells(printed), []
    for truth in (one for one in TRUTHS if one < TRUSTED_FROM):
        rates = [float(page[f"{_named(truth)}, ranked", f"{n} occasions"].split(" / ")[0]) for n in OCCASIONS]
        if max(rates) > 4:
            wrong.append(f"{_named(truth)}: ranked in {max(rates)} %")
    many = drawn(TRUTHS[0.65], 10_000, np.random.default_rng(50)).value or 0.0
    if abs(many - 0.65) > 0.015:
        wrong.append(f"the noise of α = 0.65 gives {many:.3f}")
    now = held(0.65, OCCASIONS[0], CHEAP_ROUNDS)
    if now < 84:  # of 100 at 94 %, 16 misses or more come once in three thousand
        wrong.append(f"α = 0.65, {OCCASIONS[0]} occasions: {now:.0f} % held")
    return wrong


SECTION = Section("agreement", "神秘访客之间是否一致 Whether shoppers agree", write, out_of_step)
