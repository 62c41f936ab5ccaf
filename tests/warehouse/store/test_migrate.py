"""Migration: creating a warehouse, and refusing what is none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from servq.errors import UsageError, WarehouseUnavailable
from servq.records import Slice
from servq.warehouse.reads import snapshot_reads
from servq.warehouse.reads.blocks import StoredBlocks
from servq.warehouse.store import migrate as migrate_module
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from servq.warehouse.tables.fact_tables import SCHEMA_VERSION
from servq.warehouse.tables.ops_tables import metadata
from tests.warehouse.rows import answer, content, store


def newest_step() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate_module.__file__).parents[1] / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


class TestSteps:
    def test_the_steps_lead_to_exactly_the_tables_that_the_code_knows(self, warehouse: Warehouse) -> None:
        with warehouse.read() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []

    def test_the_known_version_is_the_newest_step(self, warehouse: Warehouse) -> None:
        assert newest_step() == SCHEMA_VERSION
        assert warehouse.schema_version() == SCHEMA_VERSION

    def test_migrating_again_does_nothing(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        before = content(warehouse)
        assert migrate(warehouse) is False
        assert content(warehouse) == before

    def test_the_first_time_makes_the_folder_too(self, tmp_path: Path) -> None:
        made = Warehouse(f"sqlite:///{tmp_path / 'a' / 'b' / 'servq.sqlite'}")
        assert migrate(made) is True
        made.engine.dispose()
        assert (tmp_path / "a" / "b" / "servq.sqlite").is_file()

    def test_a_new_warehouse_is_its_owner_s_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "servq.sqlite"
        migrate(Warehouse(f"sqlite:///{file}"))
        assert file.stat().st_mode & 0o077 == 0

    def test_a_folder_that_cannot_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        with pytest.raises(WarehouseUnavailable, match="SERVQ_HOME"):
            migrate(Warehouse(f"sqlite:///{tmp_path / 'file' / 'servq.sqlite'}"))


def a_note(path: Path) -> None:
    path.write_text("就是一些文字" * 300, encoding="utf-8")


def another_programs(path: Path) -> None:
    change(path, "CREATE TABLE recipes (name TEXT)", "INSERT INTO recipes VALUES ('红烧肉')")


def nothing_at_all(path: Path) -> None:
    path.write_bytes(b"")


def of_version_9999(path: Path) -> None:
    made = Warehouse(f"sqlite:///{path}")
    migrate(made)
    made.engine.dispose()
    change(path, "UPDATE alembic_version SET version_num = '9999'")


def broken_off(path: Path) -> None:
    """Half a file, as a full disk leaves it."""
    made = Warehouse(f"sqlite:///{path}")
    migrate(made)
    store(made, *(answer(f"r{number}") for number in range(500)))
    made.engine.dispose()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def read_all(warehouse: Warehouse) -> None:
    with warehouse.read() as connection:
        StoredBlocks(connection, "survey")
        snapshot_reads.responses_behind(connection, Slice())


def write_one(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{number}") for number in range(500)))


WRONG: list[tuple[Callable[[Path], None], str, str]] = [
    (a_note, "not one of servq's", "restore it from a backup"),
    (another_programs, "is not initialised", "Run servq init first"),
    (nothing_at_all, "is not initialised", "Run servq init first"),
    (of_version_9999, f"has schema 9999, needed is {SCHEMA_VERSION}", "newer servq"),
    (broken_off, "damaged", "restore it from a backup"),
]


class TestWhatIsNoWarehouse:
    def test_a_file_that_is_not_there_is_not_made_by_looking(self, tmp_path: Path) -> None:
        nowhere = Warehouse(f"sqlite:///{tmp_path / 'servq.sqlite'}")
        with pytest.raises(WarehouseUnavailable, match="请先运行 servq init") as refused, nowhere.read():
            pass
        assert refused.value.hint_en == "Run servq init first"
        assert refused.value.where.endswith("servq.sqlite")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(("make", "what", "hint"), WRONG, ids=lambda value: getattr(value, "__name__", ""))
    def test_a_file_that_is_no_warehouse_of_ours_is_refused_with_a_hint_and_left_as_it_is(
        self, tmp_path: Path, make: Callable[[Path], None], what: str, hint: str
    ) -> None:
        path = tmp_path / "servq.sqlite"
        make(path)
        before = path.read_bytes()
        wrong = Warehouse(f"sqlite:///{path}")
        for look in (read_all, write_one):
            with pytest.raises(WarehouseUnavailable) as refused:
                look(wrong)
            assert what in refused.value.en
            assert hint in refused.value.hint_en
        wrong.engine.dispose()
        assert path.read_bytes() == before

    def test_a_warehouse_of_a_newer_servq_is_not_migrated_back(self, tmp_path: Path) -> None:
        path = tmp_path / "servq.sqlite"
        of_version_9999(path)
        newer = Warehouse(f"sqlite:///{path}")
        with pytest.raises(WarehouseUnavailable, match="9999") as refused:
            migrate(newer)
        newer.engine.dispose()
        assert "newer servq" in refused.value.hint_en

    def test_init_does_not_move_into_another_programs_database(self, tmp_path: Path) -> None:
        path = tmp_path / "recipes.sqlite"
        another_programs(path)
        before = path.read_bytes()
        foreign = Warehouse(f"sqlite:///{path}")
        with pytest.raises(WarehouseUnavailable, match="other tables"):
            migrate(foreign)
        foreign.engine.dispose()
        assert path.read_bytes() == before

    @pytest.mark.parametrize("url", ["servq.sqlite", "mysql+nonsense://x", ""])
    def test_an_address_that_is_none_is_a_usage_error_with_an_example(self, url: str) -> None:
        with pytest.raises(UsageError, match="Example: sqlite:////path/"):
            Warehouse(url)


class TestTwoAtOnce:
    def test_a_reader_sees_the_state_before_while_a_load_is_under_way(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        with warehouse.write() as writing:
            writing.exec_driver_sql("UPDATE response SET likelihood = 0")
            with warehouse.read() as reading:
                assert reading.exec_driver_sql("SELECT likelihood FROM response").scalars().all() == [9]
        with warehouse.read() as reading:
            assert reading.exec_driver_sql("SELECT likelihood FROM response").scalars().all() == [0]

    def test_what_a_reader_sees_does_not_change_while_it_looks(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        with warehouse.read() as reading:
            first = reading.exec_driver_sql("SELECT count(*) FROM response").scalar()
            store(warehouse, answer("r2"))
            assert reading.exec_driver_sql("SELECT count(*) FROM response").scalar() == first == 1

    def test_a_second_writer_that_waited_in_vain_is_told_to_try_again(self, store_url: str) -> None:
        busy = Warehouse(store_url, lock_seconds=0)
        with busy.write(), pytest.raises(WarehouseUnavailable, match="Try again shortly"), busy.write():
            pass
        busy.close()

    def test_an_error_inside_a_transaction_leaves_nothing_of_it(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        before = content(warehouse)
        with pytest.raises(WarehouseUnavailable):
            delete_and_stumble(warehouse)
        assert content(warehouse) == before


def delete_and_stumble(warehouse: Warehouse) -> None:
    with warehouse.write() as writing:
        writing.exec_driver_sql("DELETE FROM survey_cell")
        writing.exec_driver_sql("DELETE FROM there_is_no_such_table")
