"""Intervals against published vectors and against SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from servq.metrics.statistics.intervals import (
    count_interval,
    mean_interval,
    nps_interval,
    percentile,
    percentile_interval,
    percentile_ranks,
    ratio_interval,
    share_interval,
)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "low", "high"),
    [
        (6, 2, 10, -12.59, 74.12),
        (50, 20, 100, 14.05, 44.20),
        (18, 3, 30, 21.93, 68.97),
        (10, 0, 10, 47.50, 100),  # 106.34 before clipping
        (0, 5, 5, -100, -17.49),  # -107.51 before clipping
    ],
)
def test_nps_adjusted_wald_vectors(promoters: int, detractors: int, n: int, low: float, high: float) -> None:
    assert nps_interval(promoters, detractors, n) == pytest.approx((low, high), abs=0.006)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_nps_interval_holds_its_point_and_stays_on_the_scale(promoters: int, detractors: int, passives: int) -> None:
    n = promoters + detractors + passives
    if n:
        low, high = nps_interval(promoters, detractors, n)
        assert -100 <= low <= 100 * (promoters - detractors) / n <= high <= 100


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 49.02, 94.33), (10, 10, 72.25, 100), (41, 50, 69.20, 90.23), (0, 7, 0, 35.43)],
)
def test_wilson_vectors(hits: int, n: int, low: float, high: float) -> None:
    assert share_interval(hits, n) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (3, 7), (15, 30), (999, 1000), (0, 5000), (4321, 100_000)])
def test_wilson_is_scipys(hits: int, n: int) -> None:
    reference = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert share_interval(hits, n) == pytest.approx((100 * reference.low, 100 * reference.high), abs=1e-9)


@pytest.mark.parametrize("scores", [[1, 5], [4, 5, 3, 4], [4.8, 4.2, 3.6, 4.4, 5.0], [3] * 20 + [4] * 30])
def test_mean_interval_is_scipys_t_clipped_to_the_scale(scores: list[float]) -> None:
    values = np.array(scores, dtype=float)
    reference = stats.t.interval(0.95, len(values) - 1, loc=values.mean(), scale=stats.sem(values))
    found = mean_interval(len(values), values.sum(), (values**2).sum(), 1, 5)
    assert found == pytest.approx((max(1, reference[0]), min(5, reference[1])), abs=1e-9)


def test_one_score_has_no_interval() -> None:
    assert mean_interval(1, 4.0, 16.0, 1, 5) is None


def test_scores_that_are_all_alike_do_not_prove_certainty() -> None:
    # ten times 4: as if the variance were 1/10; t(9) = 2.262, reach 2.262 · √(0.1/10) = 0.226
    assert mean_interval(10, 40.0, 160.0, 1, 5) == pytest.approx((3.774, 4.226), abs=0.001)
    assert mean_interval(3, 14.4, 69.12, 1, 5) != pytest.approx((4.8, 4.8))  # decimals: 4.8 three times


@pytest.mark.parametrize("n", [20_000, 100_000, 1_000_000, 100_000_000])
def test_two_in_a_thousand_that_differ_are_seen_at_any_n(n: int) -> None:
    # the share of fours is .002: variance .002 · .998 · n/(n − 1) = .001996 at n = 100,000, reach 1.96 · √(.001996/n)
    fours = n * 2 // 1000
    values = np.array([4.0, 5.0])
    reference = np.sqrt(fours / n * (1 - fours / n) * n / (n - 1) / n) * stats.t.ppf(0.975, n - 1)
    total, squares = (float(np.array([fours, n - fours]) @ values**power) for power in (1, 2))
    low, high = mean_interval(n, total, squares, 1, 5) or (0, 0)
    assert (low, high) == pytest.approx((total / n - reference, min(5, total / n + reference)), abs=1e-9)
    if n == 100_000:
        assert (round(low, 5), round(high, 5)) == (4.99772, 4.99828)


def test_forty_in_ten_million_that_differ_by_a_tenth_are_seen() -> None:
    # forty 4.9: their squares are 24.01, each .99 less than 25; sum of squared deviations 40 · .01 = .4
    n = 10_000_000
    low, _ = mean_interval(n, 5.0 * n - 4, 25.0 * n - 39.6, 1, 5) or (0, 0)
    assert (5.0 - 4 / n) - low == pytest.approx(1.96 * np.sqrt(0.4 / n / n), rel=0.01)


def test_forty_visits_in_a_hundred_thousand_that_miss_a_tenth_of_a_point_are_seen() -> None:
    # 100,000 visits of 100 points, forty with 99.9: residuals all but forty 4e-5, those −.1, so their squares are .4
    parts = np.full(100_000, 100.0)
    parts[:40] = 99.9
    low, high = ratio_interval(parts, np.full(100_000, 100.0)) or (0, 0)
    assert 100 - low == pytest.approx(100 * (4 + 1.96 * np.sqrt(0.4)) / 1e7, rel=0.01)
    assert 100 - high == pytest.approx(100 * (4 - 1.96 * np.sqrt(0.4)) / 1e7, rel=0.01)


@pytest.mark.parametrize("n", [10, 1_000_000])
def test_decimals_that_are_all_alike_are_known_as_such_at_any_n(n: int) -> None:
    low, _ = mean_interval(n, float(np.full(n, 4.8).sum()), float((np.full(n, 4.8) ** 2).sum()), 1, 5) or (0, 0)
    assert 4.8 - low == pytest.approx(stats.t.ppf(0.975, n - 1) / n, rel=1e-6)


def test_thirty_fives_do_not_prove_that_nobody_gives_a_one() -> None:
    # Wilson's limit of 0 of 30: 3.8415 / 33.8415 = 11.35 %, times the four points of the scale: 5 − 0.454
    assert mean_interval(30, 150.0, 750.0, 1, 5) == pytest.approx((4.546, 5), abs=0.001)


def test_a_single_four_among_fives_does_not_prove_that_no_loss_is_larger() -> None:
    # size (0.0625 + 0.02) / (0.25 + 0.02) = 0.3056 of the scale, 0.818 of that size in 30: 15.77 % · 0.3056 · 4 = 0.193
    assert mean_interval(30, 149.0, 741.0, 1, 5) == pytest.approx((4.807, 5), abs=0.001)


def test_scores_that_spread_over_the_scale_have_students_interval_still() -> None:
    scores = [1] * 2 + [2] * 5 + [3] * 15 + [4] * 40 + [5] * 38
    reference = stats.t.interval(0.95, 99, loc=np.mean(scores), scale=stats.sem(scores))
    found = mean_interval(100, sum(scores), sum(score**2 for score in scores), 1, 5)
    assert found == pytest.approx(reference)


@pytest.mark.parametrize("possible", [1.0, 20.0, 120.0])
def test_ten_perfect_visits_say_the_same_whatever_the_points(possible: float) -> None:
    # Wilson of 10 of 10: 72.25 – 100
    points = np.full(10, possible)
    assert ratio_interval(points, points) == pytest.approx((72.247, 100), abs=0.001)


@pytest.mark.parametrize("count", [0, 1, 10, 250, 4000])
def test_garwood_is_the_exact_poisson_interval(count: int) -> None:
    low, high = count_interval(count)
    assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2)
    assert low == pytest.approx(stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0)
    assert stats.poisson.cdf(count, high) == pytest.approx(0.025)


def test_ratio_interval_by_hand() -> None:
    # 8/10, 6/10, 10/10: ratio 0.8, residuals 0 −2 2, squares 8; se = √(8 · 3/2)/30 = 0.11547; t(2) = 4.30265
    found = ratio_interval(np.array([8.0, 6, 10]), np.array([10.0, 10, 10]))
    assert found == pytest.approx((80 - 49.683, 100), abs=0.001)


def test_ratio_interval_with_equal_wholes_is_the_t_interval_of_the_shares() -> None:
    parts = np.array([17.0, 14, 19, 11, 16, 18])
    reference = stats.t.interval(0.95, 5, loc=(parts / 20).mean(), scale=stats.sem(parts / 20))
    assert ratio_interval(parts, np.full(6, 20.0)) == pytest.approx(tuple(100 * end for end in reference))


def test_ratio_interval_needs_two_and_does_not_believe_that_all_are_alike() -> None:
    assert ratio_interval(np.array([7.0]), np.array([10.0])) is None
    low, high = ratio_interval(np.array([10.0, 10, 10]), np.array([10.0, 10, 10])) or (100, 100)
    assert low < 90
    assert high == 100


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("n", [1, 5, 6, 30, 35, 36, 100, 501])
def test_percentile_ranks_leave_at_most_2_5_percent_outside_each_end(n: int, share: float) -> None:
    low, high = percentile_ranks(n, share)
    below = stats.binom(n, share)
    if low is not None:
        assert below.cdf(low - 1) <= 0.025 < below.cdf(low)  # the next rank would leave out too much
    else:
        assert below.cdf(0) > 0.025
    if high is not None:
        assert below.sf(high - 1) <= 0.025 < below.sf(high - 2)
    else:
        assert below.sf(n - 1) > 0.025


def test_p90_has_an_upper_end_only_from_36_values_on() -> None:
    assert percentile_ranks(35, 0.9)[1] is None
    assert percentile_ranks(36, 0.9)[1] == 36


def test_percentile_interval_reads_the_values_at_its_ranks() -> None:
    assert percentile_interval(np.arange(1.0, 31), 0.5) == (10.0, 21.0)
    assert percentile_interval(np.arange(1.0, 6), 0.5) == (None, None)


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_percentile_is_hyndman_and_fans_type_2(values: list[float], share: float) -> None:
    ordered = np.sort(values)
    assert percentile(ordered, share) == pytest.approx(
        np.quantile(ordered, share, method="averaged_inverted_cdf"), abs=1e-9
    )
