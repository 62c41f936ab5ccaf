"""Paired sums of the same customers on both stores: the compared ones, and those left out."""

from __future__ import annotations

from servq.records import NO_PAIR, NOT_GIVEN, PairSums, Slice
from servq.warehouse.reads.customers import paired_sums
from servq.warehouse.store.engine import Warehouse
from tests.query.customers.test_journey import BEFORE, DURING, said
from tests.warehouse.rows import store


def sums(warehouse: Warehouse, score: str = "likelihood", within: str = "") -> dict[str, PairSums]:
    """Group -> the sums of the pair 预决策 → 中体验."""
    with warehouse.read() as connection:
        found = paired_sums(connection, Slice(), score, "touchpoint", [(BEFORE, DURING)], within)
    return {name: one for name, (one,) in found.items()}


def test_each_customer_counts_once_by_own_means(warehouse: Warehouse) -> None:
    store(
        warehouse,
        said("A", BEFORE, 9), said("A", BEFORE, 7), said("A", DURING, 4),
        said("B", BEFORE, 10), said("B", DURING, 10),
        said("C", BEFORE, 10),  # was never asked again
        said(None, BEFORE, 10), said(None, DURING, 0),  # nobody knows whether these are one person
    )  # fmt: skip
    # A: 8 → 4, B: 10 → 10
    assert sums(warehouse) == {"": PairSums(n=2, before=18.0, differences=-4.0, squares=16.0)}


def test_an_answer_by_telephone_is_only_compared_with_another_by_telephone(warehouse: Warehouse) -> None:
    store(
        warehouse,
        said("A", BEFORE, 9, "电话"), said("A", DURING, 5, "网页"),
        said("B", BEFORE, 9, "电话"), said("B", DURING, 8, "电话"), said("B", BEFORE, 7, "网页"),
        said("C", BEFORE, 6, None), said("C", DURING, 6, None),
    )  # fmt: skip
    # A never answered twice in one way; B by telephone 9 → 8; C, whose way nobody noted, 6 → 6
    assert sums(warehouse) == {"": PairSums(n=2, before=15.0, differences=-1.0, squares=1.0)}


def test_within_a_channel_both_answers_are_of_that_channel(warehouse: Warehouse) -> None:
    store(
        warehouse,
        said("A", BEFORE, 9, channel="APP"), said("A", DURING, 5, channel="门店"),
        said("B", BEFORE, 9, channel="APP"), said("B", DURING, 8, channel="APP"),
    )  # fmt: skip
    assert sums(warehouse)[""].n == 2
    assert sums(warehouse, within="channel") == {"APP": PairSums(1, 9.0, -1.0, 1.0), "门店": NO_PAIR}


def test_a_question_left_blank_is_no_answer_to_it(warehouse: Warehouse) -> None:
    store(warehouse, said("A", BEFORE, 9, csat=5.0), said("A", DURING, None, csat=3.5))
    assert sums(warehouse) == {"": NO_PAIR}
    assert sums(warehouse, "csat") == {"": PairSums(1, 5.0, -1.5, 2.25)}


def test_who_has_no_segment_is_a_group_of_its_own(warehouse: Warehouse) -> None:
    store(warehouse, said("A", BEFORE, 9), said("A", DURING, 7))
    assert set(sums(warehouse, within="segment")) == {NOT_GIVEN}


def test_no_value_to_compare_is_no_group(warehouse: Warehouse) -> None:
    with warehouse.read() as connection:
        assert paired_sums(connection, Slice(), "csat", "channel", []) == {}
