"""Unanswered rows: counted apart, kept until they are answered, and shown as a response rate."""

from __future__ import annotations

import json
from datetime import date

import pytest

from servq.ingest.quarantine.retry import retry
from servq.query import measure, take_snapshot
from servq.records import NOT_GIVEN, Reading, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.ingest.conftest import Ask, Load, home_of
from tests.loaders.exports import survey

AFTER = "2026-03-12 10:00"


def asked(number: int, likelihood: str = "", **cells: str) -> dict[str, str]:
    return survey(response_id=str(number), likelihood=likelihood, **cells)


def one(warehouse: Warehouse, name: str, slice_: Slice | None = None) -> Reading:
    (row,) = measure(take_snapshot(warehouse, Standards(), viewing_minimum=0), name, (), slice_)
    return row.reading


def whole(warehouse: Warehouse) -> None:
    assert [(check.name, check.found.en) for check in examine(warehouse) if not check.ok] == []


def test_twenty_of_a_hundred_answered_and_eighty_are_no_bad_rows(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    report = load(*(asked(number, "9" if number <= 20 else "") for number in range(1, 101)))
    assert (report.rows_read, report.loaded, report.not_answered, report.quarantined) == (100, 20, 80, 0)
    assert report.adds_up
    assert ask("SELECT rows_read, loaded, not_answered, not_placed FROM load_log") == [(100, 20, 80, 0)]
    rate = one(warehouse, "response_rate")
    assert (rate.value, rate.n, rate.base) == (20.0, 20, 100)
    assert (one(warehouse, "responses").value, one(warehouse, "nps").value) == (20, 100)
    whole(warehouse)


def test_the_same_file_again_counts_the_same_and_changes_nothing(warehouse: Warehouse, load: Load) -> None:
    rows = [asked(number, "9" if number <= 2 else "") for number in range(1, 6)]
    load(*rows)
    again = load(*rows)
    assert (again.status, again.duplicates, again.not_answered, again.adds_up) == ("unchanged", 2, 3, True)
    more = load(*rows, asked(9, "3"), name="b.csv")
    assert (more.loaded, more.duplicates, more.not_answered, more.adds_up) == (1, 2, 3, True)
    assert (one(warehouse, "response_rate").n, one(warehouse, "response_rate").base) == (3, 6)
    whole(warehouse)


def test_whoever_answers_later_has_answered(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    load(*(asked(number, "9" if number <= 2 else "") for number in range(1, 6)))
    load(asked(3, "7", answered_at=AFTER), asked(4), name="b.csv")
    assert ask("SELECT response_id FROM unanswered ORDER BY response_id") == [("4",), ("5",)]
    assert (one(warehouse, "response_rate").n, one(warehouse, "response_rate").base) == (3, 5)
    load(asked(3), name="c.csv")  # what is known stays
    assert (one(warehouse, "response_rate").n, one(warehouse, "response_rate").base) == (3, 5)
    whole(warehouse)


def test_a_rate_is_cut_by_week_day_and_channel(warehouse: Warehouse, load: Load) -> None:
    load(asked(1, "9"), asked(2, channel="APP"), asked(3, answered_at=AFTER), asked(4, "1", answered_at=AFTER))
    snapshot = take_snapshot(warehouse, Standards(), viewing_minimum=0)
    by_week = {row.dims["week"]: row.reading for row in measure(snapshot, "response_rate", ("week",))}
    assert {week: (found.n, found.base) for week, found in by_week.items()} == {
        "2026-03-02": (1, 2),
        "2026-03-09": (1, 2),
    }
    by_channel = {row.dims["channel"]: row.reading.value for row in measure(snapshot, "response_rate", ("channel",))}
    assert by_channel == {"APP": 0.0, "官网": pytest.approx(200 / 3)}
    thursday = Slice.of(date(2026, 3, 12), date(2026, 3, 12))
    assert (one(warehouse, "response_rate", thursday).n, one(warehouse, "response_rate", thursday).base) == (1, 2)


def test_no_rate_is_told_where_nobody_is_listed_who_stayed_silent(warehouse: Warehouse, load: Load) -> None:
    load(asked(1, "9"), asked(2, "8"))
    rate = one(warehouse, "response_rate")
    assert (rate.value, rate.excluded) == (None, {"not_listed": 2})
    load(asked(3, "9"), asked(4), name="b.csv")
    rate = one(warehouse, "response_rate")
    assert (rate.value, rate.n, rate.base, rate.excluded) == (50.0, 1, 2, {"not_listed": 2})


def test_no_rate_is_told_where_it_is_not_known_when_they_were_asked(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    report = load(asked(1, "9"), asked(2, answered_at=""), asked(3))
    assert (report.loaded, report.not_answered) == (1, 2)
    assert ask("SELECT not_answered, not_placed FROM load_log") == [(2, 1)]
    assert one(warehouse, "response_rate").n == 0


def test_a_row_without_team_or_channel_counts_as_not_given(warehouse: Warehouse, load: Load) -> None:
    report = load(asked(1, "10"), asked(2, "0", team="", channel=""))
    assert (report.loaded, report.quarantined) == (2, 0)
    nps = one(warehouse, "nps")
    assert (nps.value, nps.n) == (0.0, 2)
    assert one(warehouse, "nps", Slice.of(team=[NOT_GIVEN])).value == -100


def test_rows_that_waited_as_unanswered_before_are_counted_when_they_are_tried_again(
    warehouse: Warehouse, load: Load, ask: Ask
) -> None:
    load(survey(response_id="1"), survey(response_id="2", likelihood="11"))
    with warehouse.write() as connection:  # as a load before migration 0011 left it
        raw = json.dumps(survey(response_id="2", likelihood=""), ensure_ascii=False)
        connection.exec_driver_sql(f"UPDATE quarantine SET reason = 'nothing_answered', raw = '{raw}'")
    (report,) = retry(warehouse, home_of(warehouse), {1: {}})
    assert (report.rows_read, report.not_answered, report.adds_up) == (1, 1, True)
    assert ask("SELECT state FROM quarantine") == [("released",)]
    whole(warehouse)
