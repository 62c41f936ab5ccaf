"""The inventory: rows per source, freshness, quarantine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from servq.ingest import load_file
from servq.loaders.sources.catalog import SOURCES
from servq.query import Snapshot, take_snapshot
from servq.query.data.inventory import held, loads, quarantined, waiting
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.loaders.exports import complaint, survey, write_csv


def test_a_source_that_was_never_loaded_is_held_empty(warehouse: Warehouse) -> None:
    found = held(take_snapshot(warehouse, Standards()))
    assert [one.source.name for one in found] == list(SOURCES)
    assert {(one.count, one.newest, one.last_loaded_at, one.loads, one.waiting) for one in found} == {
        (0, None, None, 0, 0)
    }


def test_what_is_held_by_hand(warehouse: Warehouse, tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = [survey(response_id="1"), survey(response_id="2", answered_at="2026-03-16 00:30")]
    bad = [survey(response_id="3", likelihood="11"), survey(response_id="4", likelihood="12")]
    load_file(warehouse, home, write_csv(tmp_path / "a.csv", [*rows, *bad]), "surveys")
    load_file(warehouse, home, write_csv(tmp_path / "c.csv", [complaint(opened_at="?")]), "complaints", bad_share=1)
    snapshot = take_snapshot(warehouse, Standards())
    surveys, complaints, _ = held(snapshot)
    assert (surveys.count, surveys.newest, surveys.loads, surveys.waiting) == (2, date(2026, 3, 16), 1, 2)
    assert surveys.weeks == {date(2026, 3, 2): 1, date(2026, 3, 16): 1}, "a week without answers is a gap, no zero"
    assert (complaints.count, complaints.waiting) == (0, 1)
    assert [(one.source, one.reason, one.rows) for one in waiting(snapshot)] == [
        ("surveys", "out_of_range", 2),
        ("complaints", "not_a_time", 1),
    ]
    lines = quarantined(snapshot)
    assert [line["reason"] for line in lines] == ["not_a_time", "out_of_range", "out_of_range"]
    assert [line["raw"].get("likelihood") for line in lines] == [None, "11", "12"], "the row as it came"


def test_the_sample_is_held_complete_and_its_loads_add_up(sample: Snapshot) -> None:
    lines = loads(sample, 10)
    assert [load.line["source"] for load in lines] == ["visits", "complaints", "surveys"]
    assert all(load.adds_up for load in lines)
    for one in held(sample):
        assert one.newest == date(2026, 9, 27) or one.source.name == "visits"
        assert len(one.weeks) == 26
        line = next(load.line for load in lines if load.line["source"] == one.source.name)
        assert one.waiting == line["quarantined"]
        assert one.count == line["loaded"] / (12 if one.source.name == "visits" else 1), "a visit has twelve items"
