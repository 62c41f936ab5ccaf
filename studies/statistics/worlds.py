"""Section `worlds`: how often the weekly page says something new in stable companies of many shapes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT
from servq.query import changes_in
from servq.records import Slice
from studies.statistics.section import Section, cells, table
from studies.worlds.company import WATCHED
from studies.worlds.stable import STABLE, World

GOAL = 6.0
"""Percent of weeks in which a page may say something new at most; 5 are promised."""


class Looked(NamedTuple):
    """How much of a world is looked at: so many companies, and every so manyeth of their weeks with a full past."""

    companies: int = 20
    every: int = 3


HOW_MUCH: dict[str, Looked] = {
    "copied": Looked(6),
    "holidays": Looked(6),
    "loyal": Looked(6),
    "young": Looked(40, 1),
    "many_teams": Looked(3, 1),
    "old": Looked(2, 6),
}
"""World -> how much; the others as `Looked()`."""

SHAPES = {
    "copied": "12 teams, 6 channels, 56 weeks, 30–140 answers, 4–12 complaints a team and week",
    "ceilings": "item means 4.7–4.9, CSAT and attainment near 98 %",
    "small": "5–40 answers, 2–8 complaints",
    "uneven": "5–120 answers, one team gives half of all",
    "holidays": "volumes treble in three weeks a year",
    "three_teams": "3 teams in 3 channels",
    "many_teams": "200 teams in 8 channels, 10–40 answers, 36 weeks",
    "young": "14 weeks",
    "old": "156 weeks",
    "loyal": "5 answers a customer and week, ρ = 0.5",
    "returning": "300 customers a team who answer again, ρ = 0.3",
}
"""World -> its shape in words (`studies/worlds/stable.py`)."""


def write() -> str:
    """The table; takes long."""
    return written([[name, *(f"{part}" for part in measured(name, STABLE[name]))] for name in STABLE])


def written(rows: list[list[str]]) -> str:
    """The section with these rows: world, weeks, percent with something new."""
    return "\n\n".join(
        (
            "Method: the weekly page's own function (`servq.query.weekly.changes.changes_in`) on companies of "
            "`studies/worlds/stable.py`, in which nothing\never changes: likelihoods multinomial per team, "
            "items and CSAT clipped noisy copies of them (1 + 0.4 · x + N(0, 0.7)),\nfirst responses log-normal "
            "(e^3.4 min, σ 0.9) "
            "against two hours. Weeks in percent in which anything is said to be new (5 are\npromised; goal: at most 6 "
            "in every world). A rate of 5 % in 180 weeks is known to ±3, in 60 to ±6: where so few weeks were\nlooked "
            "at (many_teams: two of 21 said something), the goal is not proved.",
            table(["world", "shape", "weeks", "something new"], [[row[0], SHAPES[row[0]], *row[1:]] for row in rows]),
            "How large a change must be to be found is in the section before; a new world is one function there.",
        )
    )


def measured(name: str, world: World, much: Looked | None = None) -> tuple[int, str]:
    """How many weeks were looked at, and in how many percent of them the page said something new."""
    companies, every = much or HOW_MUCH.get(name, Looked())
    random = np.random.default_rng([11, sorted(STABLE).index(name)])
    weeks = news = 0
    for _ in range(companies):
        company = world(random)
        snapshot = company.snapshot()
        for monday in _weeks(company.mondays, every):
            weeks += 1
            news += bool(changes_in(snapshot, WATCHED, Slice(), monday).news)
    return weeks, f"{100 * news / weeks:.1f}"


def _error(weeks: int) -> float:
    """Standard error, in percentage points, of a rate at the goal in so many weeks."""
    return float(np.sqrt(GOAL * (100 - GOAL) / weeks))


def _weeks(mondays: list[date], every: int) -> list[date]:
    """The weeks of a company that have a full past before them, the last one first."""
    full = max(len(mondays) - MOST_WEEKS - RECENT - 1, 1)
    return mondays[::-1][:full:every]


def out_of_step(printed: str) -> list[str]:
    """What is printed above the goal, which world is missing, or what a few weeks contradict."""
    page = cells(printed)
    wrong = [f"{name} is not measured" for name in STABLE if (name, "something new") not in page]
    wrong += [
        f"{name}: {page[name, 'something new']} %"
        for name in STABLE
        if (name, "something new") in page
        and float(page[name, "something new"]) > GOAL + 2 * _error(int(page[name, "weeks"]))
    ]
    _, now = measured("three_teams", STABLE["three_teams"], Looked(2, 4))
    if float(now) > 40:  # of 14 weeks at 5 %, six come once in 20,000
        wrong.append(f"three_teams: {now} % now")
    return wrong


SECTION = Section("worlds", "每周得分：各种形状的平稳公司 Stable companies of many shapes", write, out_of_step)
"""Nothing changes anywhere: every statement is false."""
