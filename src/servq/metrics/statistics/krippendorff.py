"""Agreement of mystery shoppers who saw the same thing: Krippendorff's α for interval data.

    unit (an item of one occasion)   SP-01   SP-02   SP-03
    进店招呼, 4/13, 外滩豫园店         .8      .7       ·       two values: one pair
    微笑, 4/13, 外滩豫园店             1.0     .8       ·       α = 1 − observed ÷ expected disagreement
                                                             disagreement of two values: their squared difference

Units of one value say nothing about agreement and are left out. Whole occasions are resampled for the interval, because
the items of one occasion are seen by the same pair of eyes. Few occasions vary less among themselves than new ones
do: the percentiles are moved outwards by as much as Student's t is wider than the normal law (expanded percentiles).

Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Krippendorff 2004, Content Analysis, 11;
Hesterberg 2015, The American Statistician 69(4) (expanded percentiles). How often it is right: docs/statistics.md.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import special

from servq.metrics.statistics.intervals import t_reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRUSTED_FROM = 0.667
"""Below it Krippendorff draws no conclusion, not even a tentative one: here, groups are not ranked."""

ROUNDS = 1_000
"""Resamples behind an interval."""

FEWEST_OCCASIONS = 10
"""Occasions below which no α is given."""


class Alpha(NamedTuple):
    """Agreement of the shoppers.

    Attributes:
        value: 1 is perfect, 0 as by chance; None where it is undefined (no two values of one unit, or all alike).
        low, high: 95 % bootstrap interval over occasions; None below two of them.
        occasions: on how many occasions somebody else looked too.
        units: items with at least two values.
    """

    value: float | None
    low: float | None
    high: float | None
    occasions: int
    units: int

    @property
    def ranks(self) -> bool:
        """Whether groups may be ranked by their scores: the whole interval lies above the least α that Krippendorff
        accepts."""
        return self.low is not None and self.occasions >= FEWEST_OCCASIONS and self.low >= TRUSTED_FROM


def alpha(occasion: NDArray[Any], unit: NDArray[Any], values: NDArray[np.float64], rounds: int = ROUNDS) -> Alpha:
    """Krippendorff's α of the values, with its interval.

    Args:
        occasion: for each value the occasion that its unit belongs to, as integers from 0.
        unit: for each value its unit, as integers from 0; a unit belongs to one occasion.
        values: what was given, on an interval scale.
        rounds: bootstrap resamples; 0 leaves the interval out.
    """
    parts = _parts(occasion, unit, values)
    found = _alpha(parts.sum(axis=0)[np.newaxis])[0] if len(parts) else np.nan
    units = len(np.unique(unit[_pairable(unit)]))
    if np.isnan(found):
        return Alpha(None, None, None, len(parts), units)
    if len(parts) < 2 or not rounds:
        return Alpha(float(found), None, None, len(parts), units)
    random = np.random.default_rng([20, len(parts), units])
    weights = random.multinomial(len(parts), np.full(len(parts), 1 / len(parts)), rounds)
    tail = _tail(len(parts))
    low, high = np.nanquantile(_alpha(weights @ parts), [tail, 1 - tail])
    return Alpha(float(found), float(low), float(high), len(parts), units)


def _tail(occasions: int) -> float:
    """The share of resamples beyond each end, so that the interval of so few occasions is as wide as it should be.

    >>> [round(_tail(occasions), 4) for occasions in (10, 50, 1000)]
    [0.0086, 0.0212, 0.0248]
    """
    return float(special.ndtr(-t_reach(occasions - 1) * sqrt(occasions / (occasions - 1))))


def _pairable(unit: NDArray[Any]) -> NDArray[np.bool_]:
    """A mask of the values in a unit with at least one other."""
    if not len(unit):
        return np.zeros(0, dtype=bool)
    return np.asarray(np.bincount(unit)[unit] > 1)


def _parts(occasion: NDArray[Any], unit: NDArray[Any], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each occasion's contributions to α: values, their sum, their squares, the disagreement within units (a row
    each)."""
    keep = _pairable(unit)
    if not keep.any():
        return np.zeros((0, 4))
    _, unit = np.unique(unit[keep], return_inverse=True)
    _, place = np.unique(occasion[keep], return_inverse=True)
    given = values[keep]
    count = np.bincount(unit)
    total, squares = np.bincount(unit, given), np.bincount(unit, given**2)
    # all ordered pairs of a unit: sum of (v − w)² = 2 (m Σv² − (Σv)²), each counted 1/(m − 1)
    within = 2 * (count * squares - total**2) / (count - 1)
    of_unit = np.zeros(len(count), dtype=int)
    of_unit[unit] = place
    columns = (count.astype(float), total, squares, within)
    return np.stack([np.bincount(of_unit, column) for column in columns], axis=1)


def _alpha(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """α of each row of added parts; nan where all values are alike, so that chance alone would agree."""
    n, total, squares, within = sums.T
    spread = 2 * (n * squares - total**2) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 1e-9 * np.maximum(squares, 1e-12), 1 - within / spread, np.nan)
