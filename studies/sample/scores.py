"""Scores of the sample: a customer's satisfaction turned into the scores of a survey answer.

Satisfaction is a normal variable that depends on product, channel, survey mode and person. Each score is a noisy view
of it, cut at fixed points, so that scores correlate about as much as real ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np

from studies.sample.truths import TRUTHS, ramp, week_index

# Share of people at or below each value when contentment is average; 5 and 8 and 10 are heaped as in any survey.
LIKELIHOOD = (0.018, 0.026, 0.038, 0.056, 0.072, 0.122, 0.172, 0.272, 0.450, 0.650)
CSAT = (0.022, 0.060, 0.158, 0.470)
ITEMS = {
    "attitude": (0.012, 0.032, 0.095, 0.360),
    "responsiveness": (0.025, 0.065, 0.170, 0.500),
    "resolution": (0.028, 0.070, 0.180, 0.510),
    "communication": (0.018, 0.050, 0.145, 0.460),
}
PRODUCT_EFFECT = {
    "机票": 0.05, "火车票": 0.12, "酒店": 0.05, "景区门票": 0.10, "周边游": 0.12, "国内跟团游": 0.0,
    "定制游": -0.85, "出境跟团游": -0.70, "邮轮": -0.60,
}  # fmt: skip
CHANNEL_EFFECT = {
    "官网": 0.02,
    "APP": 0.06,
    "小程序": 0.08,
    "OTA": -0.12,
    "社交媒体": -0.05,
    "门店": 0.16,
    "呼叫中心": 0.04,
}
MODE_EFFECT = {"网页": 0.0, "短信": 0.0, "电话": 0.30}
TEAM_EFFECT = {"官网客服一组": 0.05, "OTA对接一组": 0.06, "外滩门店组": 0.04}
SILENT = {
    "likelihood": 0.03,
    "csat": 0.06,
    "attitude": 0.12,
    "responsiveness": 0.12,
    "resolution": 0.15,
    "communication": 0.13,
}

_NORMAL = NormalDist()


def cuts(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Cut points of a standard normal variable that give these cumulative shares."""
    return tuple(_NORMAL.inv_cdf(share) for share in shares)


_CUTS = {name: cuts(shares) for name, shares in {"likelihood": LIKELIHOOD, "csat": CSAT, **ITEMS}.items()}


def mean_item(shares: tuple[float, ...], shift: float) -> float:
    """Mean 1–5 score when everybody is `shift` standard deviations more satisfied."""
    return 5.0 - sum(_NORMAL.cdf(cut - shift) for cut in cuts(shares))


def shift_for(shares: tuple[float, ...], mean: float) -> float:
    """The shift that gives a mean answer (found by halving)."""
    low, high = -3.0, 3.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if mean_item(shares, middle) < mean else (low, middle)
    return (low + high) / 2


_DECLINE = TRUTHS["slow_decline"]
_DECLINE_ENDS = tuple(_DECLINE[end] for end in ("attitude_first", "attitude_last"))


@dataclass(frozen=True)
class Case:
    """The subject of a survey answer."""

    week: int
    channel: str
    team: str
    product: str
    mode: str


@dataclass
class Answers:
    """The scores of one answer; what was left blank is not there."""

    given: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> int | None:
        """A score, or None when it was left blank."""
        return self.given.get(name)


def item_shift(item: str, case: Case) -> float:
    """The planted truths' shift of one item; 0 in most cases."""
    broken = TRUTHS["broken_promise"]
    if item == "responsiveness" and case.channel == broken["channel"] and case.week >= week_index(broken["from_week"]):
        return float(broken["item_shift"])
    return 0.0


def answer(rng: np.random.Generator, case: Case) -> Answers:
    """Scores of one customer about one case."""
    effects = PRODUCT_EFFECT[case.product] + CHANNEL_EFFECT[case.channel] + MODE_EFFECT[case.mode]
    content = effects + TEAM_EFFECT.get(case.team, 0.0) + 0.85 * rng.normal()
    answers = Answers()
    for name, points in _CUTS.items():
        view = content + 0.53 * rng.normal() + item_shift(name, case)
        if name == "attitude" and case.team == _DECLINE["team"]:
            mean = _DECLINE_ENDS[0] + (_DECLINE_ENDS[1] - _DECLINE_ENDS[0]) * ramp(case.week)
            view += shift_for(ITEMS["attitude"], mean) - effects
        value = sum(view > point for point in points) + (0 if name == "likelihood" else 1)
        if rng.random() >= SILENT[name]:
            answers.given[name] = value
    return answers
