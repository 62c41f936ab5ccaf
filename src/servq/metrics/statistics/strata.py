"""Stratified differences: two groups compared within strata, such as survey modes, then weighted together. Knows no
verdict."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.records import Reading


class Stratum(NamedTuple):
    """One survey mode (or everything, where there are none): the channel's figure and the reference's."""

    name: str
    own: Reading
    reference: Reading


@dataclass(frozen=True)
class Difference:
    """Channel − reference within the strata that both have, weighted together.

    Attributes:
        value: in the metric's unit.
        down, up: how far its 95 % interval reaches below and above; infinite where that cannot be told.
        own: the part of the reach's square that more answers of the channel alone would lessen.
        n: rows of the channel that were compared.
        weights: stratum -> its share of the comparison; those that only one of the two has are not in it.
        worth: how many independent rows n are.
    """

    value: float
    down: float
    up: float
    own: float
    n: int
    weights: dict[str, float]
    worth: float = inf

    @property
    def low(self) -> float | None:
        """Lower end of the 95 % interval."""
        return self.value - self.down if isfinite(self.down) else None

    @property
    def high(self) -> float | None:
        """Upper end of the 95 % interval."""
        return self.value + self.up if isfinite(self.up) else None

    @property
    def side(self) -> int:
        """1 where the whole interval lies above 0, -1 where it lies below, 0 where it holds 0 or has no end."""
        if self.low is not None and self.low > 0:
            return 1
        return -1 if self.high is not None and self.high < 0 else 0


def within_strata(strata: Sequence[Stratum]) -> Difference | None:
    """The difference within each stratum, weighted by n₁n₂ / (n₁ + n₂), with its interval.

    These weights (Cochran, Mantel & Haenszel) depend on how many were asked, never on what they said, so a stratum
    does not gain weight by a lucky sample; a handful of answers hardly counts. The interval puts together those of the
    single figures (MOVER for weighted sums: Zou, Huang & Zhang 2009).

    By hand, web: 40 of n=200 against 35 of 800, phone: 60 of n=50 against 50 of 150. Weights 160 and 37.5, so
    difference = (160 · 5 + 37.5 · 10) / 197.5 = 5.95; the raw figures lie 44 − 37.4 = 6.6 apart.
    """
    shared = [one for one in strata if _usable(one.own) and _usable(one.reference)]
    sizes = [one.own.worth * one.reference.worth / (one.own.worth + one.reference.worth) for one in shared]
    if not shared:
        return None
    value = down = up = own = 0.0
    weights = {one.name: size / sum(sizes) for one, size in zip(shared, sizes, strict=True)}
    for stratum in shared:
        weight = weights[stratum.name]
        (below, above), (ref_below, ref_above) = _arms(stratum.own), _arms(stratum.reference)
        value += weight * ((stratum.own.value or 0.0) - (stratum.reference.value or 0.0))
        down += weight**2 * (below**2 + ref_above**2)
        up += weight**2 * (above**2 + ref_below**2)
        own += weight**2 * (below**2 + above**2) / 2
    return Difference(
        value,
        sqrt(down),
        sqrt(up),
        own,
        sum(one.own.n for one in shared),
        weights,
        worth=sum(one.own.worth for one in shared),
    )


def _usable(reading: Reading) -> bool:
    return reading.value is not None and reading.n > 0 and reading.low is not None


def _arms(reading: Reading) -> tuple[float, float]:
    """The reach of a figure's 95 % interval below and above it."""
    value = reading.value or 0.0
    return (
        inf if reading.low is None else value - reading.low,
        inf if reading.high is None else reading.high - value,
    )
