"""Section `equivalence`: how often a channel is called 一致 or 不一致 when the true difference is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from servq.measures import LIKELIHOODS
from servq.metrics.catalog import METRICS
from servq.metrics.judgement.equivalence import Equivalence, judge, judge_together
from servq.metrics.metric import Facts
from servq.metrics.simulation import ITEM_TRUTHS
from servq.metrics.statistics.strata import Stratum, within_strata
from servq.metrics.statistics.survival import clock_quantile
from servq.metrics.verdicts import Agreement
from servq.records import Reading, State
from studies.statistics.section import Section, cells, table

ROUNDS, CHEAP = 2_000, 300
"""Simulated cells per rate: printed rates are known to ±1 point at 5 %, the cheap ones to ±2.5."""
TOLERANCE = 9.0
"""Three standard errors of a rate of 50 % in 300 rounds."""
SIZES, CLOCK_SIZES = (300, 1_000, 3_000), (30, 100)
OTHERS = 5
"""Answers of all other channels together, for each one of the channel."""
SHIFTS = {"0": 0.0, "δ": 1.0, "−δ": -1.0, "2δ": 2.0}
"""True differences in δ."""

CLAIMS = frozenset({Agreement.BETTER, Agreement.WORSE})

Draw = Callable[[np.random.Generator, int, float, float], Reading]
"""A reading of n answers whose truth lies a difference above the usual, in a mode that scores so much higher."""


class Rates(NamedTuple):
    """How often one truth is called 一致, and how often 不一致, in percent."""

    same: float
    claimed: float


def nps(random: np.random.Generator, n: int, difference: float, mode: float) -> Reading:
    """NPS +30, moved by turning detractors into promoters."""
    half = (difference + mode) / 200
    up, down = random.multinomial(n, [0.5 + half, 0.2 - half, 0.3])[:2].tolist()
    answers = {LIKELIHOODS[10]: up, LIKELIHOODS[0]: down, LIKELIHOODS[7]: n - up - down, "responses": n}
    return METRICS["nps"].read(Facts(answers))


def csat(random: np.random.Generator, n: int, difference: float, mode: float) -> Reading:
    """85 % satisfied."""
    hits = int(random.binomial(n, 0.85 + (difference + mode / 4) / 100))
    return METRICS["csat"].read(Facts({"csat_satisfied": hits, "csat_n": n, "responses": n}))


def item(random: np.random.Generator, n: int, difference: float, mode: float) -> Reading:
    """A mean of 4.07, moved by turning scores of 4, and some of 3, into 5."""
    shift = difference + mode / 100
    shares = np.array(ITEM_TRUTHS["4.07"]) + shift * np.array([0, 0, -0.2, -0.6, 0.8])
    counts, scores = random.multinomial(n, shares), np.arange(1, 6)
    sums = {"attitude_n": n, "attitude_sum": float(scores @ counts), "attitude_squares": float(scores**2 @ counts)}
    return METRICS["attitude"].read(Facts(sums | {"responses": n}))


KINDS: dict[str, tuple[Draw, float]] = {"nps +30": (nps, 10.0), "csat 85 %": (csat, 5.0), "item 4.07": (item, 0.2)}
"""Figure -> how it is drawn, and δ."""
MIXES = {"one mode": ((1.0,), (1.0,), (0.0,)), "two modes": ((0.2, 0.8), (0.8, 0.2), (0.0, 15.0))}
"""Shares of the modes in the channel and in the others, and how much higher people score in each."""


def rates_of(kind: str, mix: str, n: int, shift: float, rounds: int) -> Rates:
    """The rates of one figure, one mix of modes, one number of answers and one true difference."""
    draw, margin = KINDS[kind]
    own, others, modes = MIXES[mix]
    random = np.random.default_rng([5, list(KINDS).index(kind), list(MIXES).index(mix), n, round(shift) + 9])

    def cell() -> Equivalence:
        strata = [
            Stratum(
                str(place),
                draw(random, round(n * own[place]), shift * margin, mode),
                draw(random, round(OTHERS * n * others[place]), 0.0, mode),
            )
            for place, mode in enumerate(modes)
        ]
        return judge(within_strata(strata), margin, "higher", 30)

    return _counted(cell() for _ in range(rounds))


def clock_rates(n: int, shift: float, rounds: int) -> Rates:
    """The same for the median first response in percent of the promised time: 30 % at the others, δ = 25."""
    random = np.random.default_rng([6, n, round(shift) + 9])

    def reading(size: int, median: float) -> Reading:
        used: NDArray[np.float64] = median * random.lognormal(0.0, 0.8, size)
        value, low, high = clock_quantile(used, np.ones(size, dtype=bool), 0.5)
        return Reading(value, size, State.JUDGEABLE, low=low, high=high)

    def cell() -> Equivalence:
        strata = [Stratum("", reading(n, 30 + 25 * shift), reading(OTHERS * n, 30))]
        return judge(within_strata(strata), 25, "lower", 10)

    return _counted(cell() for _ in range(rounds))


def any_claim(rounds: int, count: int = 49) -> float:
    """Percent of matrices of this many cells, each exactly δ apart, in which any 不一致 is left after
    Benjamini–Hochberg."""
    random = np.random.default_rng([7, count])

    def matrix() -> list[Equivalence]:
        drawn = [
            [Stratum("", csat(random, 500, sign * 5.0, 0), csat(random, 2_500, 0.0, 0))]
            for sign in [1, -1] * (count // 2 + 1)
        ]
        return judge_together([judge(within_strata(one), 5.0, "higher", 30) for one in drawn[:count]])[0]

    return 100 * sum(any(cell.agreement in CLAIMS for cell in matrix()) for _ in range(rounds)) / rounds


def measured(rounds: int, sizes: tuple[int, ...]) -> dict[tuple[str, str], Rates]:
    """(figure, mix and truth; `n = …`) -> rates."""
    return {
        (f"{kind}, {mix}, {name}", f"n = {n:,}"): rates_of(kind, mix, n, shift, rounds)
        for kind in KINDS
        for mix in MIXES
        for name, shift in SHIFTS.items()
        for n in sizes
    }


def measured_clocks(rounds: int) -> dict[tuple[str, str], Rates]:
    """The same for clocks, which cannot lie δ below 30 % and be usual: only above."""
    return {
        (f"clock, {name}", f"n = {n:,}"): clock_rates(n, shift, rounds)
        for name, shift in SHIFTS.items()
        if shift >= 0
        for n in CLOCK_SIZES
    }


def _counted(judged: Iterable[Equivalence]) -> Rates:
    verdicts = [cell.agreement for cell in judged]
    same = sum(verdict == Agreement.SAME for verdict in verdicts)
    return Rates(100 * same / len(verdicts), 100 * sum(verdict in CLAIMS for verdict in verdicts) / len(verdicts))


def as_table(found: dict[tuple[str, str], Rates]) -> str:
    """`called 一致 / called 不一致` in each cell."""
    heads = list(dict.fromkeys(column for _, column in found))
    rows = dict.fromkeys(row for row, _ in found)
    lines = [
        [row, *(f"{found[row, head].same:.1f} / {found[row, head].claimed:.1f}" for head in heads)] for row in rows
    ]
    return table(["truth", *heads], lines)


def write() -> str:
    """All tables; takes about a minute."""
    return "\n\n".join(
        (
            _METHOD,
            as_table(measured(ROUNDS, SIZES)),
            "The same for the median first response in percent of the promised time (log-normal): 30 % at the others, "
            "δ = 25:",
            as_table(measured_clocks(ROUNDS)),
            "Of matrices of 49 cells, each exactly δ apart (the hardest truth), so many show any 不一致 after\n"
            "Benjamini–Hochberg at q = 0.10, in percent:",
            table(["family", "any 不一致"], [["49 cells at ±δ", f"{any_claim(1_000):.1f}"]]),
            _WORKED,
        )
    )


_METHOD = f"""\
Method: `servq.metrics.judgement.equivalence` (two one-sided tests, Schuirmann 1987; differences within the
survey mode, weighted by n₁n₂/(n₁ + n₂); intervals by MOVER). In each cell: percent called
一致 / percent called 不一致 (before Benjamini–Hochberg), for the true
difference in the first column. A true difference of δ may be called 一致 in at most
5 %, and 不一致 in at most 2.5 %. The others have {OTHERS} answers for each one of the channel. In “two modes” the
channel asks 80 % by phone, the others 20 %, and the phone scores 15 NPS points, 3.75 CSAT points or 0.15 higher: the
raw difference would be off by most of δ. {ROUNDS:,} rounds each, seeded (±1 at 5 %):"""

_WORKED = """\
By hand: a channel has 40 points of n = 200 on the web and 60 of n = 50 by phone, all others together 35 of 800 and 50
of 150. Weights 200 · 800 / 1,000 = 160 and 50 · 150 / 200 = 37.5; difference = (160 · 5 + 37.5 · 10) / 197.5 = 5.9
points; raw, 44.0 − 37.4 = 6.6. With a standard error of 5 the 90 % interval is 5.9 ± 8.2, which is not inside ±10:
证据不足. At NPS +30 a variance of 0.5 + 0.2 − 0.3² = 0.61 needs 2 · 0.61 · (2.926 / 0.10)² = 1,045 answers in each of
two channels to call equal ones 一致 in 80 % of samples; CSAT 85 % with δ = 5 needs 874."""


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds and one size."""
    page = cells(printed)
    cheap = measured(CHEAP, SIZES[:1]) | measured_clocks(CHEAP // 2)
    wrong = []
    for key, rates in cheap.items():
        told = [float(part) for part in page[key].split("/")]
        if any(abs(now - then) > TOLERANCE for now, then in zip(rates, told, strict=True)):
            wrong.append(f"{key}: {rates}, printed {page[key]}")
    return wrong


SECTION = Section("equivalence", "渠道是否一致 Whether channels are the same", write, out_of_step)
