"""Retried rows of the quarantine: valid ones are loaded once, the others wait, and no personal data leaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servq.errors import FileRefused, UsageError
from servq.exports import csv_bytes, is_how, without_guard, xlsx_bytes
from servq.ingest import load_file
from servq.ingest.quarantine.corrected import HEADERS, read_corrections
from servq.ingest.quarantine.retry import retry
from servq.loaders.maps.map import map_from_table
from servq.records import LoadReport
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import complaint, survey, write_csv
from tests.warehouse.rows import content

STATES = "SELECT quarantine_id, state, released_by, reason FROM quarantine ORDER BY quarantine_id"
PHONE = "13812345678"


def outcomes(report: LoadReport) -> tuple[int, int, int, int, int]:
    assert report.adds_up
    return report.loaded, report.updated, report.duplicates, report.conflicts, report.quarantined


@pytest.fixture
def two_wait(load: Load) -> None:
    """Three good answers; 1 waits for its score of 11, 2 for its time."""
    rows = [
        *(survey(response_id=str(number), comment="很好") for number in range(3)),
        survey(response_id="8", likelihood="11", comment=f"电话 {PHONE}", customer_id="VIP-8"),
        survey(response_id="9", answered_at="上周三"),
    ]
    columns = dict.fromkeys(rows[3], "")
    load(*(columns | row for row in rows))


class TestOneRow:
    def test_a_corrected_row_comes_in_and_is_released(
        self, two_wait: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        (report,) = retry(warehouse, home, {1: {"likelihood": "10"}})
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT likelihood, comment FROM response WHERE response_id = '8'") == [(10, "电话 [手机]")]
        assert ask(STATES) == [(1, "released", 2, "out_of_range"), (2, "waiting", None, "not_a_time")]
        assert ask("SELECT origin, rows_read, loaded, file_name FROM load_log WHERE load_id = 2") == [
            ("retry", 1, 1, "a.csv")
        ]
        assert [check.name for check in examine(warehouse) if not check.ok] == []

    def test_its_cells_count_it(self, two_wait: None, warehouse: Warehouse, home: Path, ask: Ask) -> None:
        retry(warehouse, home, {1: {"likelihood": "10"}})
        assert ask("SELECT responses, likelihood_9, likelihood_10 FROM survey_cell") == [(4, 3, 1)]

    def test_its_customer_is_the_one_that_an_export_of_the_same_person_would_give(
        self, two_wait: None, warehouse: Warehouse, home: Path, load: Load, ask: Ask
    ) -> None:
        retry(warehouse, home, {1: {"likelihood": "10"}})
        load(survey(response_id="20", customer_id="VIP-8"), name="b.csv")
        ((waited,), (direct,)) = ask("SELECT customer_id FROM response WHERE response_id IN ('8', '20')")
        assert waited == direct

    def test_a_row_that_is_still_wrong_waits_on_with_what_was_corrected(
        self, two_wait: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        before = [line for line in content(warehouse) if '"quarantine"' not in line]
        (report,) = retry(warehouse, home, {1: {"likelihood": "十", "comment": f"改到 {PHONE}"}})
        assert (report.status, report.load_id, outcomes(report)) == ("unchanged", None, (0, 0, 0, 0, 1))
        ((state, reason, value, corrected),) = ask(
            "SELECT state, reason, value, corrected FROM quarantine WHERE quarantine_id = 1"
        )
        assert (state, reason, value) == ("waiting", "not_a_number", "十")
        assert PHONE not in corrected
        assert [line for line in content(warehouse) if '"quarantine"' not in line] == before, "no load has happened"
        # the next correction stands on the last
        (report,) = retry(warehouse, home, {1: {"likelihood": "10"}})
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT comment FROM response WHERE response_id = '8'") == [("改到 [手机]",)]

    def test_trying_twice_changes_nothing(self, two_wait: None, warehouse: Warehouse, home: Path) -> None:
        tries = {1: {"likelihood": "10"}, 2: {}}
        (report,) = retry(warehouse, home, tries)
        assert outcomes(report) == (1, 0, 0, 0, 1)
        before = content(warehouse)
        (again,) = retry(warehouse, home, tries)
        assert again.status == "unchanged"
        assert content(warehouse) == before

    def test_a_row_that_came_right_by_itself_is_a_duplicate_and_waits_no_more(
        self, two_wait: None, warehouse: Warehouse, home: Path, load: Load, ask: Ask
    ) -> None:
        load(survey(response_id="9", answered_at="2026-03-04 08:00"), name="b.csv")
        (report,) = retry(warehouse, home, {2: {"answered_at": "2026-03-04 08:00"}})
        assert outcomes(report) == (0, 0, 1, 0, 0)
        assert ask(STATES)[1][1] == "released"

    def test_an_unknown_id_or_header_is_refused_and_nothing_changes(
        self, two_wait: None, warehouse: Warehouse, home: Path
    ) -> None:
        before = content(warehouse)
        with pytest.raises(UsageError, match="没有编号 77"):
            retry(warehouse, home, {1: {"likelihood": "10"}, 77: {}})
        with pytest.raises(UsageError, match="是否想用“likelihood”"):
            retry(warehouse, home, {1: {"likelyhood": "10"}})
        assert content(warehouse) == before


class TestRowsOfAMap:
    def test_a_row_comes_back_through_the_map_that_it_came_by(
        self, warehouse: Warehouse, home: Path, tmp_path: Path, ask: Ask
    ) -> None:
        table = {
            "source": "surveys",
            "columns": {
                "response_id": "No",
                "answered_at": {"from": "Day", "format": "发表于%Y-%m-%d"},
                "likelihood": {"from": "Q1", "scale": [0, 10]},
                "channel": {"constant": "OTA"},
                "team": {"constant": "甲"},
            },
        }
        rows = [{"No": str(number), "Day": "发表于2026-04-29", "Q1": "9"} for number in range(3)]
        path = write_csv(tmp_path / "a.csv", [*rows, {"No": "7", "Day": "2026年4月29日?", "Q1": "9"}])
        load_file(warehouse, home, path, None, map_from_table(table, "a.toml"))
        (report,) = retry(warehouse, home, {1: {"Day": "发表于2026-04-30"}})
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT channel, likelihood FROM response WHERE response_id = '7'") == [("OTA", 9)]


class TestRowsOfAnotherWidth:
    @pytest.fixture
    def slid(self, warehouse: Warehouse, home: Path, tmp_path: Path) -> None:
        """Two rows without their team, so that every later cell stands under the wrong header."""
        lines = [
            "response_id,answered_at,channel,team,likelihood",
            *(f"{number},2026-03-05,官网,一组,9" for number in (1, 3)),
            "2,2026-03-05,官网,9",
            f"{PHONE},2026-03-05,官网,9",
        ]
        path = tmp_path / "a.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        load_file(warehouse, home, path, "surveys")

    def test_it_waits_on_until_somebody_says_what_belongs_where(
        self, slid: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        (report,) = retry(warehouse, home, {1: {}})
        assert outcomes(report) == (0, 0, 0, 0, 1)
        (report,) = retry(warehouse, home, {1: {"team": "一组", "likelihood": "9"}})
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT team, likelihood FROM response WHERE response_id = '2'") == [("一组", 9)]

    def test_an_id_that_looked_like_a_phone_number_was_hidden_and_is_needed_again(
        self, slid: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        cells = {"team": "一组", "likelihood": "9"}
        (report,) = retry(warehouse, home, {2: cells})
        assert report.reasons == {"missing_value": 1}
        (report,) = retry(warehouse, home, {2: {"response_id": "R-77"}})
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT team FROM response WHERE response_id = 'R-77'") == [("一组",)]


class TestConflicts:
    @pytest.fixture
    def contradicted(self, load: Load) -> None:
        load(complaint(status="处理中"), source="complaints")
        load(complaint(status="已办结"), source="complaints", name="b.csv")

    def test_a_conflict_is_one_still_when_it_is_tried_as_it_is(
        self, contradicted: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        (report,) = retry(warehouse, home, {1: {}})
        assert (report.status, report.conflicts) == ("unchanged", 1)
        assert ask("SELECT status FROM complaint") == [("处理中",)]

    def test_whoever_looks_at_it_may_decide_for_it(
        self, contradicted: None, warehouse: Warehouse, home: Path, ask: Ask
    ) -> None:
        (report,) = retry(warehouse, home, {1: {}}, replace=True)
        assert outcomes(report) == (0, 1, 0, 0, 0)
        assert ask("SELECT status FROM complaint") == [("已办结",)]
        assert ask(STATES) == [(1, "released", 3, "conflict")]


class TestTheExport:
    """The file that `quarantine export` writes, by hand: what is about a row, then the row."""

    @staticmethod
    def write(path: Path, ask: Ask, **changed: str) -> Path:
        rows = [(number, json.loads(raw)) for number, raw in ask("SELECT quarantine_id, raw FROM quarantine")]
        headers = [*HEADERS.values(), *rows[0][1]]
        lines = [[number, *[""] * (len(HEADERS) - 1), *(raw | changed).values()] for number, raw in rows]
        path.write_bytes((csv_bytes if path.suffix == ".csv" else xlsx_bytes)(headers, lines))
        return path

    @pytest.mark.parametrize("ending", [".csv", ".xlsx"])
    def test_an_export_that_nobody_touched_corrects_nothing(
        self, warehouse: Warehouse, load: Load, tmp_path: Path, ask: Ask, ending: str
    ) -> None:
        nasty = "=HYPERLINK(1)\n'+第二行"
        load(survey(comment=""), survey(response_id="007", likelihood="11", comment=nasty), bad_share=1)
        path = self.write(tmp_path / f"q{ending}", ask)
        assert read_corrections(warehouse, path, says=is_how, plain=without_guard) == {1: {}}

    @pytest.mark.parametrize("ending", [".csv", ".xlsx"])
    def test_a_corrected_export_comes_in_as_it_was_meant(
        self, warehouse: Warehouse, home: Path, load: Load, tmp_path: Path, ask: Ask, ending: str
    ) -> None:
        load(survey(comment=""), survey(response_id="007", likelihood="11", comment="=不是公式"))
        path = self.write(tmp_path / f"q{ending}", ask, likelihood="10")
        corrections = read_corrections(warehouse, path, says=is_how, plain=without_guard)
        assert corrections == {1: {"likelihood": "10"}}
        (report,) = retry(warehouse, home, corrections)
        assert outcomes(report) == (1, 0, 0, 0, 0)
        assert ask("SELECT likelihood, comment FROM response WHERE response_id = '007'") == [(10, "=不是公式")]
        assert read_corrections(warehouse, path, says=is_how, plain=without_guard) == {}, "nothing of it waits any more"

    def test_another_file_is_refused(self, warehouse: Warehouse, tmp_path: Path) -> None:
        with pytest.raises(FileRefused, match="quarantine_id"):
            read_corrections(warehouse, write_csv(tmp_path / "a.csv", [survey()]), says=is_how, plain=without_guard)
