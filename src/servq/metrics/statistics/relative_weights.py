"""Relative weights (Johnson): each of the four items' part in explaining the willingness to recommend. 相关，不是因果.

Items correlate, so that regression weights are unstable. Johnson replaces them by the nearest uncorrelated variables
and divides R² through these:

    Rxx = V Δ Vᵀ      Λ = V √Δ Vᵀ      β = Λ⁻¹ rxy      weight of item j = Σₖ Λⱼₖ² βₖ²      Σ weights = R²

Answers that gave all five scores count; patterns of scores are resampled as whole answers (multinomial), so that a
bootstrap costs the same at ten thousand and at ten million answers.

Source: Johnson 2000, Multivariate Behavioral Research 35(1); bootstrap: Tonidandel, LeBreton & Johnson 2009.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from servq.metrics.statistics.intervals import TAIL, Z

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 100
"""Complete answers below which nothing is said: a weight's interval would be wider than what it is to tell."""

ROUNDS = 500
"""Resamples behind the intervals."""


@dataclass(frozen=True)
class Weight:
    """One item's part of what the items explain together, in percent, with its 95 % bootstrap interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Drivers:
    """Relative weights of the items. Their measured error rates: docs/statistics.md.

    Attributes:
        n: answers with all scores.
        r_squared: share of the variance of the likelihood that goes with the items together, 0 … 1.
        weights: one per item, in the given order; empty where too few answers, or scores without spread, tell nothing.
    """

    n: int
    r_squared: float | None
    weights: tuple[Weight, ...]

    @property
    def stand_out(self) -> tuple[bool, ...]:
        """Per item, whether its weight differs significantly from an equal share, all items tested together.

        The lower reach is widened as if normal for as many items as are looked at (Bonferroni). By hand: of four, 30 %
        with an interval from 26 %: 30 − 4 · 2.498 / 1.960 = 24.9, which is not above 25: not told.

        >>> shares = (30, 32, 20, 18)
        >>> Drivers(500, 0.5, tuple(Weight(share, share - 4, share + 4) for share in shares)).stand_out
        (False, True, False, False)
        """
        wider = float(special.ndtri(1 - TAIL / len(self.weights))) / Z if self.weights else 1.0
        equal = 100 / max(len(self.weights), 1)
        return tuple(one.share - wider * (one.share - one.low) > equal for one in self.weights)


def relative_weights(among: NDArray[np.float64], with_outcome: NDArray[np.float64]) -> NDArray[np.float64]:
    """Johnson's weights from the items' correlations among each other and with the outcome; their sum is R².

    Args:
        among: … × items × items.
        with_outcome: … × items.

    >>> relative_weights(np.array([[1, 0.6], [0.6, 1]]), np.array([0.5, 0.4])).round(4).tolist()
    [0.1778, 0.0878]
    """
    sizes, axes = np.linalg.eigh(among)
    roots = np.sqrt(np.maximum(sizes, 1e-12))
    turned = np.swapaxes(axes, -1, -2)
    between = (axes * roots[..., np.newaxis, :]) @ turned
    slopes = (axes / roots[..., np.newaxis, :]) @ (turned @ with_outcome[..., np.newaxis])
    return np.asarray((between**2 @ slopes**2)[..., 0])


def drivers(
    scores: NDArray[np.float64], times: NDArray[np.float64], rounds: int = ROUNDS, worth: float = 1.0
) -> Drivers:
    """Relative weights of the items on the outcome.

    Args:
        scores: patterns × (outcome, items).
        times: how many answers have each pattern.
        rounds: bootstrap resamples.
        worth: how many independent answers one answer is, where customers gave several: so many fewer are resampled.
    """
    n = int(times.sum())
    effective = round(n * worth)
    if effective < FEWEST:
        return Drivers(n, None, ())
    moments = _moments(scores - np.average(scores, axis=0, weights=times))
    found = _weights(times[np.newaxis] @ moments, scores.shape[1])[0]
    if not np.isfinite(found).all() or found.sum() <= 0:
        return Drivers(n, None, ())
    random = np.random.default_rng([30, n, len(times)])
    drawn = random.multinomial(effective, times / times.sum(), rounds).astype(float)
    again = _weights(drawn @ moments, scores.shape[1])
    shares = 100 * again / again.sum(axis=1, keepdims=True)
    low, high = np.nanquantile(shares, [TAIL, 1 - TAIL], axis=0)
    share = 100 * found / found.sum()
    weights = tuple(Weight(*map(float, one)) for one in zip(share, low, high, strict=True))
    return Drivers(n, float(found.sum()), weights)


def _moments(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per pattern what a correlation is made of: 1, the scores, their products."""
    products = scores[:, :, np.newaxis] * scores[:, np.newaxis, :]
    return np.hstack([np.ones((len(scores), 1)), scores, products.reshape(len(scores), -1)])


def _weights(sums: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Weights from added moments, a row each; nan where a score has no spread."""
    n, first = sums[:, :1], sums[:, 1 : 1 + width]
    means = first / n
    second = sums[:, 1 + width :].reshape(-1, width, width) / n[..., np.newaxis]
    covariance = second - means[:, :, np.newaxis] * means[:, np.newaxis, :]
    spread = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0.0))
    flat = (spread < 1e-9).any(axis=1)
    spread = np.where(spread < 1e-9, 1.0, spread)
    correlation = covariance / (spread[:, :, np.newaxis] * spread[:, np.newaxis, :])
    found = relative_weights(correlation[:, 1:, 1:], correlation[:, 1:, 0])
    found[flat] = np.nan
    return found
