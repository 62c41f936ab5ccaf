"""Design effect of answers that belong together: how many independent answers some of one customer are worth.

    customer   answers in the slice      n = 6 answers, Σ m(m − 1) = 3·2 + 2·1 + 0 = 8 ordered pairs
    A          9  9  10                  intraclass correlation ρ = 0.5 (how alike two answers of one customer are)
    B          3  7                      design effect 1 + ρ · 8 / 6 = 1.67
    C          8                         effective n = 6 / 1.67 = 3.6

ρ is measured once for each metric over the whole warehouse, the pairs are counted in each slice: a slice of a few
customers cannot tell its own design effect.

Source: Kish 1965, Survey Sampling, 5.4 (design effect); Donner 1986, International Statistical Review 54 (analysis of
variance estimate of ρ and its standard error). How well the intervals hold: docs/statistics.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

UNKNOWN, UNSURE = 0.3, 0.3
"""ρ before anything is measured, and its standard deviation: little evidence is mixed with this in proportion."""


class Strata(NamedTuple):
    """Answers added up in each stratum (channel × team): how many, their sum, their sum of squares; equal lengths."""

    n: NDArray[np.float64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]


class Groups(NamedTuple):
    """Answers added up for each customer with several of them in one stratum: the stratum's place, n, sum, squares."""

    stratum: NDArray[np.intp]
    n: NDArray[np.float64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]


def excess_name(answered: str) -> str:
    """The name under which a group's facts carry ρ · Σ m(m − 1) of those who answered something."""
    return f"{answered}_together"


def effective_n(facts: Mapping[str, float], answered: str, n: float) -> float:
    """How many independent answers n of them are worth, 1 … n; n where nothing is known of who gave them.

    >>> round(effective_n({"likelihood_together": 0.5 * 8}, "likelihood", 6), 1)
    3.6
    """
    excess = facts.get(excess_name(answered), 0.0)
    return n * n / (n + excess) if excess and n else n


FEW = 100
"""Rows up to which counting them one by one is quicker than sorting an array."""

CLUSTER = "cluster"
"""Column of complaints: a number for each customer, or order, with several; −1 of all others."""


def worth_of(cluster: NDArray[np.int64], alike: float) -> float:
    """How many independent rows these are worth, by the cluster of each (−1 where it is alone).

    By hand: six rows, three of one customer, two of another: pairs 3 · 2 + 2 · 1 = 8; at ρ = 0.5: 36 / (6 + 4) = 3.6.

    >>> worth_of(np.array([4, 4, 4, 7, 7, -1]), 0.5)
    3.6
    """
    n = len(cluster)
    together = cluster[cluster >= 0] if alike else cluster[:0]
    return n if len(together) < 2 else n * n / (n + alike * _ordered_pairs(together))


def _ordered_pairs(cluster: NDArray[np.int64]) -> float:
    """Σ m(m − 1) over the clusters. A page asks it a thousand times, mostly of a few rows: a dict is then quickest."""
    if len(cluster) > FEW:
        ordered = np.sort(cluster)
        counts = np.diff(np.flatnonzero(ordered[1:] != ordered[:-1]), prepend=-1, append=len(ordered) - 1)
        return float(counts @ (counts - 1))
    seen: dict[int, int] = {}
    pairs = 0
    for one in cluster.tolist():
        pairs += 2 * seen.get(one, 0)
        seen[one] = seen.get(one, 0) + 1
    return float(pairs)


def intraclass(strata: Strata, groups: Groups) -> float:
    """ρ of one metric, 0 … 1: how alike two answers of one customer are within a channel and team.

    Analysis of variance between and within customers, those with one answer included. Where few customers have several
    answers the estimate is unsure: it is weighted by its own standard error against `UNKNOWN` ± `UNSURE`. 1 where all
    answers of each stratum come from one customer, so that nothing can be told.

    Args:
        strata: all answers, whoever gave them.
        groups: those of customers with several answers in a stratum.
    """
    size = len(strata.n)
    singles = strata.n - np.bincount(groups.stratum, groups.n, size)
    customers = singles + np.bincount(groups.stratum, minlength=size)
    there = strata.n > 0
    between = float((customers[there] - 1).sum())
    within = float((groups.n - 1).sum())
    if within <= 0:
        return UNKNOWN
    if between <= 0:
        return 1.0
    inside = float((groups.squares - groups.total**2 / groups.n).sum())
    all_squares = float((strata.squares[there] - strata.total[there] ** 2 / strata.n[there]).sum())
    sizes = singles + np.bincount(groups.stratum, groups.n**2, size)
    typical = float((strata.n[there] - sizes[there] / strata.n[there]).sum()) / between
    apart, alike = max(all_squares - inside, 0.0) / between, max(inside, 0.0) / within
    whole = apart + (typical - 1) * alike
    if whole <= 1e-12 or typical <= 1 + 1e-9:
        return UNKNOWN
    found = min(max((apart - alike) / whole, 0.0), 1.0)
    error = 2 * ((1 - found) * (1 + (typical - 1) * found)) ** 2 / (typical * (typical - 1) * between)
    weight = UNSURE**2 / (UNSURE**2 + error)
    return weight * found + (1 - weight) * UNKNOWN
