"""The three sources: the joint results of their verdicts, and their two statistics, worked by hand."""

from __future__ import annotations

import pytest
from scipy import stats

from servq.metrics.judgement.lenses import accord, complained, heard, rank_correlation
from servq.metrics.statistics.strata import Stratum, within_strata
from servq.metrics.verdicts import Accord, Verdict
from servq.records import Reading, State

UP, DOWN, SILENT, NONE = Verdict.BETTER, Verdict.WORSE, Verdict.NO_EVIDENCE, Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ((UP, UP, UP), Accord.AGREE),
        ((DOWN, SILENT, DOWN), Accord.AGREE),
        ((UP, DOWN, DOWN), Accord.CONTRADICT),
        ((UP, DOWN, NONE), Accord.CONTRADICT),
        ((DOWN, DOWN, NONE), Accord.MISSING),
        ((UP, SILENT, SILENT), Accord.UNDECIDED),
        ((SILENT, SILENT, SILENT), Accord.UNDECIDED),
        ((NONE, NONE, NONE), Accord.MISSING),
    ],
)
def test_what_three_verdicts_say_together(verdicts: tuple[Verdict, ...], together: Accord) -> None:
    assert accord(verdicts) == together


def test_the_order_of_the_lenses_does_not_matter() -> None:
    assert accord((NONE, UP, DOWN)) == accord((DOWN, NONE, UP)) == Accord.CONTRADICT


def test_complaints_are_compared_as_a_share_of_all_who_were_heard() -> None:
    # 30 of 300 and 50 of 1,000; Wilson 7.10 – 13.91 and 3.81 – 6.53; MOVER 5 − √(2.90² + 1.53²) … 5 + √(3.91² + 1.19²)
    found = complained((30, 270), (50, 950))
    assert found.delta == pytest.approx(5.0)
    assert (found.low, found.high) == (pytest.approx(1.72, abs=0.01), pytest.approx(9.09, abs=0.01))
    assert found.verdict == DOWN, "more complaints are worse"


def test_few_who_were_heard_or_none_are_no_lens() -> None:
    assert complained((3, 20), (50, 950)).verdict == NONE
    assert complained((0, 0), (50, 950)).verdict == NONE


def test_answers_of_modes_that_the_others_never_used_are_no_lens() -> None:
    web = Reading(31.0, 400, State.JUDGEABLE, low=25.0, high=37.0)
    none = Reading(None, 0, State.TOO_FEW)
    assert heard(within_strata([Stratum("网页", web, none)]), "higher", 0, 30).verdict == NONE


def test_a_rank_correlation_and_its_interval_by_hand() -> None:
    # four ranks differ by 1: 1 − 6·4/(6·35) = .8857; atanh 1.402 ± 1.96·√((1 + .3923)/3) = 1.402 ± 1.335
    ranks = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [2.0, 1.0, 3.0, 4.0, 6.0, 5.0]
    found = rank_correlation(*ranks)
    assert found.value == pytest.approx(31 / 35) == pytest.approx(stats.spearmanr(*ranks).statistic)
    assert (found.low, found.high) == (pytest.approx(0.066, abs=0.001), pytest.approx(0.992, abs=0.001))


def test_equal_values_share_their_rank() -> None:
    xs, ys = [1.0, 1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 3.0, 3.0, 2.0, 2.0, 1.0]
    assert rank_correlation(xs, ys).value == pytest.approx(stats.spearmanr(xs, ys).statistic)


def test_the_same_order_is_not_certain_and_five_units_tell_nothing() -> None:
    same = rank_correlation(range(6), range(6))
    assert (same.value, same.high) == (pytest.approx(1.0), pytest.approx(1.0))
    assert same.low == pytest.approx(0.383, abs=0.001)
    assert rank_correlation(range(5), range(5)) == (None, None, None, 5)
    assert rank_correlation(range(7), [1.0] * 7).value is None, "no order at all"
