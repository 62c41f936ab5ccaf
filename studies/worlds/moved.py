"""Worlds in which only the mix moves: nobody's service changes, but raw totals do.

| world | shape |
|---|---|
| phone | telephone answers are 14 NPS points higher; their share goes from 20 to 60 % everywhere in the last week |
| swapped | a shop with NPS 65 and a hotline with −14, whose volumes are swapped in the last week |
| channels | one of six channels is 25 points lower and grows to five times its answers in the last week |
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from servq.measures import ITEMS
from studies.worlds.company import RECOMMENDED, Company
from studies.worlds.stable import Shape, complained

World = Callable[[np.random.Generator], Company]

WEEKS, SHORT = 32, 16
"""Weeks of a world; of that with most answers."""


def tilted(points: float) -> NDArray[np.float64]:
    """Shares of the likelihoods 0–10 so many NPS points above (or below) those of `RECOMMENDED`."""
    moved = RECOMMENDED.copy()
    moved[9:] *= 1 + points / 200 / moved[9:].sum()
    moved[:7] *= 1 - points / 200 / moved[:7].sum()
    return moved


def _company(
    random: np.random.Generator, teams: int, channels: int, kinds: list[tuple[NDArray[np.int64], float, str]]
) -> Company:
    """A company of some kinds of answers, each with its counts (weeks × teams), points above usual, and mode."""
    parts = []
    for counts, points, mode in kinds:
        place = np.repeat(np.arange(counts.size), counts.ravel())
        said = random.choice(11, len(place), p=tilted(points))
        parts.append(pd.DataFrame({"week": place // teams, "team": place % teams, "likelihood": said, "mode": mode}))
    answers = pd.concat(parts, ignore_index=True)
    for score in ("csat", *ITEMS):
        noisy = 1 + 0.4 * answers["likelihood"] + random.normal(0, 0.7, len(answers))
        answers[score] = np.clip(np.rint(noisy), 1, 5)
    weeks = len(kinds[0][0])
    shape = Shape(teams=teams, channels=channels, weeks=weeks)
    channel_of = tuple(int(team * channels / teams) for team in range(teams))
    return Company(weeks, answers, complained(random, shape), channel_of)


def phone(random: np.random.Generator) -> Company:
    """Many more are asked by telephone, where people are kinder."""
    shares = np.full((SHORT, 12), 0.2)
    shares[-1] = 0.6
    whole = random.poisson(800, shares.shape)
    called = random.binomial(whole, shares)
    return _company(random, 12, 6, [(called, 14.0, "电话"), (whole - called, 0.0, "网页")])


def swapped(random: np.random.Generator) -> Company:
    """A good shop and a bad hotline whose volumes change places."""
    means = np.tile([240.0, 60.0], (WEEKS, 1))
    means[-1] = [60.0, 240.0]
    counts = random.poisson(means)
    shop, hotline = counts.copy(), counts.copy()
    shop[:, 1], hotline[:, 0] = 0, 0
    return _company(random, 2, 2, [(shop, 29.0, "网页"), (hotline, -50.0, "网页")])


def channels(random: np.random.Generator) -> Company:
    """One channel that scores lower grows fivefold."""
    means = np.full((WEEKS, 12), 150.0)
    means[-1, :2] *= 5
    counts = random.poisson(means)
    low, usual = counts.copy(), counts.copy()
    low[:, 2:], usual[:, :2] = 0, 0
    return _company(random, 12, 6, [(low, -25.0, "网页"), (usual, 0.0, "网页")])


MOVED: dict[str, World] = {"phone": phone, "swapped": swapped, "channels": channels}
"""Name -> world; only the last week is of interest."""
