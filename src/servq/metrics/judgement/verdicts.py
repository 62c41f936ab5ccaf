"""The words of a judgement: what may be said about a change, a target, a spread. Never decides which of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from servq.records import Label


class Verdict(StrEnum):
    """What may be said about a change."""

    BETTER = "better"
    WORSE = "worse"
    NO_EVIDENCE = "no_evidence"
    TOO_FEW = "too_few"
    NONE = "none"


VERDICTS: dict[Verdict, Label] = {
    Verdict.BETTER: Label("变好", "better"),
    Verdict.WORSE: Label("变差", "worse"),
    Verdict.NO_EVIDENCE: Label("无可判断变化", "no change can be told"),
    Verdict.TOO_FEW: Label("样本不足", "too few"),
    Verdict.NONE: Label("不作判断", "not judged"),
}


class Standing(StrEnum):
    """Where a reading stands against its target."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"
    TOO_FEW = "too_few"


STANDINGS: dict[Standing, Label] = {
    Standing.MET: Label("达标", "met"),
    Standing.MISSED: Label("未达标", "missed"),
    Standing.UNDECIDED: Label("尚不能判断", "cannot be told yet"),
    Standing.TOO_FEW: Label("样本不足", "too few"),
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
    """Changes that were judged together, and how many of them could be tested at all."""

    changes: list[Change]
    tested: int


@dataclass(frozen=True)
class Spread:
    """The best and the worst of several groups and how far they are apart, in the metric's unit.

    Attributes:
        difference: value of the best − value of the worst (negative where lower is better).
        low, high: its interval, widened for having picked the two out of `among` groups; None without interval.
        verdict: `worse` when the worst is told apart from the best, else `no_evidence`.
        among: how many groups were judgeable.
    """

    best: str
    worst: str
    difference: float
    low: float | None
    high: float | None
    verdict: Verdict
    among: int
