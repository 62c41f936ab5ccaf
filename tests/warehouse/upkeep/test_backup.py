"""Backup and restore: a warehouse in one file, and back onto the same store or the other, all of it or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from servq.errors import FileRefused, UsageError, WarehouseUnavailable
from servq.query import state_of
from servq.warehouse.books import load_log
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import text_score
from servq.warehouse.upkeep import erase
from servq.warehouse.upkeep.backup import take_backup
from servq.warehouse.upkeep.copy import rows_in
from servq.warehouse.upkeep.doctor import examine
from servq.warehouse.upkeep.restore import restore
from tests.warehouse.rows import answer, complaint, content, item, store

NewStore = Callable[[], str]
PERSON = "c_0123456789abcdef01234567"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.sqlite"


@pytest.fixture
def full(warehouse: Warehouse) -> Warehouse:
    """A row of every source, with raw texts, a sentiment and a customer id."""
    store(warehouse, answer("007", heard="negative", csat=4.8, customer_id=PERSON), answer("7", day="2026-05-06"))
    store(warehouse, complaint("c1", text="很慢", customer_id=PERSON), source="complaints")
    store(warehouse, item("v1", "问候"), item("v1", "着装"), source="visits")
    return warehouse


def faults(warehouse: Warehouse) -> list[str]:
    return [check.found.en for check in examine(warehouse) if not check.ok]


def rows(warehouse: Warehouse) -> int:
    with warehouse.read() as connection:
        return rows_in(connection)


class TestThereAndBack:
    def test_a_backup_restored_on_either_store_says_the_same(
        self, full: Warehouse, new_store: NewStore, file: Path
    ) -> None:
        taken = take_backup(full, file)
        assert (taken.rows, taken.load_id) == (rows(full), 3)
        other = Warehouse(new_store())
        assert restore(other, file).rows == taken.rows
        assert content(other) == content(full)
        assert faults(other) == []
        other.close()

    def test_loads_go_on_after_the_restored_ones(self, full: Warehouse, new_store: NewStore, file: Path) -> None:
        take_backup(full, file)
        other = Warehouse(new_store())
        restore(other, file)
        store(other, answer("new"))
        with other.read() as connection:
            assert load_log.last_load_id(connection) == 4
        other.close()

    def test_a_backup_is_one_file_for_its_owner_alone(self, full: Warehouse, file: Path) -> None:
        take_backup(full, file)
        assert [left.name for left in file.parent.glob("backup*")] == ["backup.sqlite"]
        assert file.stat().st_mode & 0o077 == 0

    def test_a_backup_taken_during_a_load_holds_the_state_before_it(
        self, full: Warehouse, new_store: NewStore, file: Path
    ) -> None:
        before = content(full)
        with full.write() as connection:
            connection.execute(delete(text_score).where(text_score.c.label == "uncertain"))
            take_backup(full, file)
        other = Warehouse(new_store())
        restore(other, file)
        assert content(other) == before != content(full)
        other.close()

    def test_a_backup_never_overwrites(self, full: Warehouse, file: Path) -> None:
        file.write_text("mine", encoding="utf-8")
        with pytest.raises(UsageError, match="not overwritten"):
            take_backup(full, file)
        assert file.read_text(encoding="utf-8") == "mine"

    def test_a_backup_that_cannot_be_written_leaves_nothing(self, full: Warehouse, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be written"):
            take_backup(full, tmp_path / "no" / "such" / "folder.sqlite")
        assert not (tmp_path / "no").exists()


class TestRestoring:
    def test_a_warehouse_that_holds_something_is_replaced_only_when_told(self, full: Warehouse, file: Path) -> None:
        take_backup(full, file)
        before = content(full)
        store(full, answer("later"))
        after = content(full)
        with pytest.raises(UsageError, match="--replace"):
            restore(full, file)
        assert content(full) == after
        restore(full, file, replace=True)
        assert content(full, "erasure") == [line for line in before if '"erasure"' not in line]

    def test_what_was_kept_of_the_state_before_is_never_taken_for_the_restored_one(
        self, full: Warehouse, file: Path
    ) -> None:
        take_backup(full, file)
        states = {state_of(full)}
        for _ in range(2):
            restore(full, file, replace=True)
            states.add(state_of(full))
        assert len(states) == 3

    def test_who_was_erased_since_stays_erased(self, full: Warehouse, file: Path) -> None:
        take_backup(full, file)
        with full.write() as connection:
            erase.forget(connection, PERSON, "test")
        done = restore(full, file, replace=True)
        assert done.forgotten == 1
        assert not [line for line in content(full, "forgotten") if PERSON in line]
        assert faults(full) == []

    def test_an_interrupted_restore_leaves_what_was_there(self, full: Warehouse, file: Path) -> None:
        take_backup(full, file)
        store(full, answer("later"))
        before = content(full)

        def stumble(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            restore(full, file, replace=True, progress=stumble)
        assert content(full) == before

    @pytest.mark.parametrize("spoil", ["cut", "altered", "no backup", "missing"])
    def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_changed(
        self, full: Warehouse, file: Path, spoil: str
    ) -> None:
        take_backup(full, file)
        before = content(full)
        if spoil == "cut":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        elif spoil == "altered":
            connection = sqlite3.connect(file)
            with connection:
                connection.execute("UPDATE response SET likelihood = 0")
            connection.close()
        elif spoil == "no backup":
            file.write_text("就是一些文字" * 300, encoding="utf-8")
        else:
            file.unlink()
        with pytest.raises(FileRefused):
            restore(full, file, replace=True)
        assert content(full) == before

    def test_a_backup_may_be_a_plain_copy_with_its_log(
        self, sqlite_url: str, new_store: NewStore, tmp_path: Path
    ) -> None:
        live = Warehouse(sqlite_url)
        store(live, answer("r1"))
        source = Path(sqlite_url.removeprefix("sqlite:///"))
        assert Path(f"{source}-wal").stat().st_size > 0
        for beside in ("", "-wal"):
            shutil.copy(f"{source}{beside}", tmp_path / f"copy.sqlite{beside}")
        other = Warehouse(new_store())
        restore(other, tmp_path / "copy.sqlite")
        assert content(other) == content(live)
        for warehouse in (live, other):
            warehouse.close()

    def test_what_the_backup_lacks_is_gone_afterwards(self, full: Warehouse, file: Path) -> None:
        take_backup(full, file)
        line = {"text_hash": "late", "polarity": 0.5, "label": "uncertain", "language": "zh", "model": "m"}
        with full.write() as connection:
            connection.execute(insert(text_score), [line | {"version": "1"}])
        restore(full, file, replace=True)
        assert not [line for line in content(full) if "late" in line]


class TestADamagedFile:
    def test_it_is_set_aside_and_the_backup_takes_its_place(self, sqlite_url: str, file: Path) -> None:
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        live = Warehouse(sqlite_url)
        store(live, *(answer(f"r{number}") for number in range(300)))
        take_backup(live, file)
        before = content(live)
        live.close()
        broken = path.read_bytes()[:30_000] + b"\x00" * 40_000
        path.write_bytes(broken)
        damaged = Warehouse(sqlite_url)
        with pytest.raises(WarehouseUnavailable, match="servq restore FILE --replace"), damaged.read() as connection:
            rows_in(connection)
        with pytest.raises(UsageError, match="--replace"):
            restore(damaged, file)
        assert path.read_bytes() == broken
        done = restore(damaged, file, replace=True)
        assert content(damaged) == before
        assert Path(done.set_aside).read_bytes() == broken
        damaged.close()
