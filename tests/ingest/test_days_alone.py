"""Complaints with days instead of times: no hours are computed for them, and days where days suffice."""

from __future__ import annotations

import pytest

from servq.query import measure, rows_behind, take_snapshot
from servq.records import Reading, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import complaint

DAY = "2026-03-10"


def cases(count: int, **cells: str) -> list[dict[str, str]]:
    return [complaint(complaint_id=f"{cells.get('channel', '')}{number}", **cells) for number in range(1, count + 1)]


def told(warehouse: Warehouse, *names: str) -> list[Reading]:
    snapshot = take_snapshot(warehouse, Standards(default_hours=4))
    found = [measure(snapshot, name)[0].reading for name in names]
    for name, reading in zip(names, found, strict=True):
        assert rows_behind(snapshot, name, Slice(), 1).total == reading.n, name
    return found


CLOCKS = ("first_response_median", "resolution_median", "sla_attainment")


def test_two_times_of_one_day_tell_no_hours(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    load(*cases(12, opened_at=DAY, first_response_at=DAY, resolved_at=DAY), source="complaints")
    assert ask("SELECT DISTINCT by_day FROM complaint") == [(7,)]
    first, resolution, in_time = told(warehouse, *CLOCKS)
    assert (first.value, first.n, first.excluded) == (None, 0, {"by_day": 12})
    assert (resolution.value, resolution.n) == (None, 12)
    assert resolution.reason is not None
    assert "只有日期" in resolution.reason.zh
    assert (in_time.value, in_time.n, in_time.excluded) == (None, 0, {"by_day": 12})


def test_days_are_told_where_days_suffice(warehouse: Warehouse, load: Load) -> None:
    late = {"opened_at": DAY, "first_response_at": "2026/3/20", "resolved_at": "2026年3月25日"}
    load(*cases(12, **late), source="complaints")
    first, resolution, in_time = told(warehouse, *CLOCKS)
    assert first.value is None
    assert (resolution.value, resolution.n) == (15 * 24, 12)
    assert (in_time.value, in_time.n) == (0.0, 12), "ten days are over every limit, whatever the hour"


def test_clocks_tell_hours_as_before_and_a_few_days_among_them_do_not_stop_them(
    warehouse: Warehouse, load: Load
) -> None:
    clocked = cases(30, opened_at=f"{DAY} 10:00", first_response_at=f"{DAY} 10:30", resolved_at=f"{DAY} 12:00")
    later = cases(
        1,
        opened_at="2026-11-20 10:00",
        first_response_at="2026-11-20 10:30",
        resolved_at="2026-11-20 12:00",
        channel="门店",
    )
    load(
        *clocked,
        *cases(1, opened_at=DAY, first_response_at=DAY, resolved_at=DAY, channel="APP"),
        *later,  # by then the limit of the others has passed, its own has not
        source="complaints",
    )
    first, resolution, in_time = told(warehouse, *CLOCKS)
    assert (first.value, first.n, first.excluded) == (0.5, 31, {"by_day": 1})
    assert (resolution.value, resolution.n) == (pytest.approx(2.0), 32)
    assert (in_time.value, in_time.n) == (100.0, 30)


def test_a_day_is_not_before_a_clock_of_the_same_day(warehouse: Warehouse, load: Load) -> None:
    report = load(*cases(3, opened_at=f"{DAY} 10:00", first_response_at=DAY), source="complaints")
    assert (report.loaded, report.quarantined) == (3, 0)
    (first,) = told(warehouse, "first_response_median")
    assert (first.value, first.excluded) == (None, {"by_day": 3})


def test_nothing_but_midnights_are_days_that_an_export_wrote_with_a_clock(
    warehouse: Warehouse, load: Load, ask: Ask
) -> None:
    load(*cases(6, opened_at=f"{DAY} 00:00:00", first_response_at=f"{DAY} 00:00:00"), source="complaints")
    assert ask("SELECT DISTINCT by_day FROM complaint") == [(3,)]
    (first,) = told(warehouse, "first_response_median")
    assert first.value is None
    load(*cases(2, opened_at=f"{DAY} 00:00:00", channel="APP"), source="complaints", name="b.csv")
    assert ask("SELECT DISTINCT by_day FROM complaint WHERE channel = 'APP'") == [(None,)], "two may be true midnights"
