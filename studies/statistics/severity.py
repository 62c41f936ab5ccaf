"""Section `severity`: how often a fair shopper is named and a strict one found; coverage of the interval."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.metrics.judgement.rater_severity import Scored, Severity, severities
from servq.metrics.verdicts import Hand
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from collections.abc import Iterator

VISITS = (30, 60, 100)
"""Visits of each shopper."""

ROUNDS, CHEAP_ROUNDS = 2_000, 40

SHOPPERS, TEAMS, ITEMS, POINTS = 6, 12, 6, 5
DAY, HARSH = 0.06, -0.12
"""How much visits differ as a whole (standard deviation of the share of points); what one shopper takes off."""

NAMED = frozenset({Hand.HARSH, Hand.MILD})


class Company(NamedTuple):
    """The true values: visits per shopper, the severity of the first, the variation of the others' days.

    Attributes:
        settled: how much of a shopper's visits go to the same quarter of the teams, 0 … 1.
        restless: how many times more the first shopper's visits differ from each other.
    """

    name: str
    shift: float = 0.0
    settled: float = 0.0
    restless: float = 1.0


FAIR = (
    Company("all fair"),
    Company("all fair, each mostly at the same teams", settled=0.8),
    Company("all fair, one with twice as uneven days", restless=2.0),
)
UNFAIR = (Company("one −12 points", HARSH), Company("one −12 points, each mostly at the same teams", HARSH, 0.8))


def drawn(company: Company, visits: int, random: np.random.Generator) -> Scored:
    """So many visits of each shopper; points are whole, teams and items differ."""
    shopper = np.repeat(np.arange(SHOPPERS), visits)
    team = random.integers(TEAMS, size=len(shopper))
    stays = random.random(len(shopper)) < company.settled
    team = np.where(stays, (shopper * TEAMS // SHOPPERS + random.integers(TEAMS // 4, size=len(shopper))) % TEAMS, team)
    level = 0.82 + 0.05 * random.normal(size=(TEAMS, ITEMS))
    day = DAY * random.normal(size=len(shopper)) * np.where(shopper == 0, company.restless, 1.0)
    kept = level[team] + (day + np.where(shopper == 0, company.shift, 0.0))[:, np.newaxis]
    share = random.binomial(POINTS, np.clip(kept, 0, 1)) / POINTS
    visit = np.arange(len(shopper))
    strata = team[:, np.newaxis] * ITEMS + np.arange(ITEMS)
    weight = np.full(share.size, float(POINTS))
    return Scored(strata.ravel(), np.repeat(shopper, ITEMS), np.repeat(visit, ITEMS), share.ravel(), weight)


def rounds_of(company: Company, visits: int, rounds: int) -> Iterator[list[Severity]]:
    """The results of so many simulated companies, seeded; shoppers in their order."""
    random = np.random.default_rng([41, visits, *map(ord, company.name)])
    for _ in range(rounds):
        yield sorted(severities(drawn(company, visits, random)), key=lambda one: one.shopper)


@cache
def rates(company: Company, visits: int, rounds: int) -> tuple[float, float, float]:
    """Percent of rounds in which a fair shopper is named and the strict one is; percent of intervals that contain the
    truth."""
    wrong = found = held = 0
    for hands in rounds_of(company, visits, rounds):
        first, fair = hands[0], hands[1:] if company.shift else hands
        wrong += any(one.hand in NAMED for one in fair)
        found += first.hand is Hand.HARSH
        held += _holds(first, 100 * company.shift)
    return 100 * wrong / rounds, 100 * found / rounds, 100 * held / rounds


def _holds(one: Severity, truth: float) -> bool:
    return one.low is not None and one.high is not None and one.low <= truth <= one.high


def write() -> str:
    """The tables; takes some three minutes."""
    fair = [_line(company, 0) for company in FAIR]
    return "\n\n".join(
        (
            "Method: `servq.metrics.judgement.rater_severity` (items of the same team compared; "
            "visits as clusters; the most unlike "
            "looked for step by\nstep, Bonferroni over those still there). A made company: "
            f"{SHOPPERS} shoppers, {TEAMS} teams that differ, {ITEMS} items of {POINTS} whole\npoints, visits that "
            f"differ by {100 * DAY:.0f} points of a score of 82 %. Companies without any harsh or mild shopper in "
            f"which anybody is named, in percent\n(nominal: at most 5; {ROUNDS:,} rounds each, ±0.5):",
            table(["anybody named wrongly", *map(_column, VISITS)], fair),
            "One shopper takes 12 points off: found, and any of the other five named wrongly:",
            table(
                ["planted", *map(_column, VISITS)],
                [[f"{company.name}: {what}", *cell] for company in UNFAIR for what, cell in _both(company)],
            ),
            "Coverage of the 95 % interval of one shopper's difference (the harsh one's, where one is planted):",
            table(
                ["coverage", *map(_column, VISITS)],
                [[f"interval, {company.name}", *_line(company, 2)[1:]] for company in (*FAIR, *UNFAIR)],
            ),
        )
    )


def _line(company: Company, part: int) -> list[str]:
    return [company.name, *(f"{rates(company, visits, ROUNDS)[part]:.1f}" for visits in VISITS)]


def _both(company: Company) -> list[tuple[str, list[str]]]:
    return [("found", _line(company, 1)[1:]), ("others named", _line(company, 0)[1:])]


def _column(visits: int) -> str:
    return f"{visits} visits each"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page, wrong = cells(printed), []
    for company in FAIR:
        if max(float(page[company.name, _column(visits)]) for visits in VISITS) > 7:
            wrong.append(f"{company.name}: named wrongly in more than 7 %")
    named, _, held = rates(FAIR[0], VISITS[0], CHEAP_ROUNDS)
    _, found, _ = rates(UNFAIR[0], VISITS[0], CHEAP_ROUNDS)
    if named > 18 or held < 82 or found < 88:  # each comes by chance once in a thousand, were the page right
        wrong.append(f"{VISITS[0]} visits each: {named:.0f} % named wrongly, {held:.0f} % held, {found:.0f} % found")
    return wrong


SECTION = Section("severity", "神秘访客打分松紧 How hard shoppers mark", write, out_of_step)
