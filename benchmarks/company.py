"""A made company of any size: teams, answers, complaints and visits drawn from a seed, in the warehouse's columns.

Nothing of the sample is repeated: ids are the company's own, scores are drawn, and words are the sample's clauses in
new company. Half of the customers come back, a few very often, as in the sample. The same size gives the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.company_words import Words
from servq.measures import ITEMS
from servq.weeks import day_start

SEED = 20261130
LAST = date(2026, 9, 21)
"""The Monday of the newest week of every size."""

CHANNELS = {"小程序": 0.18, "官网": 0.16, "OTA": 0.16, "APP": 0.18, "呼叫中心": 0.13, "门店": 0.13, "社交媒体": 0.06}
TOUCHPOINTS, SEGMENTS, MODES = (
    ("中体验", "后传播", "预决策"),
    ("Z世代", "亲子", "商务客", "银发族"),
    ("网页", "短信", "电话"),
)
PRODUCTS = ("酒店", "机票", "火车票", "景区门票", "国内跟团游", "出境跟团游", "定制游", "自由行", "租车")
CUTS = np.array([-2.2, -2.0, -1.85, -1.7, -1.5, -1.2, -0.9, -0.45, 0.05, 0.6])
"""Where the likelihoods 0 … 10 part on the scale of a customer's mood, whose mean is 0 and deviation 1."""

WITHOUT = {"likelihood": 0.03, "csat": 0.06, **dict.fromkeys(ITEMS, 0.13), "comment": 0.45, "customer_id": 0.07}
"""Column -> the share of answers without it."""


@dataclass(frozen=True)
class Size:
    """How large a company is."""

    answers: int
    teams: int
    weeks: int
    complaints: int
    visit_items: int


SIZES = {
    "sample": Size(12_000, 12, 26, 1_500, 3_600),
    "middle": Size(300_000, 100, 52, 30_000, 6_000),
    "big": Size(3_000_000, 204, 156, 300_000, 12_000),
    "huge": Size(10_000_000, 204, 156, 1_000_000, 30_000),
}


class Company:
    """The company of a size; its weeks are drawn one by one, each from its own seed.

    Args:
        words: what customers say.
    """

    def __init__(self, size: Size, words: Words) -> None:
        self.size, self.words = size, words
        random = np.random.default_rng([SEED, size.answers])
        self.mondays = [LAST - timedelta(weeks=size.weeks - 1 - place) for place in range(size.weeks)]
        names, shares = list(CHANNELS), np.array(list(CHANNELS.values()))
        home = np.r_[np.arange(len(names)), random.choice(len(names), max(size.teams - len(names), 0), p=shares)]
        self.home = home[: size.teams]
        self.second = np.where(random.random(size.teams) < 0.2, random.integers(0, len(names), size.teams), self.home)
        count = dict.fromkeys(names, 0)
        self.teams = []
        for place in self.home:
            count[names[place]] += 1
            self.teams.append(f"{names[place]}{count[names[place]]:02d}组")
        self.mood = random.normal(0.0, 0.15, size.teams)
        self.busy = random.gamma(4.0, 1.0, size.teams)
        self.pace = random.gamma(8.0, 0.25, size.teams)
        self.customers = max(int(0.42 * size.answers), 1)

    def answers(self) -> Iterator[pd.DataFrame]:
        """The answers of one week after the other, in the order of their time."""
        begun = 0
        for place, monday in enumerate(self.mondays):
            count = _share(self.size.answers, self.size.weeks, place)
            yield self._answers(np.random.default_rng([SEED, 1, place]), monday, count, begun)
            begun += count

    def complaints(self) -> Iterator[pd.DataFrame]:
        """The complaints of one week after the other."""
        begun = 0
        for place, monday in enumerate(self.mondays):
            count = _share(self.size.complaints, self.size.weeks, place)
            yield self._complaints(np.random.default_rng([SEED, 2, place]), monday, count, begun)
            begun += count

    def visits(self) -> pd.DataFrame:
        """All checklist items; shoppers differ a little in how strictly they mark."""
        random, each = np.random.default_rng([SEED, 3]), 12
        count = self.size.visit_items // each
        week, team = random.integers(0, self.size.weeks, count), random.integers(0, self.size.teams, count)
        shopper = random.integers(0, 8 + self.size.teams // 10, count)
        starts = np.array([day_start(monday) for monday in self.mondays])
        visits = pd.DataFrame(
            {
                "visit_id": [f"V{number:07d}" for number in range(count)],
                "visited_at": starts[week] + random.integers(0, 7 * 86_400, count),
                "week": np.array(self.mondays, dtype=object)[week],
                **self._place(random, team),
                "outlet": [f"{self.teams[place]}营业处" for place in team],
                "shopper_id": [f"SH-{place:02d}" for place in shopper],
            }
        )
        items = visits.loc[np.repeat(np.arange(count), each)].reset_index(drop=True)
        strict = random.normal(0, 0.3, shopper.max(initial=0) + 1)[np.repeat(shopper, each)]
        points = np.clip(np.round(4.3 - strict + random.normal(0, 0.7, len(items))), 0, 5)
        number = np.tile(np.arange(each), count)
        return items.assign(
            item=[f"第{place + 1}项" for place in number],
            dimension=np.array(["形象与环境", "接待", "专业", "办理"], dtype=object)[number % 4],
            points=points,
            points_possible=5.0,
        )

    def _answers(self, random: Generator, monday: date, count: int, begun: int) -> pd.DataFrame:
        team = random.choice(self.size.teams, count, p=self.busy / self.busy.sum())
        mode = random.choice(3, count, p=[0.55, 0.28, 0.17])
        mood = random.normal(self.mood[team] + 0.15 * (mode == 2), 1.0)
        frame = pd.DataFrame({"answered_at": _moments(random, monday, count), "week": [monday] * count})
        frame = frame.assign(
            response_id=[f"R{number:09d}" for number in range(begun, begun + count)],
            **self._place(random, team),
            touchpoint=_one_of(random, TOUCHPOINTS, count),
            segment=_one_of(random, SEGMENTS, count),
            survey_mode=np.array(MODES, dtype=object)[mode],
            product=_one_of(random, PRODUCTS, count),
            partner=[f"合作方{place:03d}" for place in random.integers(0, 40 + self.size.teams, count)],
            customer_id=self._customers(random, count),
            order_id=[f"D{number:010d}" for number in range(begun, begun + count)],
            likelihood=np.searchsorted(CUTS, mood).astype(object),
            csat=_score(random, mood),
            **{item: _score(random, mood) for item in ITEMS},
        )
        frame["comment"] = self.words.comments(random, frame["likelihood"].to_numpy(dtype=int))
        for name, share in WITHOUT.items():
            frame.loc[random.random(count) < share, name] = None
        frame["repurchased"] = np.where(
            random.random(count) < 0.8, (mood + random.normal(0, 1, count) > 0.4) * 1.0, None
        )
        return frame

    def _complaints(self, random: Generator, monday: date, count: int, begun: int) -> pd.DataFrame:
        trouble = self.busy * np.exp(-2 * self.mood)
        team = random.choice(self.size.teams, count, p=trouble / trouble.sum())
        opened = _moments(random, monday, count)
        answered = opened + (3600 * random.gamma(1.3, self.pace[team])).astype(np.int64)
        resolved = answered + (86_400 * random.gamma(1.5, 1.2, count)).astype(np.int64)
        back = np.where(random.random(count) < 0.05, resolved + 200_000, 0)
        texts, categories = self.words.complaints(random, count)
        return pd.DataFrame(
            {
                "complaint_id": [f"T{number:08d}" for number in range(begun, begun + count)],
                "opened_at": opened,
                "first_response_at": np.where(random.random(count) < 0.99, answered, None),
                "resolved_at": np.where(random.random(count) < 0.97, resolved, None),
                "reopened_at": np.where(back > 0, back, None),
                "week": [monday] * count,
                **self._place(random, team),
                "category": categories,
                "severity": _one_of(random, ("低", "中", "高"), count),
                "status": "已办结",
                "product": _one_of(random, PRODUCTS, count),
                "partner": [f"合作方{place:03d}" for place in random.integers(0, 40 + self.size.teams, count)],
                "customer_id": self._customers(random, count),
                "text": texts,
            }
        )

    def _place(self, random: Generator, team: NDArray[np.intp]) -> dict[str, NDArray[np.object_]]:
        channel = np.where(random.random(len(team)) < 0.6, self.home[team], self.second[team])
        names = np.array(list(CHANNELS), dtype=object)
        return {"channel": names[channel], "team": np.array(self.teams, dtype=object)[team]}

    def _customers(self, random: Generator, count: int) -> list[str]:
        """Keyed hashes of customers: most come once or twice, a few very often."""
        place = (self.customers * random.beta(0.75, 1.6, count)).astype(np.int64)
        often = (place * 0.1 * random.random(count)).astype(np.int64)
        chosen = np.where(random.random(count) < 0.1, often, place)
        return [f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}" for number in chosen.tolist()]


def _share(total: int, parts: int, place: int) -> int:
    """The size of one of nearly equal parts.

    >>> [_share(10, 3, place) for place in range(3)]
    [3, 3, 4]
    """
    return total * (place + 1) // parts - total * place // parts


def _moments(random: Generator, monday: date, count: int) -> NDArray[np.int64]:
    """Moments of a week in their order, mostly by day."""
    days, hours = random.integers(0, 7, count), np.clip(random.normal(14.5, 4, count), 0, 23.99)
    return np.sort(day_start(monday) + 86_400 * days + (3600 * hours).astype(np.int64))


def _one_of(random: Generator, values: tuple[str, ...], count: int) -> NDArray[np.object_]:
    return np.array(values, dtype=object)[random.integers(0, len(values), count)]


def _score(random: Generator, mood: NDArray[np.float64]) -> NDArray[np.object_]:
    """A score of 1 to 5 that goes with the mood."""
    return np.clip(np.round(4.2 + 0.7 * mood + random.normal(0, 0.5, len(mood))), 1, 5).astype(object)
