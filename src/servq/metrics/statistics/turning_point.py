"""The turning point of a weekly share: the week from which its counts most likely follow another level. Knows no
metric."""

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


def _log_likelihood(hits: int, total: int) -> float:
    return sum(count * log(count / total) for count in (hits, total - hits) if count)
