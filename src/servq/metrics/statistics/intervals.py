"""95 % intervals, each by its named method. Owns the formulas of uncertainty; knows no metric and no reading.

Plain arithmetic on a handful of numbers: a page asks for hundreds of intervals, each takes microseconds.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z = float(special.ndtri(1 - TAIL))
"""1.96: how many standard errors a 95 % interval reaches to either side."""

ROUNDING = 1e-12
"""What a sum may be off by, relative to what was added up: so small a rest is none. It must be held against sums of as
many values: one answer in a million that differs is a variance of a millionth, and real."""


class Interval(NamedTuple):
    """Both ends of an interval, in the unit of what it is an interval of."""

    low: float
    high: float


def nps_interval(promoters: float, detractors: float, n: float) -> Interval:
    """Adjusted Wald interval of an NPS in points, clipped to ±100; n of at least 1.

    Three answers are added: ¾ of a promoter, ¾ of a detractor, 1½ passives. With n = 1 the interval would leave out
    the point itself; it is widened to hold it.

    Source: Rocks 2016, The American Statistician 70(4).

    >>> [round(end, 2) for end in nps_interval(50, 20, 100)]
    [14.05, 44.2]
    """
    larger = n + 3
    share_up, share_down = (promoters + 0.75) / larger, (detractors + 0.75) / larger
    centre = share_up - share_down
    reach = Z * sqrt((share_up + share_down - centre * centre) / larger)
    point = (promoters - detractors) / n
    return Interval(max(-100.0, 100 * min(centre - reach, point)), min(100.0, 100 * max(centre + reach, point)))


def mean_reach(total: float, squares: float, n: int) -> float:
    """Half the width of the interval of 100 × a mean of n values between −1 and 1; n of at least 1.

    The normal one: for what one cause gives to an NPS, where most answers give 0. As many pseudo-answers as in
    `nps_interval` are added, half of them for and half against, so that it is never of zero width.

    >>> round(mean_reach(-30, 50, 100), 2)  # as wide as nps_interval(10, 40, 100)
    12.44
    """
    larger, centre = n + 3, total / (n + 3)
    return 100 * Z * sqrt(((squares + 1.5) / larger - centre * centre) / larger)


def share_interval(hits: float, n: float) -> Interval:
    """Wilson score interval of a share in percent; n of at least 1.

    Source: Wilson 1927, JASA 22; the same as `scipy.stats.binomtest(...).proportion_ci(method="wilson")`.

    >>> [round(end, 2) for end in share_interval(8, 10)]
    [49.02, 94.33]
    """
    share, z2 = hits / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low = 0.0 if hits == 0 else max(0.0, 100 * (centre - reach))
    high = 100.0 if hits == n else min(100.0, 100 * (centre + reach))
    return Interval(low, high)


@lru_cache(maxsize=4096)
def t_reach(degrees: float) -> float:
    """The number of standard errors that a 95 % t interval reaches to either side."""
    return float(special.stdtrit(degrees, 1 - TAIL))


def mean_interval(n: float, total: float, squares: float, lowest: float, highest: float) -> Interval | None:
    """Student's t interval of a mean from n, sum and sum of squares, clipped to its scale; None below two answers.

    When all answers are alike the sample shows no spread, but that is no proof that there is none: the spread is
    then taken as if one answer had been one point off (variance 1/n), so that no interval has zero width. Where few
    answers are not at an end of the scale, t is too short: the interval then reaches as far as `scarce_reach`.

    Source: Student 1908.

    >>> [round(end, 3) for end in mean_interval(4, 16.0, 66.0, 1, 5)]
    [2.701, 5]
    """
    if n < 2:
        return None
    deviations = squares - total * total / n
    if deviations <= ROUNDING * squares:
        deviations = (n - 1) / n
    variance = deviations / (n - 1)
    mean, reach, width = total / n, t_reach(n - 1) * sqrt(variance / n), highest - lowest
    missed, scored = n * highest - total, total - n * lowest
    below = scarce_reach(missed / width, (n * highest**2 - 2 * highest * total + squares) / width**2, n)
    above = scarce_reach(scored / width, (n * lowest**2 - 2 * lowest * total + squares) / width**2, n)
    low, high = min(mean - reach, highest - width * below), max(mean + reach, lowest + width * above)
    return Interval(max(lowest, low), min(highest, high))


UNSEEN = 0.02
"""So much of a loss of the whole scale is added to the losses seen: small ones do not prove that none is large."""

MANY = 25
"""Losses, counted as if of one size, from which Student's t is long enough by itself."""


def scarce_reach(total: float, squares: float, n: float, unseen: float = UNSEEN) -> float:
    """Upper limit of the mean of n losses between 0 and 1 of which few are not 0; 0 where they are `MANY`.

    The losses are taken as so many that are all of one size: Wilson's limit of their share, times that size. By hand:
    30 fives show no loss; Wilson's limit of 0 / 30 is 11.35 %, of a size of 1: 0.1135. One four among them, on a scale
    of 1–5: loss 0.25, size (0.0625 + 0.02) / (0.25 + 0.02) = 0.306, 0.82 of that size in 30: 15.8 % · 0.306 = 0.048.

    Source: Wilson 1927; a size for all as Korn & Graubard 1998 take an effective n. Coverage: docs/statistics.md.

    >>> round(scarce_reach(0.0, 0.0, 30), 4), round(scarce_reach(0.25, 0.0625, 30), 3)
    (0.1135, 0.048)
    """
    if total * total >= MANY * squares > 0:
        return 0.0
    total, squares = max(total, 0.0), max(squares, 0.0)
    size = (squares + unseen) / (total + unseen) if total + unseen else 1.0
    share = min(total / size / n, 1.0)
    reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return size * min(1.0, (share + Z * Z / (2 * n) + reach) / (1 + Z * Z / n))


def count_interval(count: float) -> Interval:
    """Garwood's exact interval of a Poisson mean behind a count, which may be an effective one.

    Source: Garwood 1936, Biometrika 28.

    >>> [round(end, 3) for end in count_interval(10)]
    [4.795, 18.39]
    """
    low = float(special.gammaincinv(count, TAIL)) if count else 0.0
    return Interval(low, float(special.gammaincinv(count + 1, 1 - TAIL)))


def ratio_interval(parts: NDArray[Any], wholes: NDArray[Any]) -> Interval | None:
    """Interval of sum(parts) / sum(wholes) in percent, across the units that the sums run over; None below two units.

    Linearised: residuals parts - ratio · wholes, t with units - 1 degrees of freedom, clipped to 0–100. Units that are
    all alike prove no more than as many successes do. Where few units are not at an end of the scale, or of what was
    seen, it reaches as far as `scarce_reach`. The scale of the points does not matter: 1 of 1 is 120 of 120.

    Source: Cochran 1977, Sampling Techniques, 6.4 (ratio estimate).
    """
    units, whole = len(parts), float(wholes.sum())
    if units < 2:
        return None
    ratio, usual = float(parts.sum()) / whole, whole / units
    residuals = parts - ratio * wholes
    squares = float(residuals @ residuals)
    unseen = UNSEEN if squares <= (ROUNDING * wholes) @ (ROUNDING * wholes) else 0.0
    reach = t_reach(units - 1) * sqrt(squares * units / (units - 1)) / whole
    alike = whole**2 / float(wholes @ wholes)
    each = parts / wholes
    least, most = float(each.min()), float(each.max())
    low = min(
        ratio - reach,
        1 - _loss(wholes - parts, usual, alike),
        most - _loss(most * wholes - parts, usual, alike, unseen),
    )
    high = max(ratio + reach, _loss(parts, usual, alike), least + _loss(parts - least * wholes, usual, alike, unseen))
    return Interval(max(0.0, 100 * low), min(100.0, 100 * high))


def _loss(losses: NDArray[Any], usual: float, n: float, unseen: float = UNSEEN) -> float:
    """The reach of losses in points: `usual` is what a unit could lose, n what units of unlike size are worth."""
    shares, part = losses / usual, n / len(losses)
    total, squares = part * float(shares.sum()), part * float(shares @ shares)
    return 0.0 if total <= 1e-9 and not unseen else scarce_reach(total, squares, n, unseen)


@lru_cache(maxsize=8192)
def percentile_ranks(n: int, share: float) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the two sorted values between which a percentile lies with at least 95 % confidence.

    At most 2.5 % is left on either side; an end that n values cannot give is None (P90 has no upper end below n = 36).

    Source: binomial order statistics, Conover 1999, Practical Nonparametric Statistics, 3.2.

    >>> percentile_ranks(30, 0.5), percentile_ranks(30, 0.9), percentile_ranks(5, 0.5)
    ((10, 21), (23, None), (None, None))
    """
    below = special.bdtr(np.arange(n), n, share)  # P(at most 0, 1, ... n-1 values under the percentile)
    low = int(np.searchsorted(below, TAIL, side="right"))
    high = int(np.searchsorted(below, 1 - TAIL, side="left")) + 1
    return (low if low >= 1 else None), (high if high <= n else None)


def percentile_interval(
    ordered: NDArray[Any], share: float, worth: float | None = None
) -> tuple[float | None, float | None]:
    """Order-statistic interval of a percentile of sorted values; an end that n values cannot give is None.

    Args:
        worth: how many independent values they are worth; None: as many. Their ranks then lie at the same parts of the
            whole as those of so many values (Woodruff 1952, JASA 47).
    """
    n = len(ordered)
    few = n if worth is None else max(1, int(worth))
    low, high = percentile_ranks(few, share)
    if few < n:
        part = (n + 1) / (few + 1)
        low = None if low is None else max(1, int(low * part))
        high = None if high is None else min(n, ceil(high * part))
    return (
        None if low is None else float(ordered[low - 1]),
        None if high is None else float(ordered[high - 1]),
    )


def percentile(ordered: NDArray[Any], share: float) -> float:
    """The percentile of sorted values; where it falls between two of them, their middle.

    Source: Hyndman & Fan 1996, type 2; the same as the Kaplan–Meier quantile when nothing is censored.

    >>> percentile(np.array([1.0, 2.0, 3.0, 10.0]), 0.5)
    2.5
    """
    place = len(ordered) * share
    whole = round(place)
    if abs(place - whole) <= ROUNDING * len(ordered):
        return float((ordered[whole - 1] + ordered[min(whole, len(ordered) - 1)]) / 2)
    return float(ordered[ceil(place) - 1])
