"""Verdicts and their labels: the outcomes of a judged change, target or spread. Never decides which of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from servq.records import Label

FALSE_DISCOVERIES = 0.10
"""q of Benjamini–Hochberg: of the changes that a page points out, at most this share is expected to be noise."""

FALSE_ALARMS = 0.05
"""The share of weeks in which a page that watches may say something although nothing changed anywhere."""

FALSE_DISCOVERIES_WATCHED = 0.03
"""q of Benjamini–Hochberg on the weekly page: it keeps the promise of `FALSE_ALARMS`. Simulated: at q = 0.05 it was
broken (6.2 %), for the p-values of small samples are approximate far out in their tails."""


class Verdict(StrEnum):
    """The outcome of a judged change."""

    BETTER = "better"
    WORSE = "worse"
    NO_EVIDENCE = "no_evidence"
    TOO_FEW = "too_few"
    NONE = "none"


VERDICTS: dict[Verdict, Label] = {
    Verdict.BETTER: Label("变好", "better"),
    Verdict.WORSE: Label("变差", "worse"),
    Verdict.NO_EVIDENCE: Label("无显著变化", "no significant change"),
    Verdict.TOO_FEW: Label("样本不足", "too few"),
    Verdict.NONE: Label("不作判断", "not judged"),
}


class Standing(StrEnum):
    """The outcome of a reading held against its target."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"
    TOO_FEW = "too_few"


STANDINGS: dict[Standing, Label] = {
    Standing.MET: Label("达标", "met"),
    Standing.MISSED: Label("未达标", "missed"),
    Standing.UNDECIDED: Label("暂无定论", "inconclusive"),
    Standing.TOO_FEW: Label("样本不足", "too few"),
}


PROMISE_OUTCOMES: dict[Standing, Label] = {
    Standing.MET: Label("兑现", "kept"),
    Standing.MISSED: Label("未兑现", "broken"),
    Standing.UNDECIDED: STANDINGS[Standing.UNDECIDED],
    Standing.TOO_FEW: STANDINGS[Standing.TOO_FEW],
}
"""The standing of a promise that something tests."""

UNTESTED = Label("未检验", "not tested")
"""A promise that nothing tests."""


class Agreement(StrEnum):
    """The verdict on a channel compared with its reference."""

    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    UNDECIDED = "undecided"
    APART = "apart"


AGREEMENTS: dict[Agreement, Label] = {
    Agreement.SAME: Label("一致", "consistent"),
    Agreement.BETTER: Label("不一致，较好", "inconsistent: better"),
    Agreement.WORSE: Label("不一致，较差", "inconsistent: worse"),
    Agreement.UNDECIDED: Label("证据不足", "not enough evidence"),
    Agreement.APART: Label("无法比较", "cannot be compared"),
}


class Accord(StrEnum):
    """The joint result of the three sources on one unit."""

    CONTRADICT = "contradict"
    AGREE = "agree"
    MISSING = "missing"
    UNDECIDED = "undecided"


ACCORDS: dict[Accord, Label] = {
    Accord.CONTRADICT: Label("矛盾", "contradict"),
    Accord.AGREE: Label("三源一致", "agree"),
    Accord.MISSING: Label("缺数据来源", "a source is missing"),
    Accord.UNDECIDED: Label("证据不足", "not enough evidence"),
}


class Hand(StrEnum):
    """The verdict on one shopper's severity."""

    HARSH = "harsh"
    MILD = "mild"
    ALIKE = "alike"
    TOO_FEW = "too_few"


HANDS: dict[Hand, Label] = {
    Hand.HARSH: Label("打分偏严", "marks harder"),
    Hand.MILD: Label("打分偏松", "marks milder"),
    Hand.ALIKE: Label("无显著差别", "no significant difference"),
    Hand.TOO_FEW: Label("样本不足", "too few"),
}


class Zone(StrEnum):
    """A team's place among the funnel limits."""

    FAR_ABOVE = "far_above"
    ABOVE = "above"
    INSIDE = "inside"
    BELOW = "below"
    FAR_BELOW = "far_below"
    TOO_FEW = "too_few"


ZONES: dict[Zone, Label] = {
    Zone.FAR_ABOVE: Label("高出 99.8% 限", "above the 99.8% limit"),
    Zone.ABOVE: Label("高出 95% 限", "above the 95% limit"),
    Zone.INSIDE: Label("在随机波动之内", "within chance"),
    Zone.BELOW: Label("低于 95% 限", "below the 95% limit"),
    Zone.FAR_BELOW: Label("低于 99.8% 限", "below the 99.8% limit"),
    Zone.TOO_FEW: Label("样本不足", "too few"),
}


class ChartRule(StrEnum):
    """A rule of the chart. Each looks at a number of weeks: see `WINDOWS`."""

    OUTSIDE = "outside"
    NEAR = "near"
    RUN = "run"


RULES: dict[ChartRule, Label] = {
    ChartRule.OUTSIDE: Label("1 点超出控制限", "one point outside the limits"),
    ChartRule.NEAR: Label("4 点中有 3 点离控制限比离中心线近", "three of four nearer a limit than the centre"),
    ChartRule.RUN: Label("连续 8 点在中心线同一侧", "eight in a row on one side of the centre"),
}


@dataclass(frozen=True)
class Change:
    """The difference of two readings, `now` − `before`, in the metric's unit.

    Attributes:
        delta: the difference; None when one of them has no value.
        low, high: its 95 % interval; an end that cannot be told is None.
        p: two-sided p-value; below 0.05 exactly when the interval leaves 0 out. None without an interval.
        verdict: what may be said; `none` for metrics without interval or direction.
        p_adjusted: p after Benjamini–Hochberg, when several changes were tested together.
    """

    delta: float | None
    low: float | None
    high: float | None
    p: float | None
    verdict: Verdict
    p_adjusted: float | None = None


class Changes(NamedTuple):
    """Changes that were judged together, and the number of them that had enough rows to be tested."""

    changes: list[Change]
    tested: int


@dataclass(frozen=True)
class Spread:
    """The best and the worst of several groups and how far they are apart, in the metric's unit.

    Attributes:
        difference: value of the best − value of the worst (negative where lower is better).
        low, high: its interval, widened for having picked the two out of `among` groups; None without interval.
        verdict: `worse` when the worst differs significantly from the best, else `no_evidence`.
        among: how many groups were judgeable.
    """

    best: str
    worst: str
    difference: float
    low: float | None
    high: float | None
    verdict: Verdict
    among: int
