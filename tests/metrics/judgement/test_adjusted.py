"""Case-mix-adjusted differences with intervals, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servq.metrics.judgement.adjusted import adjusted_change
from servq.metrics.judgement.funnel import Funnel
from servq.metrics.judgement.funnel_limits import Placed
from servq.metrics.verdicts import Change, Verdict, Zone

# adjusted 60 where all have 70, spread 80, precision 100: −10 ± 1.96 · 80 / √100 = −25.7 … 5.7
PLACED = Placed("甲", 120, 58.0, -1.6, Zone.INSIDE, 60.0, -1.25, Zone.INSIDE, precision=100.0, like=0.8)


def judged(placed: Placed) -> Change | None:
    return adjusted_change(Funnel(70.0, 80.0, (placed,), None, overdispersed=False), "甲", "higher")


def test_ten_points_below_with_an_interval_around_zero_tell_nothing() -> None:
    found = judged(PLACED)
    assert found is not None
    assert (found.delta, found.low, found.high) == pytest.approx((-10.0, -25.68, 5.68), abs=0.01)
    assert found.verdict == Verdict.NO_EVIDENCE


def test_far_below_is_worse_only_where_enough_cases_have_their_like_in_the_channel() -> None:
    far = replace(PLACED, adjusted=40.0, z_adjusted=-3.75, zone_adjusted=Zone.FAR_BELOW)
    assert [found.verdict for found in map(judged, (far, replace(far, like=0.4))) if found] == [
        Verdict.WORSE,
        Verdict.NO_EVIDENCE,
    ]


def test_few_cases_are_too_few_and_no_like_cases_are_no_difference() -> None:
    few = judged(replace(PLACED, zone_adjusted=Zone.TOO_FEW))
    assert few is not None
    assert few.verdict == Verdict.TOO_FEW
    assert judged(replace(PLACED, adjusted=None)) is None
