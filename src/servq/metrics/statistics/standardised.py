"""Direct standardisation: a figure recomputed as if every channel had the same mix of survey modes."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.records import Reading


class Standardised(NamedTuple):
    """A figure weighted to a common mix of strata.

    Attributes:
        covered: share of the common mix whose strata the group has; the figure is about these only.
    """

    value: float
    low: float
    high: float
    covered: float


def standardised(readings: Mapping[str, Reading], mix: Mapping[str, float]) -> Standardised | None:
    """A group's figure with each stratum weighted as in a common mix; None where it has none of them.

    Two groups with the same figures in each stratum get the same one here, however differently they were asked.
    The interval puts together those of the strata (MOVER for weighted sums: Zou, Huang & Zhang 2009).

    By hand: web 40, phone 60, asked half and half → 50; in a common mix of 80 % web and 20 % phone 0.8 · 40 + 0.2 · 60
    = 44.

    Args:
        readings: stratum -> the group's figure in it.
        mix: stratum -> how many of all were asked in it.
    """
    known = {name: one for name, one in readings.items() if mix.get(name) and one.value is not None}
    known = {name: one for name, one in known.items() if one.low is not None and one.high is not None}
    whole = sum(mix[name] for name in known)
    if not whole:
        return None
    value = down = up = 0.0
    for name, one in known.items():
        weight = mix[name] / whole
        middle = one.value or 0.0
        value += weight * middle
        down += (weight * (middle - (one.low or 0.0))) ** 2
        up += (weight * ((one.high or 0.0) - middle)) ** 2
    return Standardised(value, value - sqrt(down), value + sqrt(up), whole / sum(mix.values()))
