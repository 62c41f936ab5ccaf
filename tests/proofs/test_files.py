"""Failures of files: a full disk, a read-only file, a damaged file; each gives a sentence, and nothing is changed."""

from __future__ import annotations

import errno
import os
import pwd
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from servq.errors import ServqError
from servq.ingest import load_file
from servq.text.masking.masking import read_key
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.backup import take_backup
from servq.warehouse.upkeep.restore import restore
from tests.loaders.exports import survey, write_csv
from tests.proofs.conftest import Children, fingerprint
from tests.proofs.test_kill import faults, load
from tests.stores import Server

KIB = 1 << 10


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def on_sqlite(sqlite_url: str, proof_home: Path, earlier: Path) -> str:
    """A warehouse in a file with earlier.csv in it; nobody has it open."""
    warehouse = Warehouse(sqlite_url)
    load_file(warehouse, proof_home, earlier, "surveys")
    warehouse.close()
    return sqlite_url


class TestFullDisk:
    def test_on_sqlite(self, children: Children, on_sqlite: str, export: Path) -> None:
        before = fingerprint(on_sqlite)
        ended = children.run(*load(on_sqlite, export), file_bytes=path_of(on_sqlite).stat().st_size // 4)
        assert ended.code == 4
        assert "磁盘已满" in ended.said
        assert "Traceback" not in ended.said
        assert fingerprint(on_sqlite) == before
        finished = children.run(*load(on_sqlite, export))
        assert finished.code == 0, finished.said
        assert faults(on_sqlite) == []

    def test_on_postgresql(self, children: Children, postgres: Server, postgres_url: str, tmp_path: Path) -> None:
        rows = [survey(response_id=f"{number:06d}", product="产品" * 100) for number in range(1_800)]
        large = write_csv(tmp_path / "large.csv", rows)
        before = fingerprint(postgres_url)
        postgres.stop()
        postgres.start(file_bytes=1100 * KIB)  # a file of the write-ahead log has 1 MiB, which fits; the table does not
        try:
            ended = children.run(*load(postgres_url, large))
        finally:
            postgres.stop()
            postgres.start()
        assert ended.code == 4
        assert "磁盘已满" in ended.said
        assert fingerprint(postgres_url) == before
        finished = children.run(*load(postgres_url, large))
        assert finished.code == 0, finished.said

    def test_a_backup_for_which_there_is_no_room_leaves_no_file(
        self, children: Children, on_sqlite: str, tmp_path: Path
    ) -> None:
        ended = children.run("--database", on_sqlite, "backup", str(tmp_path / "b.sqlite"), file_bytes=64 * KIB)
        assert ended.code == 2
        assert "备份无法写入" in ended.said
        assert not list(tmp_path.glob("b.sqlite*"))

    @pytest.mark.parametrize("room", [KIB, 6 * KIB, 40 * KIB])
    def test_a_new_warehouse_for_which_there_is_no_room_leaves_no_file(
        self, children: Children, tmp_path: Path, room: int
    ) -> None:
        folder = tmp_path / "new"
        ended = children.run("--database", f"sqlite:///{folder}/w.sqlite", "init", file_bytes=room)
        assert ended.code == 4
        assert "磁盘已满" in ended.said
        assert "内部错误" not in ended.said
        assert not list(folder.glob("*"))
        assert children.run("--database", f"sqlite:///{folder}/w.sqlite", "init").code == 0

    def test_an_older_warehouse_that_cannot_be_migrated_keeps_its_file(
        self, children: Children, on_sqlite: str
    ) -> None:
        before = fingerprint(on_sqlite)
        children.run("--database", on_sqlite, "init", file_bytes=1)
        assert fingerprint(on_sqlite) == before

    def test_a_key_for_which_there_is_no_room_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("servq.text.masking.masking.os.fsync", full)
        with pytest.raises(ServqError, match="No space left on device") as said:
            read_key(tmp_path)
        assert said.value.where == str(tmp_path / "customer.key")
        assert not list(tmp_path.iterdir())

    def test_a_full_folder_for_temporary_files_is_named_and_not_the_warehouse(
        self, on_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        taken = tmp_path / "b.sqlite"
        warehouse = Warehouse(on_sqlite)
        take_backup(warehouse, taken)
        monkeypatch.setattr("servq.warehouse.upkeep.restore.shutil.copyfile", full)
        with pytest.raises(ServqError, match="TMPDIR") as said:
            restore(warehouse, taken, replace=True)
        assert tempfile.gettempdir() in said.value.where
        warehouse.close()

    def test_what_sqlite_sets_down_for_a_moment_lies_on_the_disk_of_the_warehouse(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
        Warehouse(f"sqlite:///{tmp_path}/w.sqlite").close()
        assert os.environ["SQLITE_TMPDIR"] == str(tmp_path)


class TestReadOnly:
    """As root nothing is forbidden, so the command runs as nobody; everybody else has their own rights taken away."""

    @pytest.fixture
    def read_only(self, on_sqlite: str, proof_home: Path) -> str:
        nobody = pwd.getpwnam("nobody").pw_uid
        path_of(on_sqlite).chmod(0o444)
        for folder in (path_of(on_sqlite), *path_of(on_sqlite).parents):
            if folder.is_dir() and folder.stat().st_uid == os.geteuid():
                folder.chmod(folder.stat().st_mode | 0o055)
        if os.geteuid() == 0:
            # the folder is nobody's: SQLite wants to put the files beside that readers share
            os.chown(path_of(on_sqlite).parent, nobody, -1)
            os.chown(proof_home / "customer.key", nobody, -1)
            for folder in (proof_home, *proof_home.parents):
                if folder.stat().st_uid == 0 and str(folder) != "/":
                    folder.chmod(folder.stat().st_mode | 0o055)
        return on_sqlite

    def test_a_file_that_may_not_be_written_is_read_and_a_load_says_that_nothing_was_written(
        self, children: Children, read_only: str, export: Path
    ) -> None:
        content = path_of(read_only).read_bytes()
        nobody = pwd.getpwnam("nobody").pw_uid
        ended = children.run(*load(read_only, export), user=nobody)
        assert ended.code == 4, ended.said
        assert "不可写" in ended.said
        assert path_of(read_only).read_bytes() == content
        asked = children.run("--database", read_only, "measure", "responses", "--format", "csv", user=nobody)
        assert asked.code == 0, asked.said
        assert ",30," in asked.said

    def test_an_account_of_postgresql_that_may_only_read(
        self, children: Children, postgres_url: str, postgres: Server, export: Path
    ) -> None:
        reader = postgres_url.replace("servq@", "reader@")
        warehouse = Warehouse(postgres_url)
        with warehouse.in_turn() as connection:
            connection.exec_driver_sql("DROP ROLE IF EXISTS reader")
            connection.exec_driver_sql("CREATE ROLE reader LOGIN")
            connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        before = fingerprint(postgres_url)
        ended = children.run(*load(reader, export))
        assert ended.code == 4, ended.said
        assert "不可写" in ended.said
        assert fingerprint(postgres_url) == before
        assert children.run("--database", reader, "measure", "responses").code == 0
        with warehouse.in_turn() as connection:
            connection.exec_driver_sql("DROP OWNED BY reader")
            connection.exec_driver_sql("DROP ROLE reader")
        warehouse.close()


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: 8 * KIB] + b"\xa5" * (len(content) - 8 * KIB))


def another_file(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + b"no database at all" * 1000)


@pytest.mark.parametrize("damage", [cut_short, overwritten, another_file])
def test_a_damaged_file_is_refused_left_untouched_and_the_way_back_that_is_named_works(
    children: Children, on_sqlite: str, export: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    whole, backup = Warehouse(on_sqlite), tmp_path / "backup.sqlite"
    take_backup(whole, backup)
    whole.close()
    before = fingerprint(on_sqlite)
    damage(path_of(on_sqlite))
    damaged = path_of(on_sqlite).read_bytes()
    for words in (load(on_sqlite, export)[2:], ["measure", "nps"], ["init"], ["doctor"]):
        ended = children.run("--database", on_sqlite, *words)
        if words != ["init"] or damage is another_file:
            assert ended.code == 4, (words, ended.said)
            assert "损坏" in ended.said
        assert "Traceback" not in ended.said
        assert path_of(on_sqlite).read_bytes() == damaged
    assert "servq restore FILE --replace" in children.run(*load(on_sqlite, export)).said
    back = children.run("--database", on_sqlite, "restore", str(backup), "--replace")
    assert back.code == 0, back.said
    assert fingerprint(on_sqlite) == before
    assert [aside.read_bytes() for aside in path_of(on_sqlite).parent.glob("*.damaged-*")] == [damaged]


def test_a_damaged_table_behind_a_whole_beginning_is_found_by_the_doctor(
    children: Children, on_sqlite: str, proof_home: Path, export: Path
) -> None:
    warehouse = Warehouse(on_sqlite)
    load_file(warehouse, proof_home, export, "surveys")
    warehouse.close()
    connection = sqlite3.connect(path_of(on_sqlite))
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'response'").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(path_of(on_sqlite).read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path_of(on_sqlite).write_bytes(content)
    ended = children.run("--database", on_sqlite, "doctor")
    assert ended.code == 4
    assert "损坏" in ended.said
    assert path_of(on_sqlite).read_bytes() == bytes(content)


def test_a_backup_taken_while_another_command_loads_is_whole(
    children: Children, begun: Callable[[], str], export: Path, tmp_path: Path
) -> None:
    url = begun()
    before = fingerprint(url)
    loaded, taken = children.together(load(url, export), ["--database", url, "backup", str(tmp_path / "backup.sqlite")])
    assert (loaded.code, taken.code) == (0, 0), (loaded, taken)
    assert "customer.key" in taken.said
    other = begun()
    target = Warehouse(other)
    restore(target, tmp_path / "backup.sqlite", replace=True)
    assert faults(other) == []
    target.close()
    assert len({before, fingerprint(url)}) == 2
