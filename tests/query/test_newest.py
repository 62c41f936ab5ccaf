"""Figures that look at the newest answers only say so where there are more."""

from __future__ import annotations

from servq.query import take_snapshot
from servq.query.newest import Newest, newest_only
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, store


def test_a_slice_with_more_answers_than_are_looked_at_says_how_many_of_how_many(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{n}", channel="OTA" if n < 7 else "APP") for n in range(10)))
    snapshot = take_snapshot(warehouse, Standards())
    assert newest_only(snapshot, Slice(), most=9) == Newest(9, 10)
    assert newest_only(snapshot, Slice(), most=10) is None
    assert newest_only(snapshot, Slice.of(channel=["OTA"]), most=6) == Newest(6, 7)
    assert newest_only(snapshot, Slice.of(channel=["OTA"]), most=9) is None


def test_nothing_is_said_of_answers_where_the_filter_is_not_theirs(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{n}") for n in range(10)))
    assert newest_only(take_snapshot(warehouse, Standards()), Slice.of(severity=["高"]), most=1) is None
