"""One answer per customer and period: which one counts, in all the period or each week, and how many are passed over.

customer  4/27  4/29  5/4
A         9     3     8
B         –     10    –
nobody    0     0     –
"""

from __future__ import annotations

from datetime import date

import pytest

from servq.errors import UsageError
from servq.query import Snapshot, take_snapshot
from servq.query.one_per_customer import measure_once
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, store


@pytest.fixture
def snapshot(warehouse: Warehouse) -> Snapshot:
    """The answers of the table."""
    store(
        warehouse,
        answer("a1", "2026-04-27", likelihood=9.0, customer_id="A", channel="OTA"),
        answer("a2", "2026-04-29", likelihood=3.0, customer_id="A", channel="APP"),
        answer("a3", "2026-05-04", likelihood=8.0, customer_id="A", channel="APP"),
        answer("a4", "2026-05-05", likelihood=None, customer_id="A", channel="APP"),
        answer("b", "2026-04-29", likelihood=10.0, customer_id="B", channel="OTA"),
        answer("n1", "2026-04-27", likelihood=0.0, channel="OTA"),
        answer("n2", "2026-04-27", likelihood=0.0, channel="OTA", customer_id=""),
    )
    return take_snapshot(warehouse, Standards(), 0)


@pytest.mark.parametrize(
    ("which", "nps"),
    [("first", (100 + 100 - 100 - 100) / 4), ("last", (0 + 100 - 100 - 100) / 4)],
)
def test_of_a_customer_one_answer_counts_and_of_nobody_each(snapshot: Snapshot, which: str, nps: float) -> None:
    found = measure_once(snapshot, "nps", which)
    (row,) = found.rows
    assert (row.reading.value, row.reading.n, found.passed_over) == (nps, 4, 2)


def test_by_week_it_is_one_each_week(snapshot: Snapshot) -> None:
    found = measure_once(snapshot, "nps", "last", ("week",))
    told = {row.dims["week"]: (row.reading.value, row.reading.n) for row in found.rows}
    assert told == {"2026-04-27": (-50.0, 4), "2026-05-04": (0.0, 1)}
    assert found.passed_over == 1


def test_only_answers_of_the_slice_are_chosen_from(snapshot: Snapshot) -> None:
    days = Slice.of(date(2026, 4, 27), date(2026, 4, 29), customer=[])
    assert measure_once(snapshot, "nps", "last", (), days).rows[0].reading.value == (-100 + 100 - 100 - 100) / 4
    ota = measure_once(snapshot, "nps", "last", (), Slice.of(channel=["OTA"]))
    assert (ota.rows[0].reading.n, ota.passed_over) == (4, 0)  # A's last answer there is the first of all


def test_groups_are_of_the_answers_that_were_picked(snapshot: Snapshot) -> None:
    found = measure_once(snapshot, "nps", "last", ("channel",))
    assert {row.dims["channel"]: row.reading.n for row in found.rows} == {"APP": 1, "OTA": 3}


def test_few_customers_are_hidden_as_ever(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"a{n}", likelihood=9.0, customer_id=f"k{n % 2}") for n in range(12)))
    found = measure_once(take_snapshot(warehouse, Standards(), 5), "nps", "first")
    assert (found.rows[0].reading.value, found.rows[0].reading.state.value) == (None, "hidden")


def test_what_is_not_made_of_answers_has_no_one_answer(snapshot: Snapshot) -> None:
    for name in ("complaints", "complaints_per_100", "responses", "response_rate"):
        with pytest.raises(UsageError):
            measure_once(snapshot, name, "last")
    with pytest.raises(UsageError, match="first"):
        measure_once(snapshot, "nps", "frist")


def test_without_any_answer_there_is_no_value(warehouse: Warehouse) -> None:
    found = measure_once(take_snapshot(warehouse, Standards(), 0), "nps", "last")
    assert found.rows[0].reading.value is None
