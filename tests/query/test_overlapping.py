"""Answers in several groups at once: found under each, counted in each, and never more than once in the whole.

answer   likelihood  segment        商务: 10, 3       NPS 0, n 2
a        10          商务           亲子: 3, 8, 10    NPS 0, n 3
b        3           商务┋亲子      all: 2 up, 2 down of 5: NPS 0
c        8           亲子
d        10          亲子┋VIP
e        0           vip            (its own group: case counts)
"""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.query.channels.mix import shares
from servq.query.customers.journey import journey
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, store


@pytest.fixture(params=[True, False], ids=["together", "with customers"])
def snapshot(warehouse: Warehouse, request: pytest.FixtureRequest) -> Snapshot:
    """The five answers of the table; of nobody known, or all of one customer."""
    whose = {} if request.param else {"customer_id": "k1"}
    store(
        warehouse,
        answer("a", likelihood=10.0, segment="商务", **whose),
        answer("b", likelihood=3.0, segment="商务┋亲子", **whose),
        answer("c", likelihood=8.0, segment="亲子", **whose),
        answer("d", likelihood=10.0, segment="亲子┋VIP", **whose),
        answer("e", likelihood=0.0, segment="vip", **whose),
    )
    return take_snapshot(warehouse, Standards(), 0)


def by_segment(snapshot: Snapshot, slice_: Slice | None = None) -> dict[str, tuple[float | None, int]]:
    rows = measure(snapshot, "nps", ("segment",), slice_)
    return {row.dims["segment"]: (row.reading.value, row.reading.n) for row in rows}


def test_each_group_counts_its_answers_and_the_whole_is_not_their_sum(snapshot: Snapshot) -> None:
    found = by_segment(snapshot)
    assert found == {"商务": (0.0, 2), "亲子": (0.0, 3), "VIP": (100.0, 1), "vip": (-100.0, 1)}
    assert measure(snapshot, "nps")[0].reading.n == 5
    assert snapshot.overlap(("segment",))
    assert not snapshot.overlap(("channel",))
    assert snapshot.values("segment") == ["VIP", "vip", "亲子", "商务"]


@pytest.mark.parametrize(("name", "ids"), [("商务", "ab"), ("亲子", "bcd"), ("VIP", "d"), ("vip", "e")])
def test_a_filter_finds_the_answers_that_are_in_its_group_among_others(snapshot: Snapshot, name: str, ids: str) -> None:
    kept = Slice.of(segment=[name])
    behind = rows_behind(snapshot, "nps", kept)
    assert sorted(behind.frame["response_id"]) == list(ids)
    assert behind.total == measure(snapshot, "nps", (), kept)[0].reading.n == len(ids)
    assert by_segment(snapshot, kept) == {name: by_segment(snapshot)[name]}  # only the group that was asked for


def test_a_filter_of_two_groups_counts_an_answer_of_both_once(snapshot: Snapshot) -> None:
    kept = Slice.of(segment=["商务", "亲子"])
    assert measure(snapshot, "nps", (), kept)[0].reading.n == rows_behind(snapshot, "nps", kept).total == 4
    assert {name: n for name, (_, n) in by_segment(snapshot, kept).items()} == {"商务": 2, "亲子": 3}


def test_days_that_are_no_whole_week_count_alike(snapshot: Snapshot) -> None:
    days = Slice.of(date(2026, 4, 29), date(2026, 4, 29))
    assert by_segment(snapshot, days) == by_segment(snapshot)
    assert by_segment(snapshot, days.and_(segment="商务")) == {"商务": (0.0, 2)}


def test_the_share_of_a_group_is_of_all_answers(snapshot: Snapshot) -> None:
    found = shares(snapshot, "responses", "segment", Slice())
    assert {name: one.value for name, one in found.items()} == {"商务": 40.0, "亲子": 60.0, "VIP": 20.0, "vip": 20.0}


def test_answers_of_one_customer_are_alike_within_each_of_the_groups(warehouse: Warehouse) -> None:
    """Three customers, each with two alike answers, one of them in both groups."""
    rows = [
        answer(f"{who}{place}", likelihood=score, segment=segment, customer_id=who)
        for who, score in (("k1", 10.0), ("k2", 0.0), ("k3", 10.0))
        for place, segment in enumerate(["商务┋亲子", "亲子"])
    ]
    store(warehouse, *rows)
    snapshot = take_snapshot(warehouse, Standards(), 0)
    worth = {row.dims["segment"]: row.reading.effective for row in measure(snapshot, "nps", ("segment",))}
    whole = measure(snapshot, "nps")[0].reading.effective
    assert worth["亲子"] == whole is not None  # all six are in it
    assert worth["商务"] in (None, 3)  # one answer of each


def test_a_group_of_few_customers_is_hidden_as_any_other(warehouse: Warehouse) -> None:
    """商务 has six answers of two customers, 亲子 these and six of others."""
    store(
        warehouse,
        *(answer(f"a{n}", likelihood=9.0, segment="商务┋亲子", customer_id=f"k{n % 2}") for n in range(6)),
        *(answer(f"b{n}", likelihood=9.0, segment="亲子", customer_id=f"m{n}") for n in range(6)),
    )
    rows = measure(take_snapshot(warehouse, Standards(), 5), "nps", ("segment",))
    assert {row.dims["segment"]: row.reading.state.value for row in rows}["商务"] == "hidden"


def test_the_journey_of_a_group_has_every_customer_who_is_in_it_at_both_touchpoints(warehouse: Warehouse) -> None:
    rows = [
        answer(f"{who}{stage}", likelihood=score, touchpoint=stage, customer_id=who, segment=segment)
        for who in ("k1", "k2", "k3")
        for stage, score, segment in (("预决策", 9.0, "商务"), ("中体验", 7.0, "商务┋亲子"))
    ]
    store(warehouse, *rows)
    found = journey(take_snapshot(warehouse, Standards(), 0), Slice(), "likelihood")
    steps = {
        step.name: step.found.difference.n
        for step in found.steps
        if step.by == "segment" and step.asked.first == "预决策"
    }
    assert {name: n for name, n in steps.items() if n} == {"商务": 3}
