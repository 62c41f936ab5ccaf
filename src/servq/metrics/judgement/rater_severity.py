"""Rater severity: how strictly each mystery shopper marks, against the others on the same items of the same teams.

    share of points = what this item of this team usually gets + what this shopper takes off + chance

Only like is compared with like: the means of every item of every team are taken out before (Frisch & Waugh), and what
is left is compared between one shopper and all others. Visits are the units of the interval, not items.

One strict shopper makes all others look lenient. The most different one is therefore tested first, and leaves the
reference of the rest when significant; the search ends with the first that is not (stepwise, Bonferroni).

Source: Frisch & Waugh 1933, Econometrica 1; Liang & Zeger 1986, Biometrika 73 (visits as clusters); Holm 1979.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import special

from servq.metrics.metric import state_of
from servq.metrics.statistics.intervals import TAIL, t_reach
from servq.metrics.verdicts import Hand
from servq.records import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray


class Scored(NamedTuple):
    """Checklist items as arrays of equal length.

    Attributes:
        stratum: what is like for like: one item of one team in one channel, as integers from 0.
        shopper, visit: who, and on which visit, as integers from 0.
        share: points of the possible ones, 0 … 1.
        weight: the possible points.
    """

    stratum: NDArray[Any]
    shopper: NDArray[Any]
    visit: NDArray[Any]
    share: NDArray[np.float64]
    weight: NDArray[np.float64]


@dataclass(frozen=True)
class Severity:
    """One shopper against the others.

    Attributes:
        shopper: as numbered in `Scored`.
        n: visits.
        difference: percentage points above (+) or below (−) the others; None where nobody saw the same.
        low, high: its 95 % interval.
        p: two-sided, of this shopper alone.
    """

    shopper: int
    n: int
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    hand: Hand

    @property
    def state(self) -> State:
        """The state according to the number of visits."""
        return State.TOO_FEW if self.difference is None else state_of(self.n)


def severities(scored: Scored) -> list[Severity]:
    """Every shopper against those who do not differ significantly, in the order given."""
    visits = {int(s): len(np.unique(scored.visit[scored.shopper == s])) for s in np.unique(scored.shopper)}
    firm = {s for s, n in visits.items() if state_of(n) == State.JUDGEABLE}
    unlike: dict[int, Hand] = {}
    while True:
        rest = sorted(firm - set(unlike))
        found = [_against(scored, s, visits[s], set(unlike)) for s in rest]
        worst = min((s for s in found if s.p is not None), key=lambda s: s.p or 0.0, default=None)
        if worst is None or worst.p is None or worst.p * len(rest) >= 2 * TAIL or len(rest) < 2:
            break
        unlike[worst.shopper] = Hand.HARSH if (worst.difference or 0) < 0 else Hand.MILD
    return [
        _against(scored, s, n, set(unlike) - {s}, unlike.get(s, Hand.ALIKE if s in firm else Hand.TOO_FEW))
        for s, n in visits.items()
    ]


def _against(scored: Scored, shopper: int, n: int, without: Collection[int], hand: Hand = Hand.ALIKE) -> Severity:
    """One shopper against the others but those in `without`."""
    keep = ~np.isin(scored.shopper, list(without))
    part = Scored(*(column[keep] for column in scored))
    own = (part.shopper == shopper).astype(float)
    apart, share = _within(part, own), _within(part, part.share)
    known = float(part.weight @ apart**2)
    shared = np.abs(apart) > 1e-12
    own_visits = len(np.unique(part.visit[shared & (own > 0)]))
    other_visits = len(np.unique(part.visit[shared & (own == 0)]))
    if known <= 1e-9 or min(own_visits, other_visits) < 2:
        return Severity(shopper, n, None, None, None, None, Hand.TOO_FEW)
    difference = float((part.weight * apart) @ share) / known
    left = part.weight * apart * (share - difference * apart)
    _, place = np.unique(part.visit[shared], return_inverse=True)
    by_visit = np.bincount(place, left[shared])
    error = sqrt(float(by_visit @ by_visit) * len(by_visit) / (len(by_visit) - 1)) / known
    degrees = min(own_visits, other_visits) - 1
    reach, p = t_reach(degrees) * error, _p_value(difference, error, degrees)
    ends = (100 * (difference - reach), 100 * (difference + reach))
    return Severity(shopper, n, 100 * difference, *ends, p, hand)


def _within(part: Scored, column: NDArray[np.float64]) -> NDArray[np.float64]:
    """A column less the weighted mean of each stratum."""
    total, whole = np.bincount(part.stratum, part.weight * column), np.bincount(part.stratum, part.weight)
    means = np.divide(total, whole, out=np.zeros_like(total), where=whole > 0)
    return np.asarray(column - means[part.stratum])


def _p_value(difference: float, error: float, degrees: int) -> float:
    if error == 0:
        return 1.0 if difference == 0 else 0.0
    return float(2 * special.stdtr(degrees, -abs(difference) / error))
