"""The end of the data: never later than the time of the load, on both stores."""

from __future__ import annotations

import time

import pytest

from servq.query import measure, take_snapshot
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, complaint, store

HOUR = 3600


def opened(name: str, ago: float, answered_after: float | None = None) -> Row:
    """A case opened so many hours before now."""
    at = int(time.time() - ago * HOUR)
    moments = {} if answered_after is None else {"first_response_at": at + round(answered_after * HOUR)}
    return complaint(name) | {"opened_at": at} | moments


@pytest.mark.parametrize("column", ["resolved_at", "first_response_at", "reopened_at", "opened_at"])
def test_one_time_a_day_ahead_moves_no_other_clock(warehouse: Warehouse, column: str) -> None:
    """Ten cases of 30 hours ago answered in time, ten of three hours ago still waiting; one time lies a day ahead."""
    rows = [opened(f"old{place}", 30, answered_after=1) for place in range(10)]
    rows += [opened(f"new{place}", 3) for place in range(10)]
    rows.append(opened("seen", 2) | {"first_response_at": int(time.time()) - HOUR})
    ahead = opened("ahead", 3) | {column: int(time.time()) + 24 * HOUR}
    store(warehouse, *rows, ahead, source="complaints")
    snapshot = take_snapshot(warehouse, Standards())
    assert snapshot.as_of <= time.time()
    found = measure(snapshot, "sla_attainment")[0].reading
    assert (found.value, found.n) == (100.0, 10), "the ten that wait are not late"
    assert measure(snapshot, "open_complaints")[0].reading.n == 22, "what lies ahead has not happened yet"


def test_data_of_an_earlier_year_speak_until_their_own_last_moment(warehouse: Warehouse) -> None:
    rows = [opened("old", 9000, answered_after=1), opened("older", 9010, answered_after=30)]
    store(warehouse, *rows, source="complaints")
    assert take_snapshot(warehouse, Standards()).as_of == max(row["first_response_at"] for row in rows)


def test_where_much_of_the_data_lies_days_ahead_it_is_the_clock_of_the_machine_that_is_wrong(
    warehouse: Warehouse,
) -> None:
    rows = [opened(f"then{place}", -24 * place, answered_after=1) for place in range(60)]
    store(warehouse, *rows, source="complaints")
    assert take_snapshot(warehouse, Standards()).as_of == rows[-1]["first_response_at"]


def test_a_warehouse_without_complaints_has_no_moment(warehouse: Warehouse) -> None:
    assert take_snapshot(warehouse, Standards()).as_of == 0
