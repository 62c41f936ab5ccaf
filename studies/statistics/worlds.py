"""Section `worlds`: how often the weekly page says something new in stable companies of many shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from zlib import crc32

import numpy as np

from servq.metrics.statistics.intervals import share_interval
from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT
from servq.query import changes_in
from servq.query.weekly.cell_changes import WeekChanges
from servq.records import Slice
from studies.statistics.section import Section, cells, table
from studies.worlds.company import WATCHED
from studies.worlds.stable import STABLE, World

GOAL = 6.0
"""Percent of weeks in which a page may say something new at most; 5 are promised."""


class Looked(NamedTuple):
    """How much of a world is looked at: so many companies, and every so manyeth of their weeks with a full past."""

    companies: int = 16
    every: int = 2


HOW_MUCH: dict[str, Looked] = {
    "uneven": Looked(28),
    "whole": Looked(28),
    "returning": Looked(45),
    "young": Looked(220, 1),
    "charted": Looked(220, 1),
    "many_teams": Looked(15, 1),
    "old": Looked(7, 4),
}
"""World -> how much; the others as `Looked()`: at least 210 weeks of each."""

SHAPES = {
    "copied": "12 teams, 6 channels, 56 weeks, 30–140 answers, 4–12 complaints a team and week",
    "drawn_anew": "the same, volumes anywhere in 30–140 and 4–12 each week",
    "shares": "CSAT and attainment of a team anywhere in 80–99 %",
    "ceilings": "item means 4.7–4.9, CSAT and attainment near 98 %",
    "small": "5–40 answers, 2–8 complaints",
    "uneven": "5–500 answers, 2–20 complaints, one team gives half of all answers; 44 weeks",
    "holidays": "volumes treble in three weeks a year",
    "three_teams": "3 teams in 3 channels",
    "many_teams": "200 teams in 8 channels, 10–40 answers, 2–8 complaints, 44 weeks",
    "young": "13 weeks: the last compared with the one before, without a chart",
    "charted": "14 weeks: the fewest that give a chart",
    "old": "156 weeks",
    "loyal": "5 answers a customer and week, ρ = 0.5",
    "returning": "300 customers a team who answer again, ρ = 0.3; 36 weeks",
    "whole": "comments and visits too; 44 weeks",
}
"""World -> its shape in words (`studies/worlds/stable.py`)."""


def write() -> str:
    """The table; takes long."""
    return written([(name, *measured(name, STABLE[name])) for name in STABLE])


def written(rows: Sequence[tuple[str, int, str]]) -> str:
    """The section with these rows: world, weeks, percent with something new."""
    lines = [[name, SHAPES[name], weeks, rate, f"±{reach_of(weeks, float(rate)):.1f}"] for name, weeks, rate in rows]
    return "\n\n".join(
        (
            "Method: the weekly page's own function (`servq.query.weekly.changes.changes_in`) on companies of "
            "`studies/worlds/stable.py`, in which nothing\never changes: likelihoods multinomial per team, "
            "items and CSAT clipped noisy copies of them (1 + 0.4 · x + N(0, 0.7)),\nfirst responses log-normal "
            "(e^3.4 min, σ 0.9) against two hours. Weeks in percent in which anything is said to be new (5 are\n"
            "promised; goal: at most 6 in every world), with half the width of the 95 % interval, which takes weeks "
            "of one company as\nindependent:",
            table(["world", "shape", "weeks", "something new", "±"], lines),
            "How large a change must be to be found is in the section before; a new world is one function there.",
        )
    )


def measured(name: str, world: World, much: Looked | None = None) -> tuple[int, str]:
    """How many weeks were looked at, and in how many percent of them the page said something new."""
    news = [bool(family.news) for family in looked_at(name, world, much)]
    return len(news), f"{100 * sum(news) / len(news):.1f}"


def looked_at(name: str, world: World, much: Looked | None = None) -> Iterator[WeekChanges]:
    """What the page says of each week."""
    companies, every = much or HOW_MUCH.get(name, Looked())
    random = np.random.default_rng([11, crc32(name.encode())])
    for _ in range(companies):
        company = world(random)
        snapshot = company.snapshot()
        for monday in _weeks(company.mondays, every):
            yield changes_in(snapshot, WATCHED, Slice(), monday)


def reach_of(weeks: int, rate: float) -> float:
    """Half the width, in percentage points, of the 95 % interval of a rate in so many weeks (Wilson)."""
    low, high = share_interval(rate * weeks / 100, weeks)
    return (high - low) / 2


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
