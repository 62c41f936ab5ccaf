"""Section `lenses`: how often the three sources agree or contradict by chance, and coverage of the rank interval."""

from __future__ import annotations

from math import pi, sin, sqrt

import numpy as np

from servq.metrics.judgement.comparison import compare, judge_together
from servq.metrics.judgement.lenses import accord, complained, heard, rank_correlation
from servq.metrics.metric import state_of
from servq.metrics.statistics.intervals import nps_interval, ratio_interval
from servq.metrics.statistics.strata import Stratum, within_strata
from servq.metrics.verdicts import Accord, Verdict
from servq.records import Reading, State
from studies.statistics.section import Section, cells, table

ROUNDS, CHEAP_ROUNDS = 2_000, 60
RANK_ROUNDS, CHEAP_RANK_ROUNDS = 10_000, 1_000
UNITS = (7, 19)
"""Channels; channels and teams."""
ANSWERS, COMPLAINTS, VISITS = 300, 40.0, 40
"""What each unit has of each: as half a year brings a small team."""
SIZES = (6, 7, 12, 20)
TRUTHS = (0.0, 0.5, 0.9)

APART = 2.5
"""How far a cheap repetition of a coverage may lie off, in points: three standard errors."""


def company(units: int, random: np.random.Generator) -> list[tuple[Verdict, ...]]:
    """The three sources' verdicts on each unit of a company in which all are alike, judged together."""
    scores = random.multinomial(ANSWERS, [0.5, 0.2, 0.3], units)
    answers, complaints = random.poisson(ANSWERS, units), random.poisson(COMPLAINTS, units)
    visits = [np.clip(random.normal(17, 2, VISITS), 0, 20) for _ in range(units)]
    changes = []
    for unit in range(units):
        rest = np.arange(units) != unit
        strata = [Stratum("", nps(*scores[unit]), nps(*scores[rest].sum(axis=0)))]
        changes.append(heard(within_strata(strata), "higher", ANSWERS * (units - 1), 30))
        others = int(complaints[rest].sum()), int(answers[rest].sum())
        changes.append(complained((int(complaints[unit]), int(answers[unit])), others))
        seen = np.concatenate([one for place, one in enumerate(visits) if place != unit])
        changes.append(compare(visited(visits[unit]), visited(seen), "higher"))
    verdicts = [change.verdict for change in judge_together(changes).changes]
    return [tuple(verdicts[place : place + 3]) for place in range(0, len(verdicts), 3)]


def nps(up: int, down: int, between: int) -> Reading:
    """An NPS of that many promoters, detractors and passives."""
    n = int(up + down + between)
    low, high = nps_interval(float(up), float(down), n)
    return Reading(100 * float(up - down) / n, n, State.JUDGEABLE, low=low, high=high)


def visited(points: np.ndarray) -> Reading:
    """A score of visits, each out of 20 points."""
    low, high = ratio_interval(points, np.full(len(points), 20.0)) or (None, None)
    return Reading(5 * float(points.mean()), len(points), state_of(len(points)), low=low, high=high)


def by_chance(units: int, rounds: int) -> tuple[float, float, float]:
    """Percent of companies without any difference with: any field significant, any unit 三源一致, any 矛盾."""
    random = np.random.default_rng([11, units])
    told = agreed = against = 0
    for _ in range(rounds):
        seen = company(units, random)
        together = {accord(one) for one in seen}
        told += any({Verdict.BETTER, Verdict.WORSE} & set(one) for one in seen)
        agreed += Accord.AGREE in together
        against += Accord.CONTRADICT in together
    return 100 * told / rounds, 100 * agreed / rounds, 100 * against / rounds


def coverage(k: int, truth: float, rounds: int) -> float:
    """How often, in percent, the interval over k units holds the true rank correlation; normal ranks."""
    random = np.random.default_rng([12, k, round(10 * truth)])
    rho = 2 * sin(pi * truth / 6)  # of the normal pair whose rank correlation is the truth
    first = random.normal(size=(rounds, k))
    second = rho * first + sqrt(1 - rho * rho) * random.normal(size=(rounds, k))
    found = (rank_correlation(xs, ys) for xs, ys in zip(first.tolist(), second.tolist(), strict=True))
    held = [r.low is not None and r.high is not None and r.low <= truth <= r.high for r in found]
    return 100 * sum(held) / rounds


def write() -> str:
    """The tables; takes some minutes."""
    alike = [[f"{units} units", *(f"{share:.1f}" for share in by_chance(units, ROUNDS))] for units in UNITS]
    ranks = [[f"ρ = {truth}", *(f"{coverage(k, truth, RANK_ROUNDS):.1f}" for k in SIZES)] for truth in TRUTHS]
    return "\n\n".join(
        (
            "Method: `servq.metrics.judgement.lenses`. A made company of units that are all alike, each with "
            f"{ANSWERS} answers, {COMPLAINTS:.0f} complaints and {VISITS} visits;\nevery unit against all others in "
            "each source, Benjamini–Hochberg at q = 0.10 over all fields. So many companies show, in percent\n"
            f"({ROUNDS:,} rounds each, ±0.7 at 10 %):",
            table(["all alike", "any ▲ or ▼", "any 三源一致", "any 矛盾"], alike),
            "Coverage of the 95 % interval of Spearman's ρ (Bonett & Wright 2000) in percent, over k units, "
            f"{RANK_ROUNDS:,} rounds each (±0.2).\nAn exact ±1 of few units is taken as if two "
            "neighbours had changed places; below six units none is shown:",
            table(["truth", *(f"k = {k}" for k in SIZES)], ranks),
            "By hand: ranks 1–6 against 2, 1, 3, 4, 6, 5 differ by 1 four times: ρ = 1 − 6 · 4 / (6 · 35) = 0.886; "
            "√((1 + 0.886²/2) / 3) = 0.681;\natanh 0.886 = 1.402; tanh(1.402 ± 1.96 · 0.681) = 0.07 … 0.99. "
            "30 complaints on 270 answers against 50 on 950: 10.0 % of 300 and\n5.0 % of 1,000 who were heard, apart "
            "by 5.0 points (1.7 … 9.1): worse.",
        )
    )


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page = cells(printed)
    found = [
        f"ρ = {truth}, k = {k}: {now:.1f}"
        for truth in TRUTHS
        for k in SIZES[::2]
        if abs((now := coverage(k, truth, CHEAP_RANK_ROUNDS)) - float(page[f"ρ = {truth}", f"k = {k}"])) > APART
    ]
    told = by_chance(UNITS[0], CHEAP_ROUNDS)[0]
    if abs(told - float(page[f"{UNITS[0]} units", "any ▲ or ▼"])) > 12:
        found.append(f"any field told: {told:.1f}")
    return found


SECTION = Section("lenses", "三源对照 The three sources", write, out_of_step)
