"""Kitagawa's decomposition of a difference: what its parts did themselves, and what their changed shares did.

    stratum   before: share, figure    now: share, figure
    电话          20 %      60            60 %     60          the parts stand still: rate 0
    网页          80 %      40            40 %     40
    together                44                     52          all of the +8 is mix

    rate = Σ ½(share now + share before) · (figure now − figure before)
    mix  = Σ (share now − share before) · ½(figure now + figure before)          rate + mix = the raw difference

Source: Kitagawa 1955, Journal of the American Statistical Association 50.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.records import Reading

K = TypeVar("K")


class MixShift(NamedTuple):
    """Both parts of a difference, in the metric's unit.

    Attributes:
        rate: what the strata did themselves.
        mix: what their changed shares did.
        wider: how many times wider the interval of `rate` is than that of the raw difference.
    """

    rate: float
    mix: float
    wider: float


def mix_shift(now: Mapping[K, Reading], before: Mapping[K, Reading]) -> MixShift | None:
    """The two parts of a difference of figures that are means (NPS, shares, scores); None where one has no rows.

    Strata that only one of the two has are put together; where the other has none of those, their part is mix.

    >>> from servq.records import Reading, State
    >>> def some(value, n): return Reading(value, n, State.JUDGEABLE)
    >>> found = mix_shift({"phone": some(60, 60), "web": some(40, 40)}, {"phone": some(60, 20), "web": some(40, 80)})
    >>> found.rate, round(found.mix, 9), round(found.wider, 2)
    (0.0, 8.0, 1.1)
    """
    late, early = _parts(now, before), _parts(before, now)
    n_now, n_before = (sum(n for n, _, _ in parts.values()) for parts in (late, early))
    if not n_now or not n_before:
        return None
    whole_now, whole_before = (
        sum(n * value for n, value, _ in parts.values()) / n for parts, n in ((late, n_now), (early, n_before))
    )
    rate = spread = 0.0
    for name in late.keys() & early.keys():
        (n, value, worth), (then, value_then, worth_then) = late[name], early[name]
        share = (n / n_now + then / n_before) / 2
        rate += share * (value - value_then)
        spread += share**2 * (1 / worth + 1 / worth_then)
    alone = 1 / sum(worth for _, _, worth in late.values()) + 1 / sum(worth for _, _, worth in early.values())
    return MixShift(rate, whole_now - whole_before - rate, max(1.0, sqrt(spread / alone)))


def _parts(readings: Mapping[K, Reading], others: Mapping[K, Reading]) -> dict[K | None, tuple[int, float, float]]:
    """Rows, figure and independent rows of each stratum that both have, and of all others together (None)."""
    found: dict[K | None, tuple[int, float, float]] = {}
    for name, one in readings.items():
        if one.value is None or not one.n:
            continue
        other = others.get(name)
        key = name if other is not None and other.n else None
        n, value, worth = found.get(key, (0, 0.0, 0.0))
        found[key] = (n + one.n, (n * value + one.n * one.value) / (n + one.n), worth + one.worth)
    return found
