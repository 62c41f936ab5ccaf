"""Undo of a load: all of it goes, what it had touched is counted anew, and what cannot be put back is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.errors import UsageError
from servq.ingest import load_file
from servq.ingest.quarantine.retry import retry
from servq.ingest.undo import look, undo_load
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from servq.warehouse.upkeep.undo import undo
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import complaint, survey, visit, write_csv
from tests.warehouse.rows import content

FIRST = [survey(response_id="1", likelihood="10", comment="很好"), survey(response_id="2", likelihood="0", comment="")]
SECOND = [
    survey(response_id="3", likelihood="9", comment="太慢了，等了一小时"),
    survey(response_id="4", likelihood="8", comment="很好"),
    survey(response_id="5", likelihood="11", comment="分数有误"),
]
"""Two answers, one of which says what is known already, and a row that waits."""


def faults(warehouse: Warehouse) -> list[str]:
    return [check.found.en for check in examine(warehouse) if not check.ok]


def but_logs(warehouse: Warehouse) -> list[str]:
    return content(warehouse, "load_log", "erasure")


class TestAllOfIt:
    def test_the_warehouse_is_as_before_the_load_but_for_its_line_in_the_log(
        self, warehouse: Warehouse, load: Load, ask: Ask
    ) -> None:
        load(*FIRST)
        before = but_logs(warehouse)
        second = load(*SECOND, name="b.csv")
        done = undo_load(warehouse, second.load_id or 0)
        assert (done.rows, done.quarantined, done.texts) == (2, 1, 1)  # 很好 is said by the first file too
        assert but_logs(warehouse) == before
        assert faults(warehouse) == []
        assert ask("SELECT load_id, status, loaded FROM load_log ORDER BY load_id") == [
            (1, "loaded", 2),
            (2, "undone", 2),
        ]
        assert ask("SELECT kind, source, rows, reason FROM erasure") == [("undo", "surveys", 2, "2")]

    @pytest.mark.parametrize(("source", "row"), [("complaints", complaint()), ("visits", visit())])
    def test_complaints_and_visits_can_be_undone_too(
        self, warehouse: Warehouse, load: Load, source: str, row: dict[str, str]
    ) -> None:
        before = but_logs(warehouse)
        report = load(row, source=source)
        assert undo_load(warehouse, report.load_id or 0).rows == 1
        assert but_logs(warehouse) == before
        assert faults(warehouse) == []

    def test_questionnaires_without_an_answer_go_too(self, warehouse: Warehouse, load: Load, ask: Ask) -> None:
        report = load(survey(response_id="1"), survey(response_id="2", likelihood=""))
        assert report.not_answered == 1
        assert undo_load(warehouse, 1).unanswered == 1
        assert ask("SELECT count(*) FROM unanswered") == [(0,)]
        assert ask("SELECT count(*) FROM survey_cell") == [(0,)]
        assert faults(warehouse) == []

    def test_the_file_can_be_loaded_again(self, warehouse: Warehouse, load: Load) -> None:
        load(*SECOND)
        undo_load(warehouse, 1)
        again = load(*SECOND)
        assert (again.status, again.load_id, again.loaded, again.quarantined) == ("loaded", 2, 2, 1)
        assert faults(warehouse) == []

    def test_a_file_that_repeated_some_of_its_rows_is_named_and_brings_them_back(
        self, warehouse: Warehouse, load: Load, ask: Ask
    ) -> None:
        load(*FIRST)
        load(*FIRST, *SECOND, name="b.csv")
        assert undo_load(warehouse, 1).repeated == (2,)
        assert ask("SELECT response_id FROM response ORDER BY response_id") == [("3",), ("4",)]
        again = load(*FIRST, *SECOND, name="b.csv")
        assert (again.loaded, again.duplicates, again.quarantined) == (2, 2, 1)
        assert faults(warehouse) == []

    def test_nothing_is_undone_when_the_transaction_fails(self, warehouse: Warehouse, load: Load) -> None:
        load(*SECOND)
        before = content(warehouse)

        def fail() -> None:
            with warehouse.write() as connection:
                undo(connection, 1, "甲")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert content(warehouse) == before


class TestWhatCannotBePutBack:
    def test_a_load_that_updated_rows_is_refused_and_nothing_changes(self, warehouse: Warehouse, load: Load) -> None:
        load(*FIRST)
        load(
            survey(response_id="1", likelihood="3", comment="改口"), survey(response_id="9"), name="b.csv", replace=True
        )
        before = content(warehouse)
        with pytest.raises(UsageError, match="更新了 1 行已有的数据"):
            undo_load(warehouse, 2)
        assert content(warehouse) == before

    def test_a_load_whose_rows_were_updated_since_is_refused(self, warehouse: Warehouse, load: Load) -> None:
        load(*FIRST)
        load(survey(response_id="1", likelihood="3", comment="改口"), name="b.csv", replace=True)
        with pytest.raises(UsageError, match=r"有 1 行后来被更新或删除（更新过数据的载入：2）"):
            look(warehouse, 1)

    def test_a_file_that_updates_only_its_own_rows_can_be_undone(self, warehouse: Warehouse, load: Load) -> None:
        rows = [
            complaint(updated_at="2026-03-07 10:00", status="处理中"),
            complaint(updated_at="2026-03-08 10:00", status="已办结"),
        ]
        before = but_logs(warehouse)
        report = load(*rows, source="complaints")
        assert (report.loaded, report.updated) == (1, 1)
        undo_load(warehouse, 1)
        assert but_logs(warehouse) == before

    def test_an_unknown_load_and_one_that_is_undone_already_are_refused(self, warehouse: Warehouse, load: Load) -> None:
        load(*FIRST)
        undo_load(warehouse, 1)
        with pytest.raises(UsageError, match="已经撤销"):
            undo_load(warehouse, 1)
        with pytest.raises(UsageError, match="没有第 7 次载入"):
            undo_load(warehouse, 7)


def test_rows_let_in_from_the_quarantine_wait_again_and_their_load_goes_first(
    warehouse: Warehouse, home: Path, load: Load, ask: Ask
) -> None:
    load(*SECOND)
    waiting = content(warehouse, "load_log", "erasure")
    (number,) = ask("SELECT quarantine_id FROM quarantine")[0]
    header = ask('SELECT "column" FROM quarantine')[0][0]
    (mended,) = retry(warehouse, home, {number: {header: "7"}})
    assert mended.loaded == 1
    with pytest.raises(UsageError, match="由以下载入放行：2"):
        undo_load(warehouse, 1)
    assert undo_load(warehouse, 2).waiting_again == 1
    assert ask("SELECT state, released_by FROM quarantine") == [("waiting", None)]
    assert len(content(warehouse, "load_log", "erasure")) == len(waiting)
    undo_load(warehouse, 1)
    assert ask("SELECT count(*) FROM response") == [(0,)]
    assert faults(warehouse) == []


def test_a_load_of_no_new_rows_can_be_undone_and_says_by_whom(
    warehouse: Warehouse, home: Path, load: Load, ask: Ask, tmp_path: Path
) -> None:
    load(*FIRST)
    load_file(warehouse, home, write_csv(tmp_path / "copy.csv", FIRST, delimiter=";"), "surveys")
    before = but_logs(warehouse)
    assert undo_load(warehouse, 2).rows == 0
    assert but_logs(warehouse) == before
    assert len(ask("SELECT done_by FROM erasure WHERE kind = 'undo'")) == 1
