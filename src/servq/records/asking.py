"""Records of questions and answers: labels, slices (filters), and readings (figures with their interval and state)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Label(NamedTuple):
    """One text in the two languages that servq speaks."""

    zh: str
    en: str


DIMENSIONS: dict[str, Label] = {
    "week": Label("周", "Week"),
    "channel": Label("渠道", "Channel"),
    "team": Label("班组", "Team"),
    "segment": Label("客群", "Segment"),
    "touchpoint": Label("触点", "Touchpoint"),
    "survey_mode": Label("调查方式", "Survey mode"),
    "category": Label("投诉类别", "Category"),
    "subcategory": Label("投诉子类", "Subcategory"),
    "severity": Label("严重程度", "Severity"),
    "cause_category": Label("原因大类", "Cause category"),
    "cause": Label("原因", "Cause"),
    "product": Label("产品", "Product"),
    "partner": Label("合作方", "Partner"),
    "outlet": Label("网点", "Outlet"),
    "item": Label("检查项", "Checklist item"),
    "dimension": Label("检查维度", "Checklist dimension"),
    "shopper_id": Label("访客", "Shopper"),
    "sentiment": Label("情感", "Sentiment"),
    "open_for": Label("未结时长", "Open for"),
}
"""By what facts may be cut. A metric says which of them it knows."""

SEVERAL = frozenset({"cause_category", "cause"})
"""Dimensions of which a row may have several values at once: the groups of a cut then add up to more than the whole."""

OPEN_FOR: dict[str, Label] = {
    "0-1d": Label("1 天内", "up to 1 d"),
    "1-3d": Label("1–3 天", "1–3 d"),
    "3-7d": Label("3–7 天", "3–7 d"),
    "7d+": Label("7 天以上", "over 7 d"),
    "closed": Label("已结", "closed"),
}
"""Ages of complaints: the values of `open_for`, youngest first, the last for those that are closed."""

NOT_GIVEN = "未注明"
"""The name of a missing dimension value wherever groups are shown or filtered."""

UNATTRIBUTED = "未归因"
"""The cause of a text that names no cause of the tree: a group of its own, which is counted like every other."""


@dataclass(frozen=True)
class Slice:
    """A filter: days from `start` to `end` (both included), and for some dimensions the values kept.

    `where` is sorted by dimension so that equal filters are equal keys of a cache.
    """

    start: date | None = None
    end: date | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, start: date | None = None, end: date | None = None, **where: tuple[str, ...] | list[str]) -> Slice:
        """A slice from names: `Slice.of(monday, sunday, channel=["OTA"])`; empty lists filter nothing."""
        kept = tuple((name, tuple(sorted(values))) for name, values in sorted(where.items()) if values)
        return cls(start, end, kept)

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that this slice filters."""
        return frozenset(name for name, _ in self.where)

    def only(self, dimension: str) -> str | None:
        """The one value of a dimension that this slice keeps; None where it keeps several, or all."""
        values = dict(self.where).get(dimension, ())
        return values[0] if len(values) == 1 else None

    def and_(self, **dims: str | tuple[str, ...]) -> Slice:
        """This slice with one value, or some, for each named dimension."""
        kept = dict(self.where)
        for name, values in dims.items():
            kept[name] = (values,) if isinstance(values, str) else tuple(sorted(values))
        return Slice(self.start, self.end, tuple(sorted(kept.items())))

    def between(self, start: date | None, end: date | None) -> Slice:
        """The same filter over other days."""
        return Slice(start, end, self.where)


SENTIMENT_LABELS: dict[str, Label] = {
    "negative": Label("负面", "negative"),
    "uncertain": Label("不确定", "uncertain"),
    "positive": Label("正面", "positive"),
}
"""The sentiment of a comment -> its label."""


class State(StrEnum):
    """The state of a figure: how much may be concluded from it."""

    JUDGEABLE = "judgeable"
    INDICATIVE = "indicative"
    TOO_FEW = "too_few"
    HIDDEN = "hidden"


STATES: dict[State, Label] = {
    State.JUDGEABLE: Label("可判断", "judgeable"),
    State.INDICATIVE: Label("仅供参考", "indicative"),
    State.TOO_FEW: Label("样本不足", "too few"),
    State.HIDDEN: Label("已隐藏", "hidden"),
}


@dataclass(frozen=True)
class Reading:
    """A figure with everything needed to judge it.

    Attributes:
        value: in the metric's unit; None when there is nothing to compute it from.
        n: number of rows behind it; drilling down lists exactly these.
        effective: how many independent answers these are worth, where customers or orders gave several; None: n.
        excluded: rows of the slice that do not count, by reason code.
        low, high: 95 % interval in the same unit; None for plain counts.
        base: the denominator where it is not n (complaints per 100 responses).
        censored: of n, how many are still open (clocks only).
        reason: why there is no value, in both languages; None when there is one.
    """

    value: float | None
    n: int
    state: State
    excluded: dict[str, int] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    base: int | None = None
    censored: int = 0
    reason: Label | None = None
    effective: float | None = None

    @property
    def worth(self) -> float:
        """How many independent rows stand behind it: what intervals, weights and states go by."""
        return self.n if self.effective is None else self.effective
