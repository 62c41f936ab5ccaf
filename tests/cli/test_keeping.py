"""The commands sources, loads, quarantine and doctor: what was loaded, what waits, and whether it is intact."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from servq.loaders.sources.catalog import SOURCES
from tests.cli.conftest import Servq, answers, write_surveys


@pytest.fixture
def with_bad_rows(empty: Servq, tmp_path: Path) -> Servq:
    """Three rows that cannot be trusted, the first with a formula in its comment."""
    bad = [
        ["b1", "2026-04-29 10:00:00", "OTA", "甲", 11, 5, "=1+1"],
        ["b2", "某天", "OTA", "甲", 9, 5, ""],
        ["", "2026-04-29 10:00:00", "OTA", "甲", 9, 5, ""],
    ]
    assert empty("load", "surveys", write_surveys(tmp_path / "bad.csv", [*answers(), *bad])).code == 0
    return empty


def change(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "servq.sqlite")
    with connection:
        connection.execute(statement)
    connection.close()


def test_sources_are_known_before_there_is_a_warehouse(servq: Servq, home: Path) -> None:
    found = json.loads(servq("sources", "--format", "json").out)
    assert [line["name"] for line in found] == list(SOURCES)
    assert found[0]["required"] == ["response_id", "answered_at", "channel", "team"]
    assert not home.exists()


def test_sources_say_how_fresh_they_are_and_what_waits(with_bad_rows: Servq) -> None:
    surveys, complaints, _ = json.loads(with_bad_rows("sources", "--format", "json").out)
    assert (surveys["loads"], surveys["waiting"], complaints["last_loaded_at"]) == (1, 3, None)
    assert surveys["last_loaded_at"].endswith("+08:00")
    assert "surveys" in with_bad_rows("sources").out
    assert len(with_bad_rows("sources", "--format", "csv").out.splitlines()) == 1 + len(SOURCES)


def test_loads_are_listed_newest_first_with_counts_that_add_up(with_bad_rows: Servq) -> None:
    (line,) = json.loads(with_bad_rows("loads", "--format", "json").out)
    assert (line["rows_read"], line["loaded"], line["quarantined"]) == (55, 52, 3)
    assert line["reasons"] == {"out_of_range": 1, "not_a_time": 1, "missing_value": 1}
    assert "bad.csv" in with_bad_rows("loads").out


def test_nothing_loaded_is_said_and_not_an_empty_page(empty: Servq) -> None:
    assert "还没有载入过文件" in empty("loads").out
    assert empty("loads", "--format", "json").out == "[]\n"
    assert empty("loads", "--format", "csv").out.startswith("load_id,source,")


def test_quarantine_lists_row_column_value_and_reason(with_bad_rows: Servq) -> None:
    first, *_ = json.loads(with_bad_rows("quarantine", "list", "--format", "json").out)
    assert (first["row"], first["column"], first["value"], first["reason"]) == (54, "推荐意愿", "11", "out_of_range")
    table = with_bad_rows("quarantine", "list", "--limit", "1").out
    assert "超出允许范围 outside the allowed range" in table
    assert "共 3 行，显示 1" in table
    assert "共 0 行" in with_bad_rows("quarantine", "list", "--source", "visits").out


def test_quarantine_exports_csv_that_chinese_excel_opens_and_that_runs_nothing(
    with_bad_rows: Servq, tmp_path: Path
) -> None:
    said = with_bad_rows("quarantine", "export", tmp_path / "out.csv")
    assert "已写出 3 行" in said.out
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert (rows[0]["评论"], rows[0]["推荐意愿"], rows[1]["提交时间"]) == ("'=1+1", "11", "某天")


def test_quarantine_exports_xlsx(with_bad_rows: Servq, tmp_path: Path) -> None:
    assert with_bad_rows("quarantine", "export", tmp_path / "out.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 4
    assert sheet["H2"].value == "超出允许范围 outside the allowed range"


@pytest.mark.parametrize("name", ["out.pdf", "no/such/folder/out.csv"])
def test_an_export_that_cannot_be_written_is_a_usage_error_and_leaves_nothing(
    with_bad_rows: Servq, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.iterdir())
    assert with_bad_rows("quarantine", "export", tmp_path / name).code == 2
    assert sorted(tmp_path.iterdir()) == before


def test_a_healthy_warehouse_passes_every_check(full: Servq) -> None:
    said = full("doctor")
    assert (said.code, said.err) == (0, "")
    assert said.out.count("✓") == 8


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE survey_cell SET likelihood_9 = likelihood_9 + 1 WHERE channel = 'APP'", "2026-04-27"),
        ("DELETE FROM survey_cell WHERE channel = '门店'", "2026-05-04"),
        ("DELETE FROM week_block WHERE kind = 'survey' AND week = '2026-04-27'", "2026-04-27"),
        ("UPDATE week_block SET body = x'789c' WHERE week = '2026-05-04'", "2026-05-04"),
        ("UPDATE response SET csat = 1 WHERE response_id = 'o0'", "2026-04-27"),
        ("UPDATE load_log SET rows_read = rows_read + 1", "对不上的载入：1"),
        ("DELETE FROM response WHERE response_id = 'm0'", "51 ≠ 52"),
        ("UPDATE response SET load_id = 99 WHERE response_id = 'm0'", "response"),
    ],
)
def test_the_doctor_finds_what_does_not_agree(full: Servq, home: Path, statement: str, found: str) -> None:
    change(home, statement)
    said = full("doctor")
    assert said.code == 1
    assert found in next(line for line in said.out.splitlines() if line.startswith("✗"))
    assert "未作任何改动" in said.err


@pytest.mark.parametrize("words", [("measure", "nps"), ("loads",), ("doctor",), ("init",), ("verbatims",)])
def test_a_command_lets_go_of_the_file_so_that_a_copy_of_it_is_whole(full: Servq, home: Path, words: list[str]) -> None:
    assert full(*words).code == 0
    assert sorted(left.name for left in home.glob("servq.sqlite*")) == ["servq.sqlite"]


def test_a_damaged_file_is_exit_code_4(full: Servq, home: Path) -> None:
    file = home / "servq.sqlite"
    content = bytearray(file.read_bytes())
    content[4096 * 4 :] = b"\x00" * (len(content) - 4096 * 4)
    file.write_bytes(content)
    said = full("doctor")
    assert said.code == 4
    assert "损坏" in said.out + said.err
    assert "Traceback" not in said.err


def test_a_file_that_is_no_warehouse_is_left_untouched(servq: Servq, tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite"
    file.write_text("就是一些文字" * 100, encoding="utf-8")
    before = file.read_bytes()
    for words in (["init"], ["measure", "nps"], ["doctor"]):
        said = servq(*words, "--database", f"sqlite:///{file}")
        assert said.code == 4
        assert "不是 servq 的仓库" in said.err
    assert file.read_bytes() == before


def test_a_warehouse_of_another_schema_is_not_read(full: Servq, home: Path) -> None:
    change(home, "UPDATE alembic_version SET version_num = '9999'")
    said = full("measure", "nps")
    assert said.code == 4
    assert "9999" in said.err


def test_a_backup_comes_back_and_the_key_is_named_that_is_not_in_it(full: Servq, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    said = full("backup", file)
    assert (said.code, "customer.key" in said.err) == (0, True)
    assert full("restore", file).code == 2, "the warehouse holds something"
    change(home, "DELETE FROM response")
    assert full("doctor").code == 1
    assert full("restore", file, "--replace").code == 0
    assert full("doctor").code == 0


def test_the_log_of_an_internal_error_holds_no_address_with_its_password(
    full: Servq, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    words = ["--database", "postgresql://q:geheim@127.0.0.1:1/x", "doctor"]
    monkeypatch.setattr("sys.argv", ["servq", *words])
    monkeypatch.setattr("servq.warehouse.upkeep.doctor.examine", broken)
    assert full(*words).code == 1
    log = (home / "servq.log").read_text(encoding="utf-8")
    assert "doctor" in log
    assert "geheim" not in log
