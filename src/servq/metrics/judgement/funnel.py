"""Funnel plots instead of league tables: each team's distance from all together, and the limits of chance.

    ↑ figure            ·  ·        limits: all together ± 1.96 (95 %) and ± 3.09 (99.8 %) standard errors of that n
    │    ╲ ╲                        a team between the limits differs from the others by no more than chance would
    │──────╲──╲────────●──── all
    │      ╱  ╱   ○                 ○ unadjusted   ● compared with what the same cases bring elsewhere
    │    ╱ ╱
    └────────────────→ n

Adjusted by indirect standardisation: a team's figure is held against what the *other* teams reach on the same kinds of
case (channel × product × survey mode; of complaints severity too). Where the others have fewer than ten such cases, the
next coarser kind is taken. The expectation's own error counts; so does, for cases held against other channels', how far
channels differ on the same kinds of case beyond chance. Adjusted figure = all together + (own − expected).

Source: Spiegelhalter 2005, Statistics in Medicine 24 (funnel plots; overdispersion in A.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from servq.metrics.judgement.funnel_limits import LEAST, Placed, all_placed, between
from servq.metrics.statistics.case_mix import Kind, Tally, added
from servq.metrics.verdicts import Zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Funnel:
    """All teams on one plot.

    Attributes:
        centre, spread: the figure of all together and the standard deviation of one outcome.
        dispersion: mean z² of the adjusted teams (the most extreme tenths drawn in): 1 is chance alone.
        overdispersed: whether that is more than chance makes, so that unknown differences widen the plot.
        hidden: teams that are left out of `placed` because of how few answered; they still count in the centre.
    """

    centre: float
    spread: float
    placed: tuple[Placed, ...]
    dispersion: float | None
    overdispersed: bool
    hidden: tuple[str, ...] = ()

    def limit(self, n: float, errors: float) -> float:
        """The limit at n, so many standard errors from the centre (below it for negative ones)."""
        return self.centre + errors * self.spread / sqrt(n)


def funnel(cases: Mapping[str, Mapping[Kind, Tally]], levels: Sequence[Sequence[int]], least: float = LEAST) -> Funnel:
    """Every team with cases, in the given order.

    Args:
        cases: team -> kind of case -> outcomes.
        levels: which parts of a kind are kept, from the finest to the coarsest; the last is usually empty.
        least: n · variance below which nobody is judged; 0 where outcomes are no hits and misses.
    """
    whole = added(tally for kinds in cases.values() for tally in kinds.values())
    placed = all_placed(cases, levels, whole, least, between(cases, levels, whole))
    firm = [p.z_adjusted for p in placed if p.z_adjusted is not None and p.zone_adjusted != Zone.TOO_FEW]
    dispersion = _dispersion(firm)
    over = dispersion is not None and special.chdtrc(len(firm), len(firm) * dispersion) < 0.05
    return Funnel(whole.mean, sqrt(whole.variance), placed, dispersion, bool(over))


def _dispersion(zs: Sequence[float]) -> float | None:
    """Mean z², the outermost tenth on either side drawn in to where the next ones are; None below three teams."""
    if len(zs) < 3:
        return None
    low, high = np.quantile(zs, [0.1, 0.9])
    return float(np.mean(np.clip(zs, low, high) ** 2))
