"""Case-mix-adjusted differences: a team's figure less what its own kinds of case reach elsewhere."""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING

from servq.metrics.statistics.intervals import TAIL, Z
from servq.metrics.verdicts import Change, Verdict, Zone

if TYPE_CHECKING:
    from servq.metrics.judgement.comparison import Better
    from servq.metrics.judgement.funnel import Funnel


ENOUGH_LIKE = 0.5
"""Share of a team's cases that must have their like in the same channel: the rest is held against other channels'
cases, and below it most of what is compared is another channel's work. How far channels differ is part of the error, so
that no threshold is needed against false words (docs/statistics.md)."""


def adjusted_change(found: Funnel, team: str, better: Better) -> Change | None:
    """A team's own figure less the expected one, with its interval; None where no like cases are known elsewhere.

    By hand: adjusted 79.8 %, all together 79.8 %: no difference. Adjusted 60 points where all have 70, spread 80,
    precision n = 100: −10 ± 1.96 · 80 / √100 = −25.7 … 5.7.

    No difference is given where fewer than half of the cases have their like in the same channel.
    The verdict holds for this comparison alone: `judge_together` says what several of them allow.
    """
    placed = next((one for one in found.placed if one.team == team), None)
    if placed is None or placed.adjusted is None or placed.z_adjusted is None or not placed.precision:
        return None
    apart = placed.adjusted - found.centre
    error = found.spread / sqrt(placed.precision)
    p = erfc(abs(placed.z_adjusted) / sqrt(2))
    verdict = Verdict.NO_EVIDENCE
    if placed.zone_adjusted == Zone.TOO_FEW:
        verdict = Verdict.TOO_FEW
    elif p < 2 * TAIL and placed.like >= ENOUGH_LIKE:
        verdict = Verdict.BETTER if (apart > 0) == (better == "higher") else Verdict.WORSE
    return Change(apart, apart - Z * error, apart + Z * error, p, verdict)
