"""Worlds in which nothing ever changes: every statement of a page about them is false.

| world | shape |
|---|---|
| copied | 12 teams in 6 channels, 56 weeks, 30–140 answers, 4–12 complaints a team and week; scores follow likelihood |
| drawn_anew | the same with volumes drawn anew each week |
| shares | CSAT and attainment of a team anywhere from 80 to 99 % |
| ceilings | the same with CSAT 97–99 %, item means 4.7–4.9, attainment 93–99 % |
| small | 5–40 answers and 2–8 complaints a team and week |
| uneven | 5–500 answers and 2–20 complaints a team and week, one team gives half of all answers |
| holidays | volumes follow Poisson and treble in three weeks a year |
| three_teams | 3 teams in 3 channels |
| many_teams | 200 teams in 8 channels, 10–40 answers |
| young | 13 weeks of history: a week is compared with the one before, by no chart |
| charted | 14 weeks of history, the fewest that give a control chart |
| old | 156 weeks of history |
| loyal | 5 answers a customer in the same week, intraclass correlation 0.5 |
| returning | customers answer again and again over the weeks, intraclass correlation 0.3 |
| whole | comments and visits too, so that every figure of the page is there |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from servq.measures import ITEMS, SENTIMENTS
from studies.worlds.company import RECOMMENDED, Company

World = Callable[[np.random.Generator], Company]

SPREAD = 0.9
"""Standard deviation of the logarithms of a clock."""


@dataclass(frozen=True)
class Shape:
    """What a company looks like; figures that differ by team are drawn once for each of them.

    Attributes:
        answers, complaints: fewest and most a team and week.
        poisson: whether volumes vary by chance from week to week.
        shift, noise: scores are clip(round(shift + 0.4 · likelihood + N(0, noise)), 1, 5).
        minutes: e to the power of this is the middle first response.
        limit: hours within which it is promised.
        per_customer, alike: answers of one customer in the same week, and the intraclass correlation.
        holidays: whether volumes treble in three weeks of a year.
        uneven: whether one team gives half of all answers.
        anew: whether volumes are drawn anew each week, else within a fifth of what is usual for the team.
        shares: ends between which a team's CSAT and attainment lie; None: as scores and clocks come.
    """

    teams: int = 12
    channels: int = 6
    weeks: int = 56
    answers: tuple[int, int] = (30, 140)
    complaints: tuple[int, int] = (4, 12)
    poisson: bool = False
    shift: float = 1.0
    noise: float = 0.7
    minutes: float = 3.4
    limit: float = 2.0
    per_customer: int = 1
    alike: float = 0.0
    holidays: bool = False
    uneven: bool = False
    anew: bool = False
    shares: tuple[float, float] | None = None


def made(random: np.random.Generator, shape: Shape) -> Company:
    """A company of that shape."""
    volumes = _volumes(random, shape, shape.answers)
    week, team = _places(volumes)
    truths = random.dirichlet(60 * RECOMMENDED + 0.3, shape.teams)
    likelihood, customer = _likelihoods(random, shape, truths, week, team)
    answers = pd.DataFrame({"week": week, "team": team, "likelihood": likelihood})
    if shape.per_customer > 1:
        answers["customer"] = customer
    for score in ("csat", *ITEMS):
        noisy = shape.shift + 0.4 * likelihood + random.normal(0, shape.noise, len(likelihood))
        answers[score] = np.clip(np.rint(noisy), 1, 5)
    if shape.shares:
        satisfied = random.uniform(*shape.shares, shape.teams)[team]
        answers["csat"] = np.where(random.random(len(team)) < satisfied, 5.0, 3.0)
    channel_of = tuple(int(team * shape.channels / shape.teams) for team in range(shape.teams))
    return Company(shape.weeks, answers, complained(random, shape), channel_of, shape.limit)


def complained(random: np.random.Generator, shape: Shape) -> pd.DataFrame:
    """The complaints of a company of that shape."""
    week, team = _places(_volumes(random, shape, shape.complaints))
    middle = np.full(shape.teams, shape.minutes)
    if shape.shares:
        middle = np.log(60 * shape.limit) - SPREAD * special.ndtri(random.uniform(*shape.shares, shape.teams))
    hours = random.lognormal(middle[team], SPREAD) / 60
    return pd.DataFrame(
        {"week": week, "team": team, "hours": hours, "resolved": hours + random.lognormal(2.5, SPREAD, len(week))}
    )


def _volumes(random: np.random.Generator, shape: Shape, ends: tuple[int, int]) -> NDArray[Any]:
    """Weeks × teams."""
    if shape.anew:
        return np.asarray(random.integers(ends[0], ends[1] + 1, (shape.weeks, shape.teams)))
    usual = random.integers(ends[0], ends[1] + 1, shape.teams).astype(float)
    if shape.uneven:
        usual[0] = usual[1:].sum()
    rhythm = np.ones(shape.weeks)
    if shape.holidays:
        rhythm[np.isin(np.arange(shape.weeks) % 52, (4, 17, 39))] = 3.0
    wanted = rhythm[:, np.newaxis] * usual
    if shape.poisson or shape.holidays:
        return random.poisson(wanted)
    return np.rint(wanted * random.uniform(0.8, 1.2, wanted.shape)).astype(int)


def _places(volumes: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of each row its week and team."""
    weeks, teams = volumes.shape
    week, team = np.divmod(np.arange(weeks * teams), teams)
    return np.repeat(week, volumes.ravel()), np.repeat(team, volumes.ravel())


def _likelihoods(
    random: np.random.Generator, shape: Shape, truths: NDArray[Any], week: NDArray[np.intp], team: NDArray[np.intp]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Likelihoods, and whose they are: an answer repeats what its customer always says with probability √ρ."""
    steps = np.cumsum(truths, axis=1)[team]
    own = (random.random((len(team), 1)) > steps).sum(axis=1)
    place = np.arange(len(team))
    first = np.r_[True, (week[1:] != week[:-1]) | (team[1:] != team[:-1])] if len(team) else np.zeros(0, dtype=bool)
    began = np.maximum.accumulate(np.where(first, place, 0))
    customer = began + (place - began) // shape.per_customer
    kept = random.random(len(team)) < np.sqrt(shape.alike)
    return np.where(kept, own[customer], (random.random((len(team), 1)) > steps).sum(axis=1)), customer


def copied(random: np.random.Generator) -> Company:
    """Twelve teams in six channels; items and CSAT are clipped noisy copies of the likelihood."""
    return made(random, Shape())


def drawn_anew(random: np.random.Generator) -> Company:
    """The same with volumes of each week anywhere between the fewest and the most."""
    return made(random, Shape(anew=True))


def shares(random: np.random.Generator) -> Company:
    """Shares from 80 to 99 %, each team at a place of its own."""
    return made(random, Shape(shares=(0.80, 0.99), poisson=True))


def ceilings(random: np.random.Generator) -> Company:
    """Nearly everybody satisfied, nearly everything in time."""
    return made(random, Shape(shift=1.9, noise=0.5, limit=2.6))


def small(random: np.random.Generator) -> Company:
    """Few answers, fewer complaints."""
    return made(random, Shape(answers=(5, 40), complaints=(2, 8), poisson=True))


def uneven(random: np.random.Generator) -> Company:
    """Very small and very large teams; one gives half of all answers."""
    return made(random, Shape(answers=(5, 500), complaints=(2, 20), uneven=True, poisson=True, weeks=44))


def holidays(random: np.random.Generator) -> Company:
    """Three times as many rows in three weeks of a year."""
    return made(random, Shape(holidays=True))


def three_teams(random: np.random.Generator) -> Company:
    """A small company."""
    return made(random, Shape(teams=3, channels=3))


def many_teams(random: np.random.Generator) -> Company:
    """A large company of small teams."""
    return made(random, Shape(teams=200, channels=8, answers=(10, 40), complaints=(2, 8), weeks=44, poisson=True))


def young(random: np.random.Generator) -> Company:
    """Thirteen weeks of history: too few for a control chart."""
    return made(random, Shape(weeks=13, poisson=True))


def charted(random: np.random.Generator) -> Company:
    """Fourteen weeks of history: just enough for a control chart."""
    return made(random, Shape(weeks=14, poisson=True))


def old(random: np.random.Generator) -> Company:
    """Three years of history."""
    return made(random, Shape(weeks=156, poisson=True))


def loyal(random: np.random.Generator) -> Company:
    """Five answers of each customer, who mostly says the same."""
    return made(random, Shape(per_customer=5, alike=0.5))


def returning(random: np.random.Generator) -> Company:
    """Customers of a team who answer again in other weeks."""
    company = made(random, Shape(weeks=36))
    answers = company.answers
    customer = answers["team"] * 1_000 + random.integers(0, 300, len(answers))
    own = _usual(random, customer.to_numpy())
    kept = random.random(len(answers)) < np.sqrt(0.3)
    answers = answers.assign(customer=customer, likelihood=np.where(kept, own, answers["likelihood"]))
    return Company(company.weeks, answers, company.complaints, company.channel_of, company.limit)


def whole(random: np.random.Generator) -> Company:
    """Every source: comments that go with the likelihood, and one to three visits a team and week."""
    company = made(random, Shape(weeks=44))
    answers = company.answers
    mood = answers["likelihood"].to_numpy() + random.normal(0, 2.5, len(answers))
    sentiment = np.select([random.random(len(answers)) < 0.5, mood < 6, mood < 7.5], ["", *SENTIMENTS[:2]], "positive")
    week, team = _places(random.integers(1, 4, (company.weeks, len(company.channel_of))))
    visits = pd.DataFrame({"week": week, "team": team, "score": np.clip(random.normal(0.84, 0.08, len(week)), 0, 1)})
    return replace(company, answers=answers.assign(sentiment=sentiment), visits=visits)


def _usual(random: np.random.Generator, customer: NDArray[Any]) -> NDArray[Any]:
    """What each customer says as a rule."""
    _, places = np.unique(customer, return_inverse=True)
    return np.asarray(random.choice(11, places.max(initial=0) + 1, p=RECOMMENDED)[places])


STABLE: dict[str, World] = {
    "copied": copied,
    "drawn_anew": drawn_anew,
    "shares": shares,
    "ceilings": ceilings,
    "small": small,
    "uneven": uneven,
    "holidays": holidays,
    "three_teams": three_teams,
    "many_teams": many_teams,
    "young": young,
    "charted": charted,
    "old": old,
    "loyal": loyal,
    "returning": returning,
    "whole": whole,
}
"""Name -> world."""
