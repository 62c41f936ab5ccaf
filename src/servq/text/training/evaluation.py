"""Evaluation of sentiment models: measures of accuracy, and the comparison of two models on the same texts.

Owns accuracy, macro-F1, balanced accuracy, calibration error, Brier score and the choice of the two cuts. Never trains
and never reads a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from servq.text.training.fitting import Flags, Numbers

NARROWEST, WIDEST, STEP = 0.05, 0.3, 0.05
"""The distance of a cut from the middle; never 0, where a text without evidence stands."""

SURE = 0.9
"""The least share of right labels outside the band between the cuts."""


@dataclass(frozen=True)
class ConfusionMatrix:
    """The confusion counts of some texts, cut at .5.

    Attributes:
        praise_found, complaints_missed, praise_missed, complaints_found: the confusion matrix; a missed complaint
            was taken for praise.
    """

    praise_found: int
    complaints_missed: int
    praise_missed: int
    complaints_found: int

    @property
    def n(self) -> int:
        """The number of texts."""
        return self.praise_found + self.complaints_missed + self.praise_missed + self.complaints_found

    @property
    def accuracy(self) -> float:
        """The share classified correctly."""
        return (self.praise_found + self.complaints_found) / self.n

    @property
    def found(self) -> tuple[float, float]:
        """The recall of praise, and of complaints."""
        praise, complaints = self.praise_found + self.praise_missed, self.complaints_found + self.complaints_missed
        return self.praise_found / praise, self.complaints_found / complaints

    @property
    def balanced(self) -> float:
        """The mean of the recalls of praise and of complaints."""
        return sum(self.found) / 2

    @property
    def macro_f1(self) -> float:
        """The mean of the two classes' F1."""
        wrong = self.complaints_missed + self.praise_missed
        return self.praise_found / (2 * self.praise_found + wrong) + self.complaints_found / (
            2 * self.complaints_found + wrong
        )


def judge(values: Numbers, praise: Flags) -> ConfusionMatrix:
    """The confusion counts of probabilities cut at .5.

    >>> judge(np.array([0.9, 0.5, 0.4, 0.2]), np.array([True, False, True, False]))
    ConfusionMatrix(praise_found=1, complaints_missed=1, praise_missed=1, complaints_found=1)
    """
    told = values >= 0.5
    return ConfusionMatrix(
        int((told & praise).sum()),
        int((told & ~praise).sum()),
        int((~told & praise).sum()),
        int((~told & ~praise).sum()),
    )


def calibration_error(values: Numbers, praise: Flags, weight: Numbers | None = None) -> float:
    """Mean distance of probability and share in ten bins (ECE).

    Args:
        weight: what each text weighs, 1 together (default: all alike).
    """
    weight = np.full(len(praise), 1 / len(praise)) if weight is None else weight
    bins = np.minimum((values * 10).astype(int), 9)
    return float(np.abs(np.bincount(bins, weight * (values - praise), minlength=10)).sum())


def brier(values: Numbers, praise: Flags) -> float:
    """Mean squared distance of probability and truth: 0 is best."""
    return float(((values - praise) ** 2).mean())


def gain(one: Numbers, other: Numbers, praise: Flags) -> float:
    """The number of standard errors by which the Brier score of `one` is lower than `other`'s, text by text."""
    better = (other - praise) ** 2 - (one - praise) ** 2
    error = float(better.std(ddof=1)) / len(better) ** 0.5
    return float(better.mean()) / error if error > 0 else 0.0


def beyond_chance(errors: float, tries: int) -> bool:
    """Whether a gain is significant as the best of several tries (one-sided 5 %, Bonferroni).

    >>> beyond_chance(1.7, 1), beyond_chance(1.7, 3)
    (True, False)
    """
    return errors > NormalDist().inv_cdf(1 - 0.05 / tries)


def precisions(values: Numbers, praise: Flags, cuts: tuple[float, float]) -> tuple[float, float]:
    """The precision of "negative" and of "positive"; 1 where there is none."""
    return _precision(values < cuts[0], ~praise), _precision(values >= cuts[1], praise)


def _precision(label: Flags, right: Flags) -> float:
    return float(right[label].mean()) if label.any() else 1.0


def narrowest_band(values: Numbers, praise: Flags) -> tuple[float, float]:
    """The two cuts nearest to .5 outside which at least nine in ten labels are right, as far as there are any."""
    steps = np.arange(NARROWEST, WIDEST + STEP / 2, STEP).round(2)
    bands = sorted(product(steps.tolist(), steps.tolist()), key=lambda band: (sum(band), abs(band[0] - band[1])))
    for below, above in bands:
        cuts = (round(0.5 - below, 2), round(0.5 + above, 2))
        if min(precisions(values, praise, cuts)) >= SURE:
            return cuts
    return round(0.5 - WIDEST, 2), round(0.5 + WIDEST, 2)
