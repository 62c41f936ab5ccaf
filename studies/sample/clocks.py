"""Complaint clocks of the sample: right-skewed times of first response, resolution and reopening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log

import numpy as np

from studies.sample.truths import END, TRUTHS, week_index

FIRST_RESPONSE = {
    "官网": (1.15, 0.60), "APP": (0.58, 0.60), "OTA": (6.2, 0.66), "社交媒体": (1.1, 0.60), "门店": (2.3, 0.60),
    "呼叫中心": (0.22, 0.70),
}  # fmt: skip
"""Median hours and sigma of the lognormal; 小程序 is planted (data/truths.toml)."""

RESOLUTION_HOURS = {"低": 16.0, "中": 44.0, "高": 116.0}
SLOW_CATEGORIES = {"退改与费用": 1.5, "产品与行程": 1.2, "系统与支付": 0.8, "响应与等待": 0.6}
LATE_ARRIVALS = {"OTA": 3, "门店": 2, "官网": 1, "小程序": 1}
"""So many complaints of the last week come so late on Sunday that nobody has answered yet: a log never ends tidily."""

REOPENED = {"低": 0.03, "中": 0.06, "高": 0.11}


@dataclass(frozen=True)
class Clocks:
    """The times of one complaint, as far as they had come by the end of the files."""

    opened: datetime
    first_response: datetime | None
    resolved: datetime | None
    reopened: datetime | None

    @property
    def status(self) -> str:
        """As the log names it."""
        if self.resolved:
            return "已办结"
        if self.reopened:
            return "重开处理中"
        return "处理中" if self.first_response else "待响应"


def lognormal(rng: np.random.Generator, median_hours: float, sigma: float) -> timedelta:
    """A right-skewed span with this median, to the second."""
    return timedelta(seconds=max(20, round(3600 * exp(log(median_hours) + sigma * rng.normal()))))


def first_response(rng: np.random.Generator, channel: str, week: int) -> timedelta:
    """The time to the first response in this channel."""
    broken = TRUTHS["broken_promise"]
    if channel != broken["channel"]:
        return lognormal(rng, *FIRST_RESPONSE[channel])
    when = "after" if week >= week_index(broken["from_week"]) else "before"
    return lognormal(rng, broken[f"median_{when}"] / 60, broken[f"sigma_{when}"])


def sunday_night(rng: np.random.Generator, channel: str) -> datetime:
    """A moment so shortly before the end of the files that no answer is to be expected."""
    promised = {**TRUTHS["kept_promises"]["limit_hours"], TRUTHS["broken_promise"]["channel"]: 0.5}
    return END - timedelta(seconds=int(60 + 3600 * 0.12 * promised[channel] * rng.random()))


def run(rng: np.random.Generator, opened: datetime, week: int, channel: str, category: str, severity: str) -> Clocks:
    """All clocks of a complaint, cut off at the end of the files."""
    answered = opened + first_response(rng, channel, week)
    work = RESOLUTION_HOURS[severity] * SLOW_CATEGORIES.get(category, 1.0)
    closed = answered + lognormal(rng, work, 0.8)
    again: datetime | None = None
    if rng.random() < REOPENED[severity]:
        again = closed + lognormal(rng, 30, 0.7)
        # Opened again after the end of the files: the log knows only the first closing.
        closed = again + lognormal(rng, 0.8 * work, 0.7) if again <= END else closed
    return Clocks(opened, *(at if at and at <= END else None for at in (answered, closed, again)))
