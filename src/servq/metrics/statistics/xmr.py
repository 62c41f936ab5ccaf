"""XmR control chart of a weekly series: limits from its own week-to-week changes, and the rules that a week may break.

    high  ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄●┄┄   centre + 2.660 · mean moving range      ● outside
             ●        ●                       moving range: |this week − the week before|, both with data
    centre ──────●─────────●────●────────
               ●    ●         ●
    low   ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄   centre − 2.660 · mean moving range

The limits come from the weeks before the last two, so that a change of this week or of the last one does not widen
the limits that it is judged by. A week without a value is a gap: no moving range reaches over it, and it ends a run.

Source: Wheeler 1993, Understanding Variation; Shewhart 1931. How often the rules alarm: docs/statistics.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from scipy import special

from servq.metrics.verdicts import ChartRule

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP_OF_ONE = 1.128
"""d₂ of two: the mean moving range of a series whose standard deviation is 1."""

TO_LIMIT = 2.660
"""3 / d₂: from the mean moving range to three standard deviations."""

RANGE_LIMIT = 3.268
"""D₄ of two: above this many mean moving ranges a single step is unusual."""

LEAST_WEEKS, MOST_WEEKS = 12, 26
"""Weeks with a value that limits need, and how far back they look."""

RECENT = 2
"""The last weeks, which are judged by the limits and are not part of them."""


DEGREES = 0.62
"""Degrees of freedom that a mean moving range gives per step (Wheeler 1995, Advanced Topics, table of d.f.)."""


WINDOWS: dict[ChartRule, int] = {ChartRule.OUTSIDE: 1, ChartRule.NEAR: 4, ChartRule.RUN: 8}
"""Rule -> how many weeks it looks at, the last one included."""


@dataclass(frozen=True)
class Limits:
    """The limits of a series, in its unit; not clipped to its scale.

    Attributes:
        step: mean moving range.
        highest_step: above this a single step is unusual.
        weeks: how many weeks they come from.
    """

    centre: float
    low: float
    high: float
    step: float
    highest_step: float
    weeks: int


def limits_of(values: Sequence[float | None]) -> Limits | None:
    """The limits that these values give; None below `LEAST_WEEKS` of them, or when no two stand side by side.

    >>> limits = limits_of([10.0, 12.0] * 6)
    >>> limits.centre, limits.step, round(limits.low, 2), round(limits.high, 2)
    (11.0, 2.0, 5.68, 16.32)
    """
    known = [value for value in values if value is not None]
    steps = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if len(known) < LEAST_WEEKS or not steps:
        return None
    centre, step = sum(known) / len(known), sum(steps) / len(steps)
    reach = TO_LIMIT * step
    return Limits(centre, centre - reach, centre + reach, step, RANGE_LIMIT * step, len(known))


def limits_before(values: Sequence[float | None]) -> Limits | None:
    """The limits by which the last weeks of a series are judged: from up to 26 weeks before the last two."""
    return limits_of(values[: len(values) - RECENT][-MOST_WEEKS:])


def broken(values: Sequence[float | None], limits: Limits) -> dict[ChartRule, int]:
    """The rules that the last week breaks, each with how many weeks this has lasted; empty when it has no value.

    >>> limits = Limits(centre=0.0, low=-3.0, high=3.0, step=1.1, highest_step=3.6, weeks=20)
    >>> broken([0.2, -0.1, 3.5, 4.0], limits)
    {<ChartRule.OUTSIDE: 'outside'>: 2}
    >>> broken([0.5] * 9, limits)
    {<ChartRule.RUN: 'run'>: 9}
    >>> broken([-0.5, 2.0, 1.6, 0.1, 1.7], limits)
    {<ChartRule.NEAR: 'near'>: 4}
    """
    if not values or values[-1] is None:
        return {}
    side = 1 if values[-1] > limits.centre else -1
    # how far each week lies on the side of the last one: 0 centre, 1 limit
    reach = max(limits.high - limits.centre, 1e-12)
    depths = [None if value is None else side * (value - limits.centre) / reach for value in values]
    found = {}
    outside, run = _lasting(depths, 1.0), _lasting(depths, 0.0)
    if outside:
        found[ChartRule.OUTSIDE] = outside
    near = [depth is not None and depth > 0.5 for depth in depths[-WINDOWS[ChartRule.NEAR] :]]
    if sum(near) >= WINDOWS[ChartRule.NEAR] - 1:
        found[ChartRule.NEAR] = WINDOWS[ChartRule.NEAR]
    if run >= WINDOWS[ChartRule.RUN]:
        found[ChartRule.RUN] = run
    return found


def p_of_last(values: Sequence[float | None], limits: Limits) -> float:
    """Two-sided p of the last week as one more week of the same series: t, by the series' own week-to-week changes.

    >>> limits = Limits(centre=10.0, low=7.0, high=13.0, step=1.128, highest_step=3.7, weeks=25)
    >>> round(p_of_last([10.5, 14.0], limits), 4)
    0.0014
    """
    if values[-1] is None:
        return 1.0
    if limits.step == 0:
        return 1.0 if values[-1] == limits.centre else 0.0
    error = limits.step / STEP_OF_ONE * sqrt(1 + 1 / limits.weeks)
    return float(2 * special.stdtr(DEGREES * (limits.weeks - 1), -abs(values[-1] - limits.centre) / error))


def _lasting(depths: Sequence[float | None], beyond: float) -> int:
    """The number of weeks up to the last one beyond a depth, without a gap."""
    count = 0
    for depth in reversed(depths):
        if depth is None or depth <= beyond:
            break
        count += 1
    return count
