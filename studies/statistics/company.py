"""A simulated company: twelve teams in seven channels, weeks of answers and clocks whose true values are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servq.measures import LIKELIHOODS
from servq.metrics.catalog import METRICS
from servq.metrics.judgement.change_detection import Looked, restlessness
from servq.metrics.metric import Facts, state_of
from servq.metrics.readings import NO_COMPLAINTS, share_reading
from servq.metrics.statistics.survival import clock_quantile
from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT, WINDOWS
from servq.records import Reading, State

CHANNEL_OF = (0, 0, 1, 2, 3, 3, 4, 5, 5, 5, 6, 6)
"""Team -> its channel, as in data/sample."""

GROUPS: tuple[tuple[int, ...], ...] = (
    tuple(range(12)),
    *(tuple(team for team, channel in enumerate(CHANNEL_OF) if channel == c) for c in range(7)),
    *((team,) for team in range(12)),
)
"""Everybody, each channel, each team: the teams that belong to each."""

PLANTED = 2
"""The channel in which a change is planted: it has one team."""

ANSWERS, CLOCKS = 60, 12
"""Survey answers and complaints of a team in a week."""

LIKELIHOOD = np.array([1, 1, 1, 2, 2, 4, 6, 12, 18, 20, 33], dtype=float) / 100
SCORES = np.array([2, 5, 15, 40, 38], dtype=float) / 100
COMMENTS = np.array([40, 15, 45], dtype=float) / 100
"""Truth: shares of the likelihoods 0–10 (NPS +36), of the scores 1–5, of positive, uncertain and negative comments."""

WITHIN, HOURS, SPREAD = 0.95, 1.0, 0.8
"""Truth: share within the limit; median and spread (of logarithms) of a clock."""

_ITEMS = ("attitude", "responsiveness", "resolution", "communication")
SURVEY = {"nps": LIKELIHOOD, "csat": SCORES, "negative_share": COMMENTS} | dict.fromkeys(_ITEMS, SCORES)
WATCHED = (*SURVEY, "sla_attainment", "first_response_median")


@dataclass(frozen=True)
class Change:
    """A planted change: its metric, the tilt of the shares, or the factor on a clock."""

    metric: str = ""
    size: float = 0.0


def tilted(shares: NDArray[Any], by: NDArray[Any] | float) -> NDArray[Any]:
    """Shares of ordered answers shifted towards the upper (or lower) end on the logit scale."""
    place = np.linspace(-1, 1, len(shares))
    weights = shares * np.exp(np.multiply.outer(by, place))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


@dataclass
class Company:
    """Some weeks of it.

    Attributes:
        restless: standard deviation of the tilt by which each team's weeks differ on their own; 0: not at all.
        change: planted in the last two weeks.
    """

    random: np.random.Generator
    weeks: int
    change: Change = Change()
    restless: float = 0.0

    @cached_property
    def counts(self) -> dict[str, NDArray[Any]]:
        """Metric -> weeks × teams × answers."""
        found = {}
        for name, shares in SURVEY.items():
            tilt = (
                self.random.normal(0, self.restless, (self.weeks, 12)) if self.restless else np.zeros((self.weeks, 12))
            )
            if name == self.change.metric:
                tilt[-2:, np.array(CHANNEL_OF) == PLANTED] += self.change.size
            found[name] = self.random.multinomial(ANSWERS, tilted(shares, tilt))
        within = np.full((self.weeks, 12), WITHIN)
        if self.change.metric == "sla_attainment":
            within[-2:, np.array(CHANNEL_OF) == PLANTED] = self.change.size
        hits = self.random.binomial(CLOCKS, within)
        found["sla_attainment"] = np.stack([hits, CLOCKS - hits], axis=-1)
        return found

    @cached_property
    def hours(self) -> NDArray[Any]:
        """Weeks × teams × clocks."""
        hours = HOURS * self.random.lognormal(0, SPREAD, (self.weeks, 12, CLOCKS))
        if self.change.metric == "first_response_median":
            hours[-2:, np.array(CHANNEL_OF) == PLANTED] *= self.change.size
        return hours

    def looked(self, metrics: tuple[str, ...], last: int) -> Iterator[tuple[str, int, Looked]]:
        """Every cell of a week as the page judges it, against the week before: metric, place in `GROUPS`, cell."""
        for name in metrics:
            restless = self._restless(name, last)
            for place, teams in enumerate(GROUPS):
                read = partial(self._reading, name, list(teams))
                now = read(last, last + 1)
                windows = {}
                for rule, weeks in WINDOWS.items():
                    end = last + 1 - max(weeks, RECENT)
                    windows[rule] = (read(last + 1 - weeks, last + 1), read(max(end - MOST_WEEKS, 0), end))
                course = partial(self._course, read, last)
                yield (
                    name,
                    place,
                    Looked(
                        METRICS[name].better,
                        (now, read(last - 1, last)),
                        windows,
                        course,
                        own_spread=METRICS[name].unit == "hours",
                        by_t=METRICS[name].unit == "score",
                        restless=restless,
                    ),
                )

    def against(self, looked: tuple[str, int, Looked], weeks: tuple[int, int]) -> Looked:
        """The same cell against other weeks (the first and the one after the last)."""
        name, place, cell = looked
        return replace(cell, week=(cell.week[0], self._reading(name, list(GROUPS[place]), *weeks)))

    def _restless(self, name: str, last: int) -> float:
        """How restless the metric is, as the page asks its teams."""
        end = last + 1 - RECENT
        reads = [partial(self._reading, name, list(teams)) for teams in GROUPS if len(teams) == 1]
        return restlessness((self._course(read, last), read(max(end - MOST_WEEKS, 0), end)) for read in reads)

    def _course(self, read: Callable[[int, int], Reading], last: int) -> list[float | None]:
        weeks = [read(week, week + 1) for week in range(last + 1 - RECENT - MOST_WEEKS, last + 1)]
        return [None if reading.state == State.TOO_FEW else reading.value for reading in weeks]

    def _reading(self, name: str, teams: list[int], start: int, end: int) -> Reading:
        if name == "first_response_median":
            hours = self.hours[start:end, teams].ravel()
            value, low, high = clock_quantile(hours, np.ones(len(hours), dtype=bool), 0.5)
            return Reading(value, len(hours), state_of(len(hours), 5, 10), low=low, high=high)
        return read_counts(name, self.counts[name][start:end, teams].sum(axis=(0, 1)).tolist())


def read_counts(name: str, counts: list[int]) -> Reading:
    """The reading of a metric from counts of its answers, by the metric itself."""
    n = sum(counts)
    if name == "sla_attainment":
        return share_reading(counts[0], n, {}, NO_COMPLAINTS, (5, 10))
    if name == "nps":
        facts = dict(zip(LIKELIHOODS, counts, strict=True))
    elif name == "csat":
        facts = {"csat_n": n, "csat_satisfied": counts[3] + counts[4]}
    elif name == "negative_share":
        facts = dict(zip(("sentiment_positive", "sentiment_uncertain", "sentiment_negative"), counts, strict=True))
    else:
        total = sum(score * count for score, count in enumerate(counts, start=1))
        squares = sum(score * score * count for score, count in enumerate(counts, start=1))
        facts = {f"{name}_n": n, f"{name}_sum": total, f"{name}_squares": squares}
    return METRICS[name].read(Facts(facts | {"responses": n}))
