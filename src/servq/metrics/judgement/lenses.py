"""Three sources (三源对照) on one unit: survey, complaints, mystery shopping, each against all others, never blended.

                survey      complaints    visits
    小程序       ▼ worse     ▼ worse       – none      two tell the same, one is missing     缺数据来源
    西湖门店组    ▼ worse     ● no change   ▼ worse     two tell the same, none the opposite  三源一致
    热线一组     ▲ better    ▼ worse       ● no change two tell the opposite                 矛盾

A mean of the three would call 热线一组 ordinary. Each lens keeps its own test; their verdicts are set side by side.

Source: Fieller, Hartley & Pearson 1957 and Bonett & Wright 2000, Psychometrika 65 (interval of a rank correlation).
Error rates as simulated: docs/statistics.md.
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.metrics.judgement.comparison import changed, compare
from servq.metrics.readings import share_reading
from servq.metrics.statistics.intervals import Z
from servq.metrics.verdicts import Accord, Change, Verdict
from servq.records import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.metrics.judgement.comparison import Better
    from servq.metrics.statistics.strata import Difference

LEAST_UNITS = 6
"""Below so many units a rank correlation has no interval that says anything, and is not shown."""

NO_CHANGE = Change(None, None, None, None, Verdict.TOO_FEW)
NO_BASE = Label("没有答卷，也没有投诉", "neither answers nor complaints here")


class Correlation(NamedTuple):
    """Spearman's rank correlation over k units with its 95 % interval; no value below `LEAST_UNITS`."""

    value: float | None
    low: float | None
    high: float | None
    k: int


def accord(verdicts: Sequence[Verdict]) -> Accord:
    """The joint result of three verdicts, one from each source.

    Opposite directions are a contradiction even where the third lens is missing. Two that point the same way agree when
    the third was there and is silent: it was asked, and says nothing against it.

    >>> accord([Verdict.WORSE, Verdict.NO_EVIDENCE, Verdict.WORSE])
    <Accord.AGREE: 'agree'>
    >>> accord([Verdict.WORSE, Verdict.TOO_FEW, Verdict.WORSE])
    <Accord.MISSING: 'missing'>
    >>> accord([Verdict.WORSE, Verdict.TOO_FEW, Verdict.BETTER])
    <Accord.CONTRADICT: 'contradict'>
    """
    better, worse = (sum(one == way for one in verdicts) for way in (Verdict.BETTER, Verdict.WORSE))
    if better and worse:
        return Accord.CONTRADICT
    if any(one in (Verdict.TOO_FEW, Verdict.NONE) for one in verdicts):
        return Accord.MISSING
    return Accord.AGREE if max(better, worse) >= 2 else Accord.UNDECIDED


def heard(difference: Difference | None, better: Better, others: int, least: int) -> Change:
    """The survey: a unit against all others within the survey mode; `least` rows on both sides to be judged."""
    if difference is None:
        return NO_CHANGE
    judgeable = min(difference.n, others) >= least
    return changed(difference.value, difference.down, difference.up, better, judgeable=judgeable)


def complained(own: tuple[int, int], others: tuple[int, int]) -> Change:
    """The complaints: (complaints, answers) of a unit against those of all others; fewer are better.

    Both are counts that chance moves. Given that a customer was heard at all, either by an answer or by a complaint,
    the share of complaints is a plain share, and two shares are compared; it grows with complaints per 100 answers.

    By hand: 30 complaints on 270 answers are 10.0 % of 300, others 50 on 950 are 5.0 % of 1,000: apart by 5 points.
    """
    mine, theirs = (share_reading(hits, hits + answers, {}, NO_BASE) for hits, answers in (own, others))
    return compare(mine, theirs, "lower")


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> Correlation:
    """Spearman's ρ with the interval of Bonett & Wright: atanh ρ ± 1.96 · √((1 + ρ²/2) / (k − 3)).

    Ranks of ties are shared. Where ρ is ±1 its interval would be a point: it is then taken as if two neighbours had
    changed places, and widened to hold ±1.

    >>> rank_correlation([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    Correlation(value=None, low=None, high=None, k=5)
    """
    k = len(xs)
    if k < LEAST_UNITS or len(set(xs)) < 2 or len(set(ys)) < 2:
        return Correlation(None, None, None, k)
    value = float(np.corrcoef(_ranks(xs), _ranks(ys))[0, 1])
    most = 1 - 12 / (k * (k * k - 1))
    near = max(-most, min(most, value))
    reach = Z * sqrt((1 + near * near / 2) / (k - 3))
    low, high = tanh(atanh(near) - reach), tanh(atanh(near) + reach)
    return Correlation(value, min(low, value), max(high, value), k)


def _ranks(values: Sequence[float]) -> list[float]:
    from scipy.stats import rankdata  # half a second to import: only where it is needed

    ranks: list[float] = rankdata(values).tolist()
    return ranks
