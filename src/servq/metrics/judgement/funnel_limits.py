"""Funnel limits: the place of one team among them, unadjusted and adjusted for the same kinds of case elsewhere.

Owns the standard error of a place: chance in the team's own cases, in what they are held against, and, for what is held
against other channels', how far channels differ. Which teams are on a plot, and what the plot says of all: `funnel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from servq.metrics.metric import state_of
from servq.metrics.statistics.case_mix import NONE, Kind, Tally, added, by_level
from servq.metrics.statistics.intervals import Z
from servq.metrics.verdicts import Zone
from servq.records import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAR = float(special.ndtri(0.999))
"""3.09: the 99.8 % limit in standard errors."""

ENOUGH = 10
"""Cases of other teams from which a kind of case has an expectation."""

MIDDLE_OF_SQUARES = float(special.chdtri(1, 0.5))
"""0.455: the median of a squared standard normal deviate."""

FEWEST_OF_EACH = 5.0
LEAST = FEWEST_OF_EACH * 100**2
"""n · variance (of outcomes 0 and 100) below which the normal limits do not hold: five expected on either side."""


@dataclass(frozen=True)
class Placed:
    """One team on the funnel.

    Attributes:
        value, z, zone: unadjusted.
        adjusted, z_adjusted, zone_adjusted: against the same kinds of case elsewhere; None without others.
        precision: the n that has the same standard error as the adjusted figure, so that it stands right in the plot.
        like: share of its cases held against kinds that share the first part (the channel), 0 … 1.
        effective: how many independent cases n are worth, where customers or orders gave several; None: n.
    """

    team: str
    n: int
    value: float
    z: float
    zone: Zone
    adjusted: float | None = None
    z_adjusted: float | None = None
    zone_adjusted: Zone = Zone.TOO_FEW
    precision: float = 0.0
    like: float = 0.0
    effective: float | None = None

    @property
    def worth(self) -> float:
        """The n at which its figure stands among the limits."""
        return float(self.n) if self.effective is None else self.effective


Level = tuple["Sequence[int]", "dict[Kind, Tally]", "dict[Kind, Tally]"]


def all_placed(
    cases: Mapping[str, Mapping[Kind, Tally]], levels: Sequence[Sequence[int]], whole: Tally, least: float, apart: float
) -> tuple[Placed, ...]:
    """Every team with cases, in the given order; `apart`: variance by which channels differ (see `between`)."""
    pairs = [(level, by_level(cases, level)) for level in levels]
    return tuple(
        _placed(team, kinds, whole, [(level, total, own[team]) for level, (total, own) in pairs], least, apart)
        for team, kinds in cases.items()
        if sum(tally.n for tally in kinds.values())
    )


def between(cases: Mapping[str, Mapping[Kind, Tally]], levels: Sequence[Sequence[int]], whole: Tally) -> float:
    """Variance, beyond chance, of a channel's figure less that of the others on the same kinds of case.

    Each channel is placed as if it were a team; the middle of the squared distances from the middle one, less the
    middle of what chance makes of them, so that one that really is another does not hide behind its own distance.
    """
    coarser = [level for level in levels if 0 not in level]
    channels: dict[str, dict[Kind, Tally]] = {}
    for kinds in cases.values():
        for kind, tally in kinds.items():
            own = channels.setdefault(kind[0] if kind else "", {})
            own[kind] = added((own.get(kind, NONE), tally))
    if not whole.variance or len(coarser) == len(levels):
        return 0.0
    placed = all_placed(channels, coarser, whole, 0.0, 0.0)
    known = [
        (one.adjusted, whole.variance / one.precision) for one in placed if one.adjusted is not None and one.precision
    ]
    if not known:
        return 0.0
    figures, chance = np.array(known).T
    seen = float(np.median((figures - np.median(figures)) ** 2)) / MIDDLE_OF_SQUARES
    return max(0.0, seen - float(np.median(chance)))


def _placed(
    team: str, kinds: Mapping[Kind, Tally], whole: Tally, levels: Sequence[Level], least: float, between: float
) -> Placed:
    own = added(kinds.values())
    firm = state_of(int(own.n)) == State.JUDGEABLE and own.n * whole.variance >= least
    z = _z(own.mean - whole.mean, sqrt(whole.variance / own.n))
    expected, references, like = _expected(kinds, levels)
    if references is None:
        return Placed(team, int(own.n), own.mean, z, _zone(z, firm))
    # chance in the team's own cases, and in what they are held against; nobody's cases are taken as all alike
    error = 0.0
    for part, reference in references:
        squares = reference.n * reference.variance + FEWEST_OF_EACH * whole.variance
        spread = squares / (reference.n - 1 + FEWEST_OF_EACH)
        error += spread * part * (1 + part / reference.n)
    error = sqrt(error + between * (own.n - like) ** 2) / own.n
    apart = own.mean - expected / own.n
    adjusted = _z(apart, error)
    precision = whole.variance / error**2 if error else own.n
    return Placed(
        team, int(own.n), own.mean, z, _zone(z, firm),
        whole.mean + apart, adjusted, _zone(adjusted, firm), precision, like / own.n,
    )  # fmt: skip


def _expected(
    kinds: Mapping[Kind, Tally], levels: Sequence[Level]
) -> tuple[float, list[tuple[float, Tally]] | None, float]:
    """The expected outcome of these cases elsewhere: its sum, the (n, others) behind it, n like in channel."""
    parts: dict[tuple[int, Kind], float] = {}
    found: dict[tuple[int, Kind], Tally] = {}
    for kind, tally in kinds.items():
        for place, (level, total, own) in enumerate(levels):
            key = tuple(kind[part] for part in level)
            others = total[key].without(own[key])
            if others.n >= ENOUGH:
                parts[place, key] = parts.get((place, key), 0.0) + tally.n
                found[place, key] = others
                break
        else:
            return 0.0, None, 0.0
    expected = sum(n * found[cell].mean for cell, n in parts.items())
    like = sum(n for (place, _), n in parts.items() if 0 in levels[place][0])
    return expected, [(n, found[cell]) for cell, n in parts.items()], like


def _z(apart: float, error: float) -> float:
    return apart / error if error else 0.0


def _zone(z: float, firm: bool) -> Zone:
    if not firm:
        return Zone.TOO_FEW
    if abs(z) <= Z:
        return Zone.INSIDE
    if z > 0:
        return Zone.FAR_ABOVE if z > FAR else Zone.ABOVE
    return Zone.FAR_BELOW if z < -FAR else Zone.BELOW
