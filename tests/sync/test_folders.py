"""Pulls from folders: each file once, none half written, and no file name stored."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servq.loaders.cells import chunks
from servq.warehouse.store.engine import Warehouse
from tests.loaders.exports import survey, write_csv
from tests.sync.conftest import Configure, Pull, ask, counts

IDS = "SELECT response_id FROM response ORDER BY response_id"
OLD = 1_700_000_000
"""When a file was last changed that nobody writes to any more."""

Arrive = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, configure: Configure) -> Path:
    """The folder that servq.toml names."""
    made = tmp_path / "in"
    made.mkdir()
    configure(entry(made))
    return made


@pytest.fixture
def arrive(folder: Path) -> Arrive:
    """A file of one answer comes into the folder."""

    def call(name: str, at: int = OLD, **cells: str) -> Path:
        path = write_csv(folder / name, [survey(**cells)])
        os.utime(path, (at, at))
        return path

    return call


def entry(folder: Path, **keys: Any) -> dict[str, Any]:
    return {"name": "drop", "kind": "folder", "source": "surveys", "path": str(folder)} | keys


def test_new_files_come_oldest_first_and_once(arrive: Arrive, pull: Pull, warehouse: Warehouse) -> None:
    arrive("a.csv", at=OLD + 9, response_id="2")
    arrive("b.CSV", at=OLD, response_id="1")
    arrive("notes.txt", response_id="3")
    report = pull()
    assert [Path(one.file).name for one in report.loads] == ["b.CSV", "a.csv"]
    assert counts(report) == [(1, 0, 0, 0, 0), (1, 0, 0, 0, 0)]
    assert (pull().status, pull().loads) == ("nothing_new", ())
    arrive("c.csv", response_id="3")
    assert counts(pull()) == [(1, 0, 0, 0, 0)]
    assert ask(warehouse, "SELECT DISTINCT origin FROM load_log") == [("sync",)]


def test_a_file_that_grew_comes_again_and_its_old_rows_change_nothing(folder: Path, pull: Pull, arrive: Arrive) -> None:
    path = arrive("a.csv", response_id="1")
    pull()
    write_csv(path, [survey(response_id="1"), survey(response_id="2")])
    os.utime(path, (OLD, OLD))
    assert counts(pull()) == [(1, 0, 1, 0, 0)]


def test_a_file_changed_a_moment_ago_is_left_for_next_time(arrive: Arrive, pull: Pull, configure: Configure) -> None:
    path = arrive("a.csv", at=int(time.time()))
    configure(entry(path.parent, settle_seconds=3_600))
    report = pull()
    assert (report.status, report.left, report.loads) == ("nothing_new", ("a.csv",), ())
    os.utime(path, (OLD, OLD))
    assert counts(pull()) == [(1, 0, 0, 0, 0)]


def test_a_file_that_grows_while_it_is_read_is_left_and_nothing_of_it_kept(
    folder: Path, arrive: Arrive, pull: Pull, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 1)
    path = write_csv(folder / "a.csv", [survey(response_id="1"), survey(response_id="2")])
    os.utime(path, (OLD, OLD))

    def grow(_rows: int) -> None:
        os.utime(path, (OLD + 1, OLD + 1))

    report = pull(progress=grow)
    assert (report.status, report.left) == ("nothing_new", ("a.csv",))
    assert ask(warehouse, IDS) == []
    assert counts(pull()) == [(2, 0, 0, 0, 0)]


def test_a_file_under_a_new_name_that_is_in_already_is_nothing_new(
    arrive: Arrive, pull: Pull, warehouse: Warehouse
) -> None:
    arrive("a.csv")
    pull()
    arrive("copy.csv")
    report = pull()
    assert (report.status, [one.status for one in report.loads]) == ("nothing_new", ["unchanged"])
    assert (pull().loads, pull().loads) == ((), ())


class TestRefusedFiles:
    def test_one_does_not_stop_the_others_and_waits_until_it_changes(
        self, folder: Path, arrive: Arrive, pull: Pull, warehouse: Warehouse
    ) -> None:
        bad = folder / "a.csv"
        bad.write_text("no,header\n1,2\n", encoding="utf-8")
        os.utime(bad, (OLD, OLD))
        arrive("b.csv", at=OLD + 1)
        report = pull()
        assert (report.status, [one.status for one in report.loads]) == ("refused", ["refused", "loaded"])
        again = pull()
        assert (again.status, again.loads, again.waiting) == ("nothing_new", (), 1)
        arrive("a.csv", response_id="2", at=OLD + 2)
        assert counts(pull()) == [(1, 0, 0, 0, 0)]

    def test_one_is_tried_again_with_another_map(
        self, folder: Path, pull: Pull, configure: Configure, home: Path
    ) -> None:
        write_csv(folder / "a.csv", [{"id": "1", "answered_at": "2026-03-05", "channel": "a", "team": "b", "score": "9", "words": ""}])  # fmt: skip  # noqa: E501
        os.utime(folder / "a.csv", (OLD, OLD))
        assert pull().status == "refused"
        configure(entry(folder, map="maps/crm.toml"))
        assert counts(pull()) == [(1, 0, 0, 0, 0)]

    def test_one_is_tried_again_when_asked_to(self, folder: Path, pull: Pull) -> None:
        (folder / "a.csv").write_text("no,header\n1,2\n", encoding="utf-8")
        os.utime(folder / "a.csv", (OLD, OLD))
        assert [pull().status, pull().status, pull(again=True).status] == ["refused", "nothing_new", "refused"]


class TestWhichFiles:
    def test_halves_and_links_are_not_followed(self, folder: Path, arrive: Arrive, pull: Pull, tmp_path: Path) -> None:
        outside = write_csv(tmp_path / "outside.csv", [survey(response_id="9")])
        (folder / "link.csv").symlink_to(outside)
        arrive("~$a.csv")
        arrive(".a.csv")
        assert pull().status == "nothing_new"

    def test_folders_within_count_when_told_so(self, folder: Path, pull: Pull, configure: Configure) -> None:
        (folder / "2026").mkdir()
        path = write_csv(folder / "2026" / "a.csv", [survey()])
        os.utime(path, (OLD, OLD))
        assert pull().status == "nothing_new"
        configure(entry(folder, recursive=True))
        assert counts(pull()) == [(1, 0, 0, 0, 0)]

    def test_a_folder_that_is_gone_is_said_to_be(self, folder: Path, pull: Pull) -> None:
        folder.rmdir()
        report = pull()
        assert report.status == "unavailable"
        assert str(folder) in report.message


def test_of_a_file_no_name_is_kept_that_says_whose_it_is(
    folder: Path, arrive: Arrive, pull: Pull, warehouse: Warehouse, home: Path
) -> None:
    arrive("回访_13812345678.csv")
    bad = folder / "坏_13912345678.csv"
    bad.write_text("no,header\n1,2\n", encoding="utf-8")
    os.utime(bad, (OLD, OLD))
    report = pull()
    assert ask(warehouse, "SELECT file_name FROM load_log") == [("回访_[手机].csv",)]
    warehouse.close()
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"13812345678" in path.read_bytes() or b"13912345678" in path.read_bytes()]
    assert not [one for one in report.loads if "13812345678" in one.file or "13912345678" in one.file + one.message]


def test_files_that_lie_there_no_more_are_let_go(arrive: Arrive, pull: Pull, warehouse: Warehouse) -> None:
    path = arrive("a.csv")
    pull()
    assert ask(warehouse, "SELECT count(*) FROM sync_state") == [(2,)]
    path.unlink()
    pull()
    assert ask(warehouse, "SELECT name FROM sync_state") == [("drop",)]


def test_two_processes_of_one_home_do_not_pull_at_once(home: Path) -> None:
    from servq.ingest.sync.sync_lock import alone

    with alone(home) as first, alone(home) as second:
        assert (first, second) == (True, False)
    with alone(home) as third:
        assert third
