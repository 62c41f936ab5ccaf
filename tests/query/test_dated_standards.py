"""Dated standards: each week is judged by the standard in force then, never by a later one."""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, take_snapshot
from servq.query.channels.agreement import broken_since
from servq.records import Slice
from servq.standards import FIRST_RESPONSE, Standards, Target, TimeLimit
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start, last_weeks
from tests.warehouse.rows import complaint, store

LAST = date(2026, 5, 25)
WEEKS = last_weeks(LAST, 4)
PROMISE = TimeLimit("OTA", FIRST_RESPONSE, 1.0, "1 小时内响应", "within an hour", date(2026, 1, 1))


def opened_in(monday: date, in_time: int, late: int) -> list[dict[str, object]]:
    """Complaints of one week at noon of its Monday, answered after half an hour or after two."""
    noon = day_start(monday) + 12 * 3600
    waits = [1800] * in_time + [7200] * late
    return [
        complaint(f"{monday}-{place}", day=monday.isoformat(), first_response_at=noon + wait)
        for place, wait in enumerate(waits)
    ]


@pytest.fixture
def fallen(warehouse: Warehouse) -> Warehouse:
    """Two weeks with 70 of 100 in time, then two with 20 of 100."""
    rows = [row for place, week in enumerate(WEEKS) for row in opened_in(week, *((70, 30) if place < 2 else (20, 80)))]
    store(warehouse, *rows, source="complaints")
    return warehouse


def since(warehouse: Warehouse, *targets: Target) -> date | None:
    snapshot: Snapshot = take_snapshot(warehouse, Standards(promises=(PROMISE,), targets=targets))
    return broken_since(snapshot, "OTA", Slice(), WEEKS)


def test_a_promise_that_was_kept_by_the_old_standard_was_broken_when_it_fell_under_the_new_one(
    fallen: Warehouse,
) -> None:
    # 140 of 200 in time: 63.3–76.0 %, above the old 60 % and below the new 90 %
    old = Target("sla_attainment", 60.0, date(2026, 1, 1))
    new = Target("sla_attainment", 90.0, WEEKS[2])
    assert since(fallen, old, new) == WEEKS[2]


def test_a_channel_with_a_standard_of_its_own_is_judged_by_that(fallen: Warehouse) -> None:
    common = Target("sla_attainment", 90.0, date(2026, 1, 1))
    assert since(fallen, common, Target("sla_attainment", 60.0, date(2026, 1, 1), channel="OTA")) == WEEKS[2]
    assert since(fallen, common, Target("sla_attainment", 60.0, date(2026, 1, 1), channel="APP")) is None


def test_where_the_high_standard_held_all_along_the_promise_was_never_known_to_be_kept(fallen: Warehouse) -> None:
    assert since(fallen, Target("sla_attainment", 90.0, date(2026, 1, 1))) is None
