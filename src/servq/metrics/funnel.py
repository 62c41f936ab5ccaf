"""Teams on a funnel instead of a league table: how far each is from all, and how much of that chance would make.

    ↑ figure            ·  ·        limits: all together ± 1.96 (95 %) and ± 3.09 (99.8 %) standard errors of that n
    │    ╲ ╲                        a team between the limits differs from the others by no more than chance would
    │──────╲──╲────────●──── all
    │      ╱  ╱   ○                 ○ as it came   ● compared with what the same cases bring elsewhere
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
from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from servq.metrics.definition import state_of
from servq.metrics.intervals import Z
from servq.metrics.tallies import NONE, Kind, Tally, added, by_level
from servq.records import Label, State

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


class Zone(StrEnum):
    """Where a team lies among the limits."""

    FAR_ABOVE = "far_above"
    ABOVE = "above"
    INSIDE = "inside"
    BELOW = "below"
    FAR_BELOW = "far_below"
    TOO_FEW = "too_few"


ZONES: dict[Zone, Label] = {
    Zone.FAR_ABOVE: Label("高出 99.8% 限", "above the 99.8% limit"),
    Zone.ABOVE: Label("高出 95% 限", "above the 95% limit"),
    Zone.INSIDE: Label("在随机波动之内", "within chance"),
    Zone.BELOW: Label("低于 95% 限", "below the 95% limit"),
    Zone.FAR_BELOW: Label("低于 99.8% 限", "below the 99.8% limit"),
    Zone.TOO_FEW: Label("样本不足", "too few"),
}


@dataclass(frozen=True)
class Placed:
    """One team on the funnel.

    Attributes:
        value, z, zone: as it came.
        adjusted, z_adjusted, zone_adjusted: against the same kinds of case elsewhere; None without others.
        precision: the n that has the same standard error as the adjusted figure, so that it stands right in the plot.
        like: share of its cases held against kinds that share the first part (the channel), 0 … 1.
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
    placed = _all_placed(cases, levels, whole, least, _between(cases, levels, whole))
    firm = [p.z_adjusted for p in placed if p.z_adjusted is not None and p.zone_adjusted != Zone.TOO_FEW]
    dispersion = _dispersion(firm)
    over = dispersion is not None and special.chdtrc(len(firm), len(firm) * dispersion) < 0.05
    return Funnel(whole.mean, sqrt(whole.variance), placed, dispersion, bool(over))


Level = tuple["Sequence[int]", "dict[Kind, Tally]", "dict[Kind, Tally]"]


def _all_placed(
    cases: Mapping[str, Mapping[Kind, Tally]], levels: Sequence[Sequence[int]], whole: Tally, least: float, apart: float
) -> tuple[Placed, ...]:
    pairs = [(level, by_level(cases, level)) for level in levels]
    return tuple(
        _placed(team, kinds, whole, [(level, total, own[team]) for level, (total, own) in pairs], least, apart)
        for team, kinds in cases.items()
        if sum(tally.n for tally in kinds.values())
    )


def _between(cases: Mapping[str, Mapping[Kind, Tally]], levels: Sequence[Sequence[int]], whole: Tally) -> float:
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
    placed = _all_placed(channels, coarser, whole, 0.0, 0.0)
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
    """What the others would have reached with these cases: its sum, the (n, others) behind it, n like in channel."""
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


def _dispersion(zs: Sequence[float]) -> float | None:
    """Mean z², the outermost tenth on either side drawn in to where the next ones are; None below three teams."""
    if len(zs) < 3:
        return None
    low, high = np.quantile(zs, [0.1, 0.9])
    return float(np.mean(np.clip(zs, low, high) ** 2))
