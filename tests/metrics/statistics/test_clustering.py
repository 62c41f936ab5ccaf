"""Effective n of answers of one customer, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from servq.metrics.catalog import METRICS
from servq.metrics.metric import Facts
from servq.metrics.statistics.clustering import UNKNOWN, UNSURE, Groups, Strata, effective_n, intraclass
from servq.records import State


def strata(n: float, total: float, squares: float) -> Strata:
    return Strata(*(np.array([value]) for value in (n, total, squares)))


def customers(*answers: list[float]) -> Groups:
    """Customers of one stratum with their answers."""
    parts = [np.array(given, dtype=float) for given in answers]
    sums = ([len(given) for given in parts], [given.sum() for given in parts], [(given**2).sum() for given in parts])
    return Groups(np.zeros(len(parts), dtype=np.intp), *(np.array(column, dtype=float) for column in sums))


def all_of(groups: Groups) -> Strata:
    return strata(*(float(part.sum()) for part in groups[1:]))


class TestHowAlikeAnswersOfOneCustomerAre:
    def test_customers_who_always_repeat_themselves_are_wholly_alike(self) -> None:
        # between 4 / 1, within 0: ρ = (4 − 0) / (4 + 0) = 1, with no error
        groups = customers([1, 1], [-1, -1])
        assert intraclass(all_of(groups), groups) == pytest.approx(1.0)

    def test_customers_who_contradict_themselves_are_not_alike_but_two_of_them_prove_little(self) -> None:
        # between 0, within 4 / 2: ρ = 0 (not below), squared error 2 · 1 / (2 · 1 · 1) = 1, weight 0.09 / 1.09
        groups = customers([1, -1], [1, -1])
        weight = UNSURE**2 / (UNSURE**2 + 1)
        assert intraclass(all_of(groups), groups) == pytest.approx((1 - weight) * UNKNOWN)

    def test_of_a_single_customer_nothing_is_known_and_all_answers_count_as_one(self) -> None:
        groups = customers([1.0] * 30)
        alike = intraclass(all_of(groups), groups)
        assert alike == 1.0
        assert effective_n({"likelihood_together": alike * 30 * 29}, "likelihood", 30) == pytest.approx(1.0)

    def test_answers_that_are_all_the_same_tell_nothing_of_it(self) -> None:
        groups = customers([1.0, 1.0], [1.0, 1.0])
        assert intraclass(all_of(groups), groups) == UNKNOWN

    def test_it_is_found_again_where_it_was_made(self) -> None:
        random = np.random.default_rng(5)
        for alike in (0.0, 0.3, 0.6):
            means = random.normal(0, np.sqrt(alike), (2_000, 1))
            groups = customers(*(means + random.normal(0, np.sqrt(1 - alike), (2_000, 4))).tolist())
            assert intraclass(all_of(groups), groups) == pytest.approx(alike, abs=0.03)


TENS = {"likelihood_10": 18, "likelihood_7": 9, "likelihood_3": 3, "responses": 30}


class TestWhatItTakesFromAFigure:
    def test_an_nps_keeps_its_value_and_n_and_has_the_interval_of_fewer(self) -> None:
        # excess 30: worth 30 · 30 / (30 + 30) = 15 answers, 9 promoters and 1.5 detractors of them: n' = 18,
        # P' = 9.75 / 18, D' = 2.25 / 18, 41.67 ± 196 · √((0.6667 − 0.4167²) / 18) = 41.67 ± 32.44
        alone = METRICS["nps"].read(Facts(TENS))
        together = METRICS["nps"].read(Facts(TENS | {"likelihood_together": 30.0}))
        assert (together.value, together.n, together.effective) == (alone.value, 30, 15.0)
        assert (alone.state, together.state) == (State.JUDGEABLE, State.INDICATIVE)
        assert (together.low, together.high) == pytest.approx((9.23, 74.11), abs=0.01)

    def test_where_nobody_answered_twice_everything_is_as_it_was(self) -> None:
        reading = METRICS["nps"].read(Facts(TENS))
        assert reading.effective is None
        assert reading.worth == reading.n == 30
