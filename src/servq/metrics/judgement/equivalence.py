"""Equivalence of a channel with others by two one-sided tests: more than "no difference was found".

    −δ ├───────────────┼───────────────┤ +δ
            ├──●──┤                             一致: the 90 % interval of the difference lies inside ±δ
                                ├────●────┤     证据不足: neither
                                           ├──●──┤   不一致: the 95 % interval lies wholly outside

Both are compared within each stratum (survey mode); the differences are then weighted together. Never looks at rows.

Source: Schuirmann 1987, J. Pharmacokin. Biopharm. 15. Error rates as simulated: docs/statistics.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, erfc, isfinite, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from servq.metrics.statistics.intervals import Z
from servq.metrics.verdicts import FALSE_DISCOVERIES, Agreement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.metrics.statistics.strata import Difference

Z90 = float(special.ndtri(0.95))
"""1.645: how many standard errors a 90 % interval reaches to either side (5 % are left on each)."""
POWERED = float(special.ndtri(0.95) + special.ndtri(0.90))
"""2.926: standard errors in δ from which two equal channels are called so in 80 % of samples (both tests must pass)."""


@dataclass(frozen=True)
class Equivalence:
    """A channel compared with its reference on one metric.

    Attributes:
        difference: None when no stratum is shared.
        p: one-sided, that the true difference lies beyond δ by chance only; None where that was not tested.
        more: answers of this channel that are still needed, in its present mix, for 80 % power to call it consistent
            if it is; None when it has them already, or when the reference too has too few.
    """

    difference: Difference | None
    margin: float
    agreement: Agreement
    p: float | None = None
    p_adjusted: float | None = None
    more: int | None = None


def judge(
    difference: Difference | None, margin: float, better: Literal["higher", "lower", "none"], least: int
) -> Equivalence:
    """The verdict that the intervals of one difference allow on their own, before the family is judged together.

    Args:
        margin: δ, in the metric's unit.
        least: rows of the channel below which nothing is said but how many are needed.
    """
    if difference is None:
        return Equivalence(None, margin, Agreement.APART)
    more = more_needed(difference, margin)
    worth = min(difference.n, difference.worth)
    if worth < least:
        missing = ceil(least - worth)
        return Equivalence(
            difference, margin, Agreement.UNDECIDED, more=missing if more is None else max(more, missing)
        )
    value, narrower = difference.value, Z90 / Z
    facing = difference.down if value > 0 else difference.up
    p = float(erfc(Z * (abs(value) - margin) / facing / sqrt(2)) / 2) if facing else 0.0
    if value - narrower * difference.down > -margin and value + narrower * difference.up < margin:
        return Equivalence(difference, margin, Agreement.SAME, p)
    if abs(value) - facing > margin:
        above = (value > 0) == (better == "higher")
        return Equivalence(difference, margin, Agreement.BETTER if above else Agreement.WORSE, p)
    return Equivalence(difference, margin, Agreement.UNDECIDED, p, more=more)


def judge_together(cells: Sequence[Equivalence]) -> tuple[list[Equivalence], int]:
    """The same cells, with 不一致 left only where it passes Benjamini–Hochberg at q = 0.10 over all that were tested.

    Source: Benjamini & Hochberg 1995. 一致 needs no such correction: it is claimed against the odds, not by them.

    Returns:
        The cells, and how many were tested.
    """
    from scipy.stats import false_discovery_control  # half a second to import: only where it is needed

    judged = list(cells)
    tested = [place for place, cell in enumerate(judged) if cell.p is not None]
    if tested:
        adjusted = false_discovery_control(np.array([judged[place].p for place in tested]))
        for place, p in zip(tested, adjusted.tolist(), strict=True):
            cell = replace(judged[place], p_adjusted=p)
            if cell.agreement in (Agreement.BETTER, Agreement.WORSE) and p > FALSE_DISCOVERIES:
                cell = replace(cell, agreement=Agreement.UNDECIDED)
            judged[place] = cell
    return judged, len(tested)


def answers_needed(variance: float, margin: float) -> int:
    """Answers needed in each of two equal channels for 80 % power to call them equivalent.

    Args:
        variance: of one answer, in the square of δ's unit: P + D − (P − D)² for an NPS of shares, p(1 − p) for a share.

    >>> answers_needed(0.5 + 0.2 - 0.3**2, 0.10), answers_needed(0.85 * 0.15, 0.05)  # NPS +30; CSAT 85 %
    (1045, 874)
    """
    return ceil(2 * variance * (POWERED / margin) ** 2)


def more_needed(difference: Difference, margin: float) -> int | None:
    """Further answers of the channel, in its present mix of modes, for 80 % power if it is equivalent.

    The reference stays as it is; where its own uncertainty alone is too large, both must grow: then for two equal
    groups. None when the channel has enough, so that it lies too near to δ for a verdict.
    """
    allowed = (Z * margin / POWERED) ** 2  # square of the reach at which the power is 80 %
    whole = (difference.down**2 + difference.up**2) / 2
    if not isfinite(whole) or whole <= allowed:
        return None
    left = allowed - (whole - difference.own)
    times = difference.own / left if left > 0 else 2 * difference.own / allowed
    return max(1, ceil(difference.n * (times - 1)))
