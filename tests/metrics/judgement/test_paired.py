"""Paired comparison: worked by hand, and against SciPy's paired t test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from servq.metrics.judgement.comparison import judge_together
from servq.metrics.judgement.paired import NO_PAIRS, Paired, paired
from servq.metrics.verdicts import Verdict
from servq.records import NO_PAIR, PairSums, State


def of(before: Sequence[float], after: Sequence[float], width: float = 10) -> Paired:
    """The result for these customers, one value each before and after."""
    own = np.subtract(after, before)
    return paired(PairSums(len(own), float(np.sum(before)), float(own.sum()), float(own @ own)), width)


def test_three_customers_by_hand() -> None:
    # differences −2, 0, −1: mean −1, s² = 1, standard error 1/√3 = 0.5774, t(2) = 4.3027, reach 2.4841
    found = of([9, 8, 10], [7, 8, 9])
    assert (found.before, found.after, found.difference.value) == (9.0, 8.0, -1.0)
    assert found.difference.low == pytest.approx(-3.4841, abs=5e-5)
    assert found.difference.high == pytest.approx(1.4841, abs=5e-5)
    assert found.difference.n == 3
    assert found.difference.state is State.TOO_FEW
    assert found.change.verdict is Verdict.TOO_FEW


@pytest.mark.parametrize("seed", range(5))
def test_interval_and_p_are_those_of_the_paired_t_test(seed: int) -> None:
    random = np.random.default_rng(seed)
    before = random.integers(0, 11, 40)
    after = np.clip(before + random.integers(-3, 3, 40), 0, 10)
    found, known = of(before, after), stats.ttest_rel(after, before)
    interval = known.confidence_interval(0.95)
    assert (found.difference.low, found.difference.high) == pytest.approx((interval.low, interval.high))
    assert found.change.p == pytest.approx(known.pvalue)


@pytest.mark.parametrize("fall", [-4, -1, 0, 1, 4])
def test_p_is_below_five_percent_exactly_when_the_interval_leaves_nothing_out(fall: int) -> None:
    before = [8.0] * 32
    after = [8.0 + fall / 10 + (0.8 if place % 2 else -0.8) for place in range(32)]
    change = of(before, after).change
    assert change.low is not None
    assert change.high is not None
    assert (change.p is not None and change.p < 0.05) == (change.low > 0 or change.high < 0)


def test_a_crowd_that_answers_high_and_one_that_answers_low_hide_no_common_fall() -> None:
    # each falls by about one point; between the two crowds alone lie eight points
    before = [10.0, 2.0] * 20
    after = [value - (1.5 if place % 4 < 2 else 0.5) for place, value in enumerate(before)]
    found = of(before, after)
    assert found.difference.value == -1.0
    assert found.change.verdict is Verdict.WORSE
    assert stats.ttest_ind(after, before).pvalue > 0.25


def test_all_alike_is_no_proof_that_nobody_differs() -> None:
    found = of([8.0] * 40, [8.0] * 40)
    assert found.difference.value == 0
    assert found.difference.low is not None
    assert found.difference.low < 0
    assert found.change.verdict is Verdict.NO_EVIDENCE
    assert found.change.p == 1.0


def test_one_customer_has_a_difference_and_no_interval() -> None:
    found = of([9.0], [3.0])
    assert found.difference.value == -6.0
    assert found.difference.low is found.difference.high is found.change.p is None
    assert found.change.verdict is Verdict.TOO_FEW


def test_nobody_is_no_value_and_never_a_zero() -> None:
    found = paired(NO_PAIR, 10)
    assert found.difference.value is found.before is found.after is None
    assert found.difference.reason == NO_PAIRS
    assert found.change.verdict is Verdict.TOO_FEW


def test_together_a_chance_finding_among_many_is_not_pointed_out() -> None:
    # p = 0.03 once among twenty that show nothing: Benjamini–Hochberg makes 0.6 of it
    random = np.random.default_rng(2)
    quiet = [of([8.0] * 40, [8.0 + (1 if place % 2 else -1) for place in range(40)]) for _ in range(19)]
    seen = next(
        found
        for found in (of([8.0] * 40, 8.0 + random.normal(0.4, 1, 40)) for _ in range(200))
        if found.change.p is not None and 0.02 < found.change.p < 0.04
    )
    assert seen.change.verdict is Verdict.BETTER
    judged = judge_together([seen.change, *(found.change for found in quiet)])
    assert judged.tested == 20
    assert judged.changes[0].verdict is Verdict.NO_EVIDENCE
