"""Section `together`: how well figures hold where answers belong together (one customer, one group booking)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servq.metrics.judgement.comparison import compare
from servq.metrics.judgement.equivalence import Agreement, judge
from servq.metrics.judgement.funnel import Zone, funnel
from servq.metrics.simulation import ALARMS
from servq.metrics.statistics.case_mix import Tally
from servq.metrics.statistics.strata import Stratum, within_strata
from servq.query import measure
from servq.query.teams.funnels import independent
from servq.records import Reading, State
from studies.statistics.company import read_counts
from studies.statistics.section import Section, cells, table
from studies.worlds.belonging import IN_TIME, MIDDLE_HOURS, belonging, complaining, truths
from studies.worlds.company import RECOMMENDED

OF_COMPLAINTS = ("attainment", "median", "per 100")
METRICS = ("nps", "csat", "attitude")
CUSTOMERS, ALIKE, SIZES = (1, 2, 5, 10, 20), (0.0, 0.3, 0.6), (100, 300)
COMPANIES, TEAMS = 10, 200
LARGE, PAIRS, COMPLAINING = 1_500, 40, 4
"""Answers of each of two channels that are δ apart, how many such pairs a company has; companies with complaints."""

INDEPENDENT = ((300, 10_000), (600, 10_000), (1_000, 10_000), (1_500, 10_000), (5_000, 5_000))
"""Independent answers of each of two channels, and how many pairs of them."""

HALF_APART = np.array([1, 1, 1, 2, 2, 5.25, 9.75, 12, 18, 18.5, 29.5], dtype=float) / 100
"""Shares of the likelihoods 0–10 at NPS +26: ten points, the usual δ, below `RECOMMENDED`."""


def write() -> str:
    """All tables."""
    return "\n\n".join(
        (
            "Method: `servq.metrics.statistics.clustering` (design effect, Kish 1965). How alike two "
            "answers of one customer (or "
            "of\ncustomers of one order) are is measured once per metric over the whole warehouse, by analysis of "
            "variance within\nchannel and team (Donner 1986); how many such pairs a slice holds is counted in it. "
            "n ÷ (1 + ρ · pairs ÷ n)\nindependent answers stand in every interval, comparison, funnel, verdict and "
            "bootstrap, and decide 可判断.",
            f"Teams that are all alike, n answers each, so many of each customer, intraclass correlation ρ; "
            f"{COMPANIES * TEAMS:,} teams in each\ncell, seeded (±1.0 at 95 %, ±1.4 at 5 %). Coverage of the 95 % "
            "interval of NPS / CSAT / an item, in percent (goal: 93 to 97;\nevery team counts, also those that are "
            "too few), and how many of two neighbouring teams with 30 or more independent\nanswers are told apart "
            "(NPS; goal: at most 6):",
            table(["answers per customer, ρ, n", *METRICS, "told apart"], coverage(COMPANIES)),
            "Of 12 teams on a funnel, n = 100, so many lie beyond the limits (nominal 5 and 0.2), and of a channel δ "
            "below\nits reference (n = 1,500 each, 400 pairs: ±2) so many are called 一致 (at most 5), in percent:",
            table(["answers per customer, ρ", "beyond 95 %", "beyond 99.8 %", "一致 at δ"], verdicts(COMPANIES)),
            f"Independent answers in many more pairs (±0.4) are called 一致 at δ in\n{_alike_at_delta()}:\nthe first "
            "line above is chance of 400 pairs.",
            "Complaints of one customer likewise: teams of about 20 or 100 complaints, so many of a customer, whose "
            "clocks (their\nlogarithms) correlate by ρ; coverage of the interval of attainment (85 %), of the median "
            "first response and of complaints per\n100 answers (800 teams a cell: ±1.5); in brackets with each "
            "complaint taken as independent. Teams without any have no interval:",
            table(["complaints per customer, ρ, n", *OF_COMPLAINTS], complaints_covered(COMPLAINING)),
            "By hand: 7 answers, three of one group booking and two of one customer: pairs 3 · 2 + 2 · 1 = 8; at "
            "ρ = 0.3 they are worth\n49 ÷ (7 + 2.4) = 5.2. Approximate: ρ is one number per metric (customers of one "
            "channel may be more alike than those of\nanother); rows of unknown customers count as independent.",
        )
    )


def coverage(companies: int, teams: int = TEAMS) -> Iterator[list[str]]:
    """A row for each number of answers per customer, ρ and n."""
    for several in CUSTOMERS:
        for alike in ALIKE if several > 1 else ALIKE[:1]:
            for n in SIZES:
                yield [_named(several, alike, n), *covered(several, alike, n, companies, teams)]


def covered(several: int, alike: float, n: int, companies: int, teams: int = TEAMS) -> list[str]:
    """Coverage of each metric, and false alarms of NPS among pairs that are judgeable."""
    random = np.random.default_rng([41, several, round(10 * alike), n])
    hits, pairs, alarms = dict.fromkeys(METRICS, 0), 0, 0
    for _ in range(companies):
        snapshot = belonging(random, n, several, alike, teams).snapshot()
        for name, truth in truths().items():
            readings = [row.reading for row in measure(snapshot, name, ("team",))]
            hits[name] += sum(_holds(reading, truth) for reading in readings)
            if name == "nps":
                judged = [one for one in zip(readings[::2], readings[1::2], strict=True) if _firm(*one)]
                pairs += len(judged)
                alarms += sum(compare(*one, "higher").verdict in ALARMS for one in judged)
    told = "too few" if pairs < 100 else f"{100 * alarms / pairs:.1f}"
    return [*(f"{100 * hits[name] / (companies * teams):.1f}" for name in METRICS), told]


def complaints_covered(companies: int) -> Iterator[list[str]]:
    """A row for each number of complaints per customer, correlation and n."""
    for several, alike in ((1, 0.0), (2, 0.6), (5, 0.0), (5, 0.6)):
        for n in (20, 100):
            parts = zip(*complaints_held(several, alike, n, companies), strict=True)
            yield [_named(several, alike, n), *(f"{with_it:.1f} ({without:.1f})" for with_it, without in parts)]


def complaints_held(
    several: int, alike: float, n: int, companies: int, teams: int = TEAMS
) -> tuple[list[float], list[float]]:
    """Coverage of each figure in percent, and with each complaint taken as independent."""
    random = np.random.default_rng([44, several, round(10 * alike), n])
    truth = {"sla_attainment": 100 * IN_TIME, "first_response_median": MIDDLE_HOURS, "complaints_per_100": n / 4}
    hits, counted = np.zeros((2, len(truth))), np.zeros((2, len(truth)))
    for _ in range(companies):
        snapshot = complaining(random, n, several, alike, teams).snapshot()
        for row, seen in enumerate((snapshot, replace(snapshot, complaints_alike={}))):
            for column, (name, true) in enumerate(truth.items()):
                held = [_holds(one.reading, true) for one in measure(seen, name, ("team",)) if one.reading.n]
                hits[row, column] += sum(held)
                counted[row, column] += len(held)
    together, apart = (100 * hits / counted).tolist()
    return together, apart


def verdicts(companies: int) -> Iterator[list[str]]:
    """A row for each number of answers per customer and ρ."""
    for several, alike in ((1, 0.0), (5, 0.5), (10, 0.3), (20, 0.6)):
        yield [_named(several, alike), *_beyond(several, alike, companies), _same(several, alike, companies)]


def _beyond(several: int, alike: float, companies: int) -> list[str]:
    random = np.random.default_rng([42, several, round(10 * alike)])
    judged = beyond = far = 0
    for _ in range(17 * companies):
        snapshot = belonging(random, 100, several, alike, 12).snapshot()
        rows = {row.dims["team"]: row.reading for row in measure(snapshot, "csat", ("team",))}
        cases = {name: {("",): _tally(one)} for name, one in rows.items()}
        worth = {name: one.worth / one.n for name, one in rows.items()}
        for placed in funnel(independent(cases, worth), [(0,)], 0.0).placed:
            judged += placed.zone_adjusted != Zone.TOO_FEW
            beyond += placed.zone_adjusted not in (Zone.INSIDE, Zone.TOO_FEW)
            far += placed.zone_adjusted in (Zone.FAR_ABOVE, Zone.FAR_BELOW)
    return ["too few"] * 2 if judged < 100 else [f"{100 * count / judged:.1f}" for count in (beyond, far)]


def _same(several: int, alike: float, companies: int) -> str:
    random = np.random.default_rng([43, several, round(10 * alike)])
    same = 0
    for _ in range(companies):
        own, reference = (_teams(random, several, alike, shares) for shares in (HALF_APART, RECOMMENDED))
        found = (within_strata([Stratum("", *pair)]) for pair in zip(own, reference, strict=True))
        same += sum(judge(one, 10, "higher", 30).agreement == Agreement.SAME for one in found)
    return f"{100 * same / (companies * PAIRS):.1f}"


def _alike_at_delta() -> str:
    """The share that is called 一致 for each number of independent answers."""
    random, found = np.random.default_rng(5), []
    for n, pairs in INDEPENDENT:
        same = 0
        for _ in range(pairs):
            own, other = (read_counts("nps", random.multinomial(n, of).tolist()) for of in (HALF_APART, RECOMMENDED))
            same += judge(within_strata([Stratum("", own, other)]), 10, "higher", 30).agreement == Agreement.SAME
        found.append(f"{100 * same / pairs:.1f} % (n = {n:,})")
    return ", ".join(found)


def _teams(random: np.random.Generator, several: int, alike: float, shares: NDArray[Any]) -> list[Reading]:
    snapshot = belonging(random, LARGE, several, alike, PAIRS, shares).snapshot()
    return [row.reading for row in measure(snapshot, "nps", ("team",))]


def _tally(reading: Reading) -> Tally:
    hits = reading.n * (reading.value or 0.0) / 100
    return Tally(float(reading.n), 100 * hits, 100.0**2 * hits)


def _holds(reading: Reading, truth: float) -> bool:
    low, high = reading.low, reading.high
    return (low is None or low <= truth + 1e-9) and (high is None or high >= truth - 1e-9)


def _firm(*readings: Reading) -> bool:
    return all(one.state == State.JUDGEABLE for one in readings)


def _named(several: int, alike: float, n: int | None = None) -> str:
    return f"{several}, {alike:.1f}" + ("" if n is None else f", {n}")


def out_of_step(printed: str) -> list[str]:
    """What is printed otherwise than it is measured now, with fewer teams."""
    page, wrong = cells(printed), []
    for several, alike, n in ((5, 0.6, 300), (20, 0.3, 300)):
        for name, now in zip(METRICS, covered(several, alike, n, 2), strict=False):
            if abs(float(page[_named(several, alike, n), name]) - float(now)) > 4.5:  # 400 teams: four errors of 1.1
                wrong.append(f"{name} of {_named(several, alike, n)}: {now}")
    (within, median, per_100), (alone, _, _) = complaints_held(5, 0.6, 100, 1)
    if min(within, median, per_100) < 89 or alone > 89:  # 200 teams: four errors of 1.6
        wrong.append(f"complaints: {within:.0f}, {median:.0f}, {per_100:.0f} %; each for itself {alone:.0f} %")
    return wrong


SECTION = Section("together", "同一客户的多份答卷 Answers that belong together", write, out_of_step)
"""Where answers of one customer are alike, n is less than it seems."""
