"""Concurrent loads and reads: two loads end as one after the other would, readers continue, a vain wait is reported."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from servq.errors import WarehouseUnavailable
from servq.ingest import load_file
from servq.records import LoadReport
from servq.warehouse.books import load_log
from servq.warehouse.store.engine import Warehouse
from tests.loaders.exports import survey, write_csv
from tests.proofs.conftest import Children, fingerprint
from tests.proofs.test_kill import faults, load


@pytest.fixture
def rival(tmp_path: Path) -> Path:
    """Another export of the same answers, of which it changes some and knows more."""
    rows = [survey(response_id=f"{number:05d}", likelihood="1", updated_at="2026-09-03") for number in range(0, 300, 3)]
    return write_csv(tmp_path / "rival.csv", rows)


def test_the_same_file_from_two_loaders_is_loaded_once(
    children: Children, begun: Callable[[], str], export: Path
) -> None:
    alone, together = begun(), begun()
    assert children.run(*load(alone, export)).code == 0
    ended = children.together(load(together, export), load(together, export))
    assert [one.code for one in ended] == [0, 0], ended
    assert sorted("unchanged" in one.said for one in ended) == [False, True]
    assert fingerprint(together) == fingerprint(alone)


def test_two_files_that_change_the_same_rows_end_as_in_one_of_the_two_orders(
    children: Children, begun: Callable[[], str], export: Path, rival: Path
) -> None:
    expected = set()
    for files in ((export, rival), (rival, export)):
        url = begun()
        for file in files:
            assert children.run(*load(url, file)).code == 0
        expected.add(fingerprint(url))
    url = begun()
    ended = children.together(load(url, export), load(url, rival))
    assert [one.code for one in ended] == [0, 0], ended
    assert fingerprint(url) in expected
    assert faults(url) == []


class TestWaiting:
    def test_readers_see_the_state_before_while_a_load_is_under_way(
        self, begun: Callable[[], str], proof_home: Path, export: Path
    ) -> None:
        url = begun()
        before, seen = fingerprint(url), list[str]()
        warehouse = Warehouse(url)
        load_file(warehouse, proof_home, export, "surveys", progress=lambda _: seen.append(fingerprint(url)))
        warehouse.close()
        assert seen
        assert set(seen) == {before}
        assert fingerprint(url) != before

    def test_a_writer_that_waited_its_seconds_in_vain_says_so_and_has_changed_nothing(
        self, begun: Callable[[], str], proof_home: Path, export: Path
    ) -> None:
        url = begun()
        first, second = Warehouse(url), Warehouse(url, lock_seconds=0.3)
        before = fingerprint(url)
        with first.write(), pytest.raises(WarehouseUnavailable, match="lock_seconds") as refused:
            load_file(second, proof_home, export, "surveys")
        assert "busy" in refused.value.en
        assert fingerprint(url) == before
        for warehouse in (first, second):
            warehouse.close()

    def test_a_writer_whose_turn_comes_sees_what_the_first_has_written(
        self, begun: Callable[[], str], proof_home: Path, export: Path
    ) -> None:
        url, reports = begun(), list[LoadReport]()
        first, second = Warehouse(url), Warehouse(url)
        waits = threading.Thread(target=lambda: reports.append(load_file(second, proof_home, export, "surveys")))
        with first.write() as connection:
            waits.start()
            waits.join(0.5)
            assert not reports
            assert load_log.last_load_id(connection) == 1
        waits.join(60)
        assert [(report.status, report.adds_up) for report in reports] == [("loaded", True)]
        for warehouse in (first, second):
            warehouse.close()

    def test_the_command_waits_as_long_as_servq_toml_says(
        self, children: Children, begun: Callable[[], str], proof_home: Path, export: Path
    ) -> None:
        (proof_home / "servq.toml").write_text("[loading]\nlock_seconds = 0\n", encoding="utf-8")
        url = begun()
        busy = Warehouse(url)
        try:
            with busy.write():
                ended = children.run(*load(url, export))
        finally:
            (proof_home / "servq.toml").unlink()
            busy.close()
        assert ended.code == 4
        assert "数据仓库正被占用" in ended.said
