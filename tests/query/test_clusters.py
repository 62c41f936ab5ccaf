"""Answers of one customer or one order: what they are worth in a slice, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, measure, take_snapshot
from servq.records import Reading, Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, store


def nps(snapshot: Snapshot, slice_: Slice | None = None) -> Reading:
    (row,) = measure(snapshot, "nps", (), slice_)
    return row.reading


def taken(warehouse: Warehouse) -> Snapshot:
    return take_snapshot(warehouse, Standards(), 0)


@pytest.fixture
def booked(warehouse: Warehouse) -> Snapshot:
    """Seven answers of three who belong together twice over, and one alone.

    | answer | customer | order | channel | day           | together with |
    |--------|----------|-------|---------|---------------|---------------|
    | 1      | A        | X     | OTA     | 4/29 (W18)    | 2, 3          |
    | 2      | B        | X     | OTA     | 4/29 (W18)    | 1, 3: a group booking |
    | 3      | A        | –     | APP     | 5/6  (W19)    | 1, 2          |
    | 4, 5   | C        | –     | OTA     | 4/29, 5/6     | each other    |
    | 6      | D        | Y     | OTA     | 4/29          | nobody        |
    | 7      | –        | –     | OTA     | 4/29          | nobody known  |
    """
    store(
        warehouse,
        answer("1", customer_id="A", order_id="X"),
        answer("2", customer_id="B", order_id="X", likelihood=3.0),
        answer("3", customer_id="A", channel="APP", day="2026-05-06"),
        answer("4", customer_id="C", likelihood=8.0),
        answer("5", customer_id="C", day="2026-05-06", likelihood=3.0),
        answer("6", customer_id="D", order_id="Y"),
        answer("7"),
    )
    return taken(warehouse)


class TestPairsOfASlice:
    def test_customers_and_orders_that_share_an_answer_are_one(self, booked: Snapshot) -> None:
        # 3 · 2 + 2 · 1 = 8 ordered pairs of 7 answers
        alike = booked.clusters.given["likelihood"]
        assert 0 < alike <= 1
        assert nps(booked).effective == pytest.approx(49 / (7 + 8 * alike))

    @pytest.mark.parametrize(
        ("slice_", "n", "pairs"),
        [
            (Slice.of(channel=["OTA"]), 6, 2 + 2),
            (Slice(date(2026, 4, 27), date(2026, 5, 3)), 5, 2),
            (Slice(date(2026, 4, 29), date(2026, 5, 6)), 7, 8),  # days, no whole weeks
            (Slice(date(2026, 4, 29), date(2026, 5, 5), (("channel", ("OTA",)),)), 5, 2),
        ],
    )
    def test_only_answers_within_the_slice_are_paired(
        self, slice_: Slice, n: int, pairs: int, booked: Snapshot
    ) -> None:
        reading, alike = nps(booked, slice_), booked.clusters.given["likelihood"]
        assert (reading.n, reading.effective) == (n, pytest.approx(n * n / (n + pairs * alike)))

    def test_a_slice_in_which_nobody_answered_twice_is_worth_its_n(self, booked: Snapshot) -> None:
        assert nps(booked, Slice.of(channel=["APP"])).effective is None
        (ota, app) = (measure(booked, "nps", ("week", "channel"))[place].reading for place in (0, 1))
        assert (ota.effective is None, app.effective) == (False, None)

    def test_a_filter_that_leaves_nothing_has_no_pairs(self, booked: Snapshot) -> None:
        assert nps(booked, Slice.of(channel=["官网"])).n == 0
        assert measure(booked, "nps", ("team", "week"), Slice.of(segment=["银发"])) == []


class TestOneCustomer:
    def test_thirty_tens_of_one_customer_are_one_voice(self, warehouse: Warehouse) -> None:
        store(warehouse, *(answer(f"r{place}", likelihood=10.0, customer_id="A") for place in range(30)))
        reading = nps(taken(warehouse))
        assert (reading.value, reading.n, reading.state) == (100.0, 30, State.TOO_FEW)
        assert reading.effective == pytest.approx(1.0)

    def test_thirty_tens_of_thirty_customers_are_judgeable(self, warehouse: Warehouse) -> None:
        store(warehouse, *(answer(f"r{place}", likelihood=10.0, customer_id=f"c{place}") for place in range(30)))
        assert nps(taken(warehouse)).state == State.JUDGEABLE

    def test_thirty_tens_of_nobody_known_are_as_they_were(self, warehouse: Warehouse) -> None:
        store(warehouse, *(answer(f"r{place}", likelihood=10.0) for place in range(30)))
        reading = nps(taken(warehouse))
        assert (reading.state, reading.effective) == (State.JUDGEABLE, None)

    def test_one_who_says_thirty_times_the_same_among_others_is_still_one_voice(self, warehouse: Warehouse) -> None:
        others = [
            answer(f"o{place}", likelihood=float((10, 8, 3)[place % 3]), customer_id=f"c{place}", team="乙")
            for place in range(60)
        ]
        loud = [answer(f"r{place}", likelihood=10.0, customer_id="A", team="乙") for place in range(30)]
        store(warehouse, *others, *loud)
        whole = nps(taken(warehouse))
        assert whole.n == 90
        assert whole.effective is not None
        assert whole.effective < 15  # 90² / (90 + 870 ρ) with ρ near 1: 8.4
