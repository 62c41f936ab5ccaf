"""The turning point of a weekly series: the week from which it most likely follows another level. Knows no metric."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def turning_point(hits: Sequence[int], totals: Sequence[int]) -> int | None:
    """The index from which the share is another one than before; None where there are no two periods to compare.

    The place with the largest likelihood of two shares, one before it and one from it on. It says when, not whether:
    whether the shares differ is judged by their intervals.

    Source: Hinkley & Hinkley 1970, Biometrika 57 (change point of a binomial sequence).

    By hand: of 10 cases each, 9, 10, 2, 1 in time. Before and after place 2: 19 of 20 and 3 of 20.

    >>> turning_point([9, 10, 2, 1], [10, 10, 10, 10])
    2
    """
    best, found = None, None
    for place in range(1, len(totals)):
        before, after = (sum(hits[:place]), sum(totals[:place])), (sum(hits[place:]), sum(totals[place:]))
        if before[1] and after[1]:
            likely = _log_likelihood(*before) + _log_likelihood(*after)
            if best is None or likely > best:
                best, found = likely, place
    return found


def turning_point_of_means(values: Sequence[float | None], weights: Sequence[float]) -> int | None:
    """The index from which a series of means lies on another level; None where there are no two periods to compare.

    The place that leaves the least squares within both parts, each week weighted by its rows. It says when, not
    whether.

    Args:
        values: None for a week without a value, which belongs to neither part.

    Source: Hinkley 1970, Biometrika 57 (change point of a normal sequence).

    By hand: 4.5, 4.3 and 4.0, 3.8 of equal weight. Split after two weeks the parts' means are 4.4 and 3.9, and the
    squares within are 4 · .1² = .04; split after one .127, after three .127.

    >>> turning_point_of_means([4.5, 4.3, None, 4.0, 3.8], [10, 10, 0, 10, 10])
    3
    """
    known = [
        (place, value, weight)
        for place, (value, weight) in enumerate(zip(values, weights, strict=True))
        if value is not None and weight > 0
    ]
    best, found = 0.0, None
    for split in range(1, len(known)):
        before, after = _mean(known[:split]), _mean(known[split:])
        between = before[1] * after[1] / (before[1] + after[1]) * (before[0] - after[0]) ** 2
        if between > best:
            best, found = between, known[split][0]
    return found


def _mean(weeks: Sequence[tuple[int, float, float]]) -> tuple[float, float]:
    total = sum(weight for _, _, weight in weeks)
    return sum(value * weight for _, value, weight in weeks) / total, total


def _log_likelihood(hits: int, total: int) -> float:
    return sum(count * log(count / total) for count in (hits, total - hits) if count)
