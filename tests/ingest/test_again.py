"""Repeated loads: the same rows in another order, encoding, name or time add nothing; later a future date loads."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from sqlalchemy import insert

from servq.ingest import load_batch, load_file
from servq.loaders.read import open_file
from servq.records import LoadReport
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.ops_tables import forgotten
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import complaint, survey, visit, write_csv
from tests.warehouse.rows import content

DAY = 86_400
ROWS = [
    survey(response_id="007", comment="很好"),
    survey(response_id="7", comment="一般"),
    survey(response_id="8", likelihood="11", comment=""),
    survey(response_id="007", comment="很好"),
    survey(response_id="7", comment="改口了"),
    survey(response_id="9", answered_at="不记得了", comment=""),
    survey(response_id="10", comment="很好"),
]
"""Two that are right, two bad ones, one said twice, one that contradicts another."""


def outcomes(report: LoadReport) -> tuple[int, int, int, int, int]:
    assert report.adds_up
    return report.loaded, report.updated, report.duplicates, report.conflicts, report.quarantined


def all_but_the_log(warehouse: Warehouse) -> list[str]:
    return content(warehouse, "load_log")


class TestTheSameRows:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
    def test_renamed_in_another_encoding_they_add_nothing(
        self, warehouse: Warehouse, home: Path, load: Load, tmp_path: Path, encoding: str
    ) -> None:
        assert outcomes(load(*ROWS)) == (3, 0, 1, 1, 2)
        before = all_but_the_log(warehouse)
        copy = write_csv(tmp_path / "副本.csv", ROWS, encoding=encoding, delimiter=";")
        assert outcomes(load_file(warehouse, home, copy, "surveys")) == (0, 0, 4, 1, 2)
        assert all_but_the_log(warehouse) == before

    def test_in_another_order_they_add_nothing(self, warehouse: Warehouse, load: Load) -> None:
        load(*ROWS[:4], *ROWS[5:])
        before = all_but_the_log(warehouse)
        columns_too = [dict(reversed(row.items())) for row in reversed([*ROWS[:4], *ROWS[5:]])]
        assert outcomes(load(*columns_too)) == (0, 0, 4, 0, 2)
        assert all_but_the_log(warehouse) == before

    def test_where_a_file_contradicts_itself_the_order_decides_once_and_for_all(
        self, warehouse: Warehouse, load: Load, ask: Ask
    ) -> None:
        load(*ROWS)
        assert outcomes(load(*reversed(ROWS), name="b.csv")) == (0, 0, 4, 1, 2)
        assert ask("SELECT comment FROM response WHERE response_id = '7'") == [("一般",)]

    def test_a_file_known_by_heart_costs_no_load_and_still_tells_who_asked(
        self, warehouse: Warehouse, home: Path, tmp_path: Path
    ) -> None:
        path = write_csv(tmp_path / "a.csv", ROWS)
        told: list[int] = []
        for _ in range(2):
            batch = open_file(path, "surveys")
            load_batch(warehouse, home, batch, also=lambda _connection, load_id: told.append(load_id))
        assert told == [1, 1]


class TestWhatTimeHeals:
    @pytest.fixture
    def early(self, warehouse: Warehouse, home: Path, tmp_path: Path) -> Path:
        """A file that came three days too early for one of its rows, loaded."""
        soon = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + 3 * DAY))
        path = write_csv(tmp_path / "a.csv", [survey(), survey(response_id="2", answered_at=soon)])
        assert load_file(warehouse, home, path, "surveys").reasons == {"future_time": 1}
        return path

    def test_as_long_as_it_has_not_the_file_is_unchanged(self, early: Path, warehouse: Warehouse, home: Path) -> None:
        before = content(warehouse)
        assert load_file(warehouse, home, early, "surveys").status == "unchanged"
        assert content(warehouse) == before

    def test_then_the_same_file_is_read_again_and_its_row_waits_no_more(
        self, early: Path, warehouse: Warehouse, home: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 5 * DAY)
        assert outcomes(load_file(warehouse, home, early, "surveys")) == (1, 0, 1, 0, 0)
        assert ask("SELECT state, released_by FROM quarantine") == [("released", 2)]
        assert load_file(warehouse, home, early, "surveys").status == "unchanged"


class TestFormsOfTheSameRow:
    def test_every_source_takes_its_own_rows_back_as_duplicates(self, load: Load) -> None:
        for source, row in (("surveys", survey()), ("complaints", complaint()), ("visits", visit())):
            load(row, source=source, name=f"{source}.csv")
            assert outcomes(load(row, source=source, name=f"{source}-2.csv", replace=True)) == (0, 0, 1, 0, 0)

    def test_an_id_with_zeros_before_it_is_another_id(self, load: Load) -> None:
        assert outcomes(load(survey(response_id="1"), survey(response_id="001"))) == (2, 0, 0, 0, 0)

    def test_text_as_it_came_is_kept_beside_what_a_rule_made_of_it(self, load: Load, ask: Ask) -> None:
        load(survey(likelihood="９", answered_at="2026年3月5日 14:02"))
        ((likelihood, raw),) = ask("SELECT likelihood, raw FROM response")
        assert likelihood == 9
        assert json.loads(raw) == {"answered_at": "2026年3月5日 14:02", "likelihood": "９"}


class TestPeopleWhoWereErased:
    @pytest.fixture
    def erased(self, warehouse: Warehouse, load: Load, ask: Ask) -> None:
        """VIP-1 has been here and was erased on request."""
        load(survey(response_id="1", customer_id="VIP-1"))
        ((hidden,),) = ask("SELECT customer_id FROM response")
        with warehouse.write() as connection:
            connection.execute(insert(forgotten).values(customer_id=hidden))

    def test_no_load_brings_them_back_and_nothing_of_them_waits(self, erased: None, load: Load, ask: Ask) -> None:
        report = load(
            survey(response_id="2", customer_id="VIP-1", comment="又来了"),
            survey(response_id="3", customer_id="VIP-1", comment="又来了", likelihood="11"),
            survey(response_id="4", customer_id="VIP-2", comment="很好"),
            name="b.csv",
        )
        assert outcomes(report) == (1, 0, 0, 0, 2)
        assert report.reasons == {"forgotten_person": 2}
        kept = ask('SELECT "row", "column", value, raw FROM quarantine ORDER BY "row"')
        assert [(row, column, value, raw) for row, column, value, raw in kept if raw not in ("{}", {})] == []
        assert [line[:3] for line in kept] == [(2, "", ""), (3, "", "")]

    def test_a_file_of_nobody_else_is_not_refused_for_them(self, erased: None, load: Load) -> None:
        report = load(survey(response_id="2", customer_id="VIP-1"), name="b.csv")
        assert (report.status, outcomes(report)) == ("loaded", (0, 0, 0, 0, 1))
