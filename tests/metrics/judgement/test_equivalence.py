"""Equivalence by Schuirmann's two one-sided tests: worked by hand, and against the formulas."""

from __future__ import annotations

import re
from math import sqrt

import pytest

from servq.metrics.judgement.equivalence import Equivalence, answers_needed, judge, judge_together, more_needed
from servq.metrics.statistics.intervals import Z
from servq.metrics.statistics.standardised import standardised
from servq.metrics.statistics.strata import Difference, Stratum, within_strata
from servq.metrics.statistics.turning_point import turning_point
from servq.metrics.verdicts import Agreement
from servq.records import Reading, State
from studies.statistics import equivalence as measured
from studies.statistics.page import printed
from studies.statistics.section import cells


def figure(value: float, n: int = 100, error: float = 1.0) -> Reading:
    """A figure with this standard error."""
    return Reading(value, n, State.JUDGEABLE, low=value - Z * error, high=value + Z * error)


def apart(value: float, error: float, n: int = 500) -> Difference:
    """A difference with this standard error, half of its square the channel's own."""
    return Difference(value, Z * error, Z * error, (Z * error) ** 2 / 2, n, {"": 1.0})


def verdict(value: float, error: float, better: str = "higher", n: int = 500) -> Agreement:
    return judge(apart(value, error, n), 10, better, 30).agreement


@pytest.mark.parametrize(
    ("value", "error", "better", "expected"),
    [
        (0, 6.0, "higher", Agreement.SAME),  # 90 %: ±9.87
        (0, 6.1, "higher", Agreement.UNDECIDED),  # 90 %: ±10.03
        (5, 3.0, "higher", Agreement.SAME),  # 90 %: 0.07 … 9.93
        (5, 3.1, "higher", Agreement.UNDECIDED),  # 90 %: … 10.10
        (-20, 5.0, "higher", Agreement.WORSE),  # 95 %: … −10.2
        (-20, 5.2, "higher", Agreement.UNDECIDED),  # 95 %: … −9.8
        (20, 5.0, "higher", Agreement.BETTER),
        (20, 5.0, "lower", Agreement.WORSE),  # a clock that takes longer
        (-20, 5.0, "lower", Agreement.BETTER),
    ],
)
def test_the_intervals_decide(value: float, error: float, better: str, expected: Agreement) -> None:
    assert verdict(value, error, better) == expected


def test_no_difference_found_is_not_the_same() -> None:
    # 0 lies in the interval, and so do differences far larger than δ
    assert verdict(-3, 12) == Agreement.UNDECIDED


def test_a_handful_of_rows_is_never_a_verdict() -> None:
    judged = judge(apart(0, 1.0, n=12), 10, "higher", 30)
    assert (judged.agreement, judged.more) == (Agreement.UNDECIDED, 18)


def test_two_modes_are_compared_within_and_weighted_by_how_many_were_asked() -> None:
    # weights 200 · 800 / 1,000 = 160 and 50 · 150 / 200 = 37.5; (160 · 5 + 37.5 · 10) / 197.5
    found = within_strata(
        [
            Stratum("网页", figure(40, 200), figure(35, 800)),
            Stratum("电话", figure(60, 50), figure(50, 150)),
        ]
    )
    assert found is not None
    assert found.value == pytest.approx(5.949, abs=1e-3)
    assert found.n == 250
    assert found.weights["网页"] == pytest.approx(160 / 197.5)
    # four figures with a standard error of 1: √2 · √(0.810² + 0.190²)
    assert found.up == found.down == pytest.approx(Z * sqrt(2) * sqrt(0.8101**2 + 0.1899**2), rel=1e-3)


def test_the_same_scores_asked_otherwise_are_no_difference() -> None:
    # phone 20 points above web in both channels; raw 56 and 44
    strata = [Stratum("网页", figure(40, 100), figure(40, 400)), Stratum("电话", figure(60, 400), figure(60, 100))]
    found = within_strata(strata)
    assert found is not None
    assert found.value == pytest.approx(0, abs=1e-9)
    common = {"网页": 500.0, "电话": 500.0}
    own = standardised({one.name: one.own for one in strata}, common)
    others = standardised({one.name: one.reference for one in strata}, common)
    assert own is not None
    assert others is not None
    assert own.value == others.value == 50
    assert own.low == pytest.approx(50 - Z * sqrt(0.5))


def test_a_mode_that_only_one_of_them_has_is_left_out_and_without_any_in_common_nothing_is_said() -> None:
    nobody = Reading(None, 0, State.TOO_FEW)
    some = [Stratum("网页", figure(40), nobody), Stratum("电话", figure(60), figure(50))]
    found = within_strata(some)
    assert found is not None
    assert found.weights == {"电话": 1.0}
    assert judge(within_strata(some[:1]), 10, "higher", 30).agreement == Agreement.APART


def test_a_channel_is_reckoned_as_if_it_were_asked_as_all_are() -> None:
    # asked half by phone it has 50; in the common mix 0.8 · 40 + 0.2 · 60
    found = standardised({"网页": figure(40), "电话": figure(60)}, {"网页": 800.0, "电话": 200.0})
    assert found is not None
    assert found.value == pytest.approx(44)


def test_the_standard_figure_speaks_of_the_modes_that_the_channel_has() -> None:
    found = standardised({"网页": figure(40)}, {"网页": 300.0, "电话": 100.0})
    assert found is not None
    assert (found.value, found.covered) == (40, 0.75)
    assert standardised({}, {"网页": 300.0}) is None


def test_a_clock_without_an_upper_end_is_never_called_the_same() -> None:
    open_above = Reading(30.0, 8, State.JUDGEABLE, low=20.0, high=None)
    found = within_strata([Stratum("", open_above, figure(30, 100))])
    assert found is not None
    assert (found.high, judge(found, 25, "lower", 5).agreement) == (None, Agreement.UNDECIDED)


@pytest.mark.parametrize(
    ("variance", "margin", "n"),
    [(0.61, 0.10, 1045), (0.61, 0.15, 465), (0.61, 0.20, 262), (0.1275, 0.05, 874), (0.1275, 0.10, 219)],
)
def test_answers_needed_for_eighty_percent_power(variance: float, margin: float, n: int) -> None:
    assert answers_needed(variance, margin) == n


def test_what_is_still_needed_leads_to_what_is_needed() -> None:
    # two channels of 300 at NPS +30: each lacks 745 of 1,045 when both grow; the reference alone is too small
    error = 100 * sqrt(0.61 / 300)
    both = Difference(0, Z * error * sqrt(2), Z * error * sqrt(2), (Z * error) ** 2, 300, {"": 1.0})
    assert more_needed(both, 10) == pytest.approx(745, abs=1)
    # the others are 3,000: 0.61 / n + 0.61 / 3,000 = (0.1 / 2.926)² at n = 633
    large = 100 * sqrt(0.61 / 300 + 0.61 / 3_000)
    one = Difference(0, Z * large, Z * large, (Z * error) ** 2, 300, {"": 1.0})
    assert more_needed(one, 10) == pytest.approx(333, abs=1)
    assert more_needed(apart(8, 3.0), 10) is None  # enough answers: it lies near δ


def test_of_many_cells_a_single_lucky_one_is_not_pointed_out() -> None:
    # p = 0.02 among 49 cells: expected once by chance
    lucky = judge(apart(20.3, 5.0), 10, "higher", 30)
    assert (lucky.agreement, round(lucky.p or 0, 3)) == (Agreement.BETTER, 0.02)
    others = [judge(apart(0, 3.0), 10, "higher", 30)] * 48
    judged, tested = judge_together([lucky, *others])
    assert tested == 49
    assert judged[0].agreement == Agreement.UNDECIDED
    assert judged[0].p_adjusted == pytest.approx(lucky.p * 49)
    assert {one.agreement for one in judged[1:]} == {Agreement.SAME}
    assert judge_together([lucky])[0][0].agreement == Agreement.BETTER


def test_what_cannot_be_compared_is_not_tested() -> None:
    judged, tested = judge_together([Equivalence(None, 10, Agreement.APART)])
    assert (judged[0].agreement, tested) == (Agreement.APART, 0)


def test_a_true_difference_of_delta_is_seldom_called_the_same_or_apart() -> None:
    rates = {key: cell for key, cell in cells(printed(measured.SECTION)).items() if re.search(r", −?δ$", key[0])}
    assert len(rates) == 38
    same, claimed = zip(*(map(float, cell.split("/")) for cell in rates.values()), strict=True)
    assert max(same) <= 6.5  # nominal 5, of 2,000 rounds: ±1.5 in three standard errors
    assert max(claimed) <= 3.6  # nominal 2.5


def test_the_turn_of_a_share_is_where_the_two_sides_differ_most() -> None:
    assert turning_point([9, 10, 8, 2, 1, 3], [10] * 6) == 3
    assert turning_point([0, 9, 0, 1], [0, 10, 0, 10]) in {2, 3}  # weeks without cases belong to either side
    assert turning_point([5], [10]) is None


@pytest.mark.parametrize(
    ("value", "down", "up", "side"),
    [(17.0, 8.0, 7.0, 1), (-17.0, 7.0, 8.0, -1), (5.0, 5.0, 5.0, 0), (5.0, 6.0, 4.0, 0), (5.0, float("inf"), 4.0, 0)],
    ids=["9 to 24", "-24 to -9", "0 to 10", "-1 to 9", "no lower end"],
)
def test_the_side_of_a_difference_is_known_where_its_interval_leaves_0_out(
    value: float, down: float, up: float, side: int
) -> None:
    assert Difference(value, down, up, 1.0, 100, {"": 1.0}).side == side
