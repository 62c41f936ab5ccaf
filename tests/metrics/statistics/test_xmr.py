"""The XmR chart worked by hand: limits, rules and gaps."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from servq.metrics.statistics.xmr import LEAST_WEEKS, TO_LIMIT, Limits, broken, limits_before, limits_of, p_of_last
from servq.metrics.verdicts import ChartRule

FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten batches. Its limits: 45.8159, 50.81, 55.8041,
by 3 · mean moving range / 1.128; the rounded 2.660 differs in the third decimal."""

AROUND_ZERO = Limits(centre=0.0, low=-3.0, high=3.0, step=1.128, highest_step=3.69, weeks=20)


class TestLimits:
    def test_they_are_those_of_the_handbook(self) -> None:
        # moving ranges 2.0 2.3 1.4 3.5 3.4 1.4 0.2 1.2 1.5: 16.9 / 9 = 1.8778; 50.81 ± 2.660 · 1.8778
        # the same ten twice over, with a gap between: enough weeks, the same centre, the same moving ranges
        limits = limits_of([*FLOW_RATES, None, *FLOW_RATES])
        assert limits is not None
        assert limits.centre == pytest.approx(50.81)
        assert limits.step == pytest.approx(1.8778, abs=5e-5)
        assert (limits.low, limits.high) == (pytest.approx(45.8159, abs=2e-3), pytest.approx(55.8041, abs=2e-3))
        assert limits.highest_step == pytest.approx(3.268 * 16.9 / 9)
        assert limits.weeks == 20

    def test_no_moving_range_reaches_over_a_gap(self) -> None:
        limits = limits_of([1.0, 2.0] * 4 + [None] + [11.0, 12.0] * 4)
        assert limits is not None
        assert limits.step == 1.0

    def test_too_short_a_past_has_none(self) -> None:
        assert limits_of([1.0, 2.0] * 5 + [1.0]) is None
        assert limits_of([1.0, 2.0] * 6) is not None
        assert LEAST_WEEKS == 12
        assert limits_of([1.0, None] * 12) is None  # no two weeks side by side

    def test_the_last_two_weeks_are_judged_by_limits_that_they_do_not_widen(self) -> None:
        assert limits_before([*([1.0, 2.0] * 6), 50.0, 60.0]) == limits_of([1.0, 2.0] * 6)

    def test_they_look_back_half_a_year(self) -> None:
        assert limits_before([*([90.0] * 40), *([1.0, 2.0] * 13), 5.0, 5.0]) == limits_of([1.0, 2.0] * 13)


class TestRules:
    def test_a_point_on_a_limit_is_not_outside(self) -> None:
        assert broken([3.0], AROUND_ZERO) == {}
        assert broken([3.001], AROUND_ZERO) == {ChartRule.OUTSIDE: 1}
        assert broken([-3.001], AROUND_ZERO) == {ChartRule.OUTSIDE: 1}

    def test_seven_in_a_row_are_not_eight_and_a_point_on_the_centre_ends_a_run(self) -> None:
        assert broken([-1.0, *[1.0] * 7], AROUND_ZERO) == {}
        assert broken([-1.0, *[1.0] * 8], AROUND_ZERO) == {ChartRule.RUN: 8}
        assert broken([1.0, 1.0, 0.0, *[1.0] * 7], AROUND_ZERO) == {}

    def test_a_gap_ends_a_run(self) -> None:
        assert broken([*[1.0] * 5, None, *[1.0] * 5], AROUND_ZERO) == {}

    def test_three_of_four_nearer_a_limit_must_lie_on_the_same_side(self) -> None:
        assert broken([1.6, 1.6, 0.2, 1.6], AROUND_ZERO) == {ChartRule.NEAR: 4}
        assert broken([1.6, -1.6, 0.2, 1.6], AROUND_ZERO) == {}
        assert broken([1.5, 1.6, 0.2, 1.6], AROUND_ZERO) == {}  # 1.5 is as near to the centre

    def test_a_week_without_a_value_breaks_nothing(self) -> None:
        assert broken([9.0, None], AROUND_ZERO) == {}
        assert broken([], AROUND_ZERO) == {}

    def test_below_and_above_are_alike(self) -> None:
        random = np.random.default_rng(1).normal(0, 1.5, (200, 12))
        for values in random:
            assert broken(values.tolist(), AROUND_ZERO) == broken((-values).tolist(), AROUND_ZERO)


def test_the_p_of_the_last_week_is_that_of_a_t_with_the_degrees_of_a_mean_moving_range() -> None:
    p = p_of_last([4.2], AROUND_ZERO)
    assert p == pytest.approx(2 * stats.t.sf(4.2 / np.sqrt(1 + 1 / 20), df=0.62 * 19))
    assert p_of_last([None], AROUND_ZERO) == 1.0


def test_of_stable_weeks_about_one_in_two_hundred_lies_outside_and_less_of_limits_known_for_sure() -> None:
    # 26 weeks give limits that are known to about ±15 %; with the true limits 0.27 % would lie outside
    random = np.random.default_rng(7).normal(size=(20_000, 28))
    base = random[:, :26]
    centre = base.mean(axis=1)
    reach = TO_LIMIT * np.abs(np.diff(base, axis=1)).mean(axis=1)
    outside = np.abs(random[:, 27] - centre) > reach
    assert 0.005 <= outside.mean() <= 0.012
    for row in range(200):
        limits = limits_before(random[row].tolist())
        assert limits is not None
        assert (ChartRule.OUTSIDE in broken(random[row].tolist(), limits)) == outside[row]
