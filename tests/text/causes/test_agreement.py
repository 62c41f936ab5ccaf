"""Coder agreement: the cross table and Cohen's kappa, worked by hand."""

from __future__ import annotations

import pytest

from servq.text.causes.coder_agreement import UNATTRIBUTED, agreement, main_category
from servq.text.causes.finder import Mention


def test_kappa_worked_by_hand() -> None:
    # clerk A, text A: 20; A, B: 5; B, A: 10; B, B: 15. Same in 35 of 50 = .70.
    # by chance: A .50 x .60 + B .50 x .40 = .50, so kappa = (.70 - .50) / (1 - .50) = .40
    clerk = ["A"] * 25 + ["B"] * 25
    text = ["A"] * 20 + ["B"] * 5 + ["A"] * 10 + ["B"] * 15
    table = agreement(clerk, text)
    assert (table.names, table.counts, table.n) == (("A", "B"), ((20, 5), (10, 15)), 50)
    assert table.share == pytest.approx(0.70)
    assert table.kappa == pytest.approx(0.40)


def test_a_name_that_only_one_of_both_uses_has_its_row_and_its_column() -> None:
    table = agreement(["退改", "退改", "其他"], ["退改", UNATTRIBUTED, "退改"])
    assert table.names == ("退改", "其他", UNATTRIBUTED)
    assert table.counts == ((1, 0, 1), (1, 0, 0), (0, 0, 0))
    assert sum(map(sum, table.counts)) == table.n == 3


def test_perfect_agreement_is_one_and_agreement_as_by_chance_is_nothing() -> None:
    assert agreement(["A", "B"], ["A", "B"]).kappa == 1
    assert agreement(["A", "A", "B", "B"], ["A", "B", "A", "B"]).kappa == 0


def test_where_everybody_always_says_the_same_kappa_is_unknown() -> None:
    assert agreement(["A", "A"], ["A", "A"]).kappa is None
    assert agreement([], []).share is None


def test_different_numbers_of_complaints_are_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        agreement(["A", "B"], ["A"])


def test_the_main_category_is_the_one_with_the_longest_stretches_and_at_a_tie_the_first() -> None:
    long, short = Mention("money.fee", 8, 14), Mention("wait.phone", 0, 4)
    assert main_category([short, long]) == "money"
    assert main_category([Mention("wait.phone", 6, 10), Mention("product.food", 0, 4)]) == "product"
    assert main_category([]) == UNATTRIBUTED
