"""The commands quarantine list, export and retry: rows corrected in a file or by option, and tried again."""

import csv
import json
from codecs import BOM_UTF8
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Servq, answers, write_surveys

PHONE = "13812345678"


@pytest.fixture
def waiting(empty: Servq, tmp_path: Path) -> Servq:
    """52 good answers; 1 waits for its score of 11, 2 for its time; 1 says what a spreadsheet would run."""
    bad = [
        ["x1", "2026-04-29 10:00:00", "OTA", "甲", 11, 5, f"=1+1 电话 {PHONE}"],
        ["x2", "上周三", "OTA", "甲", 9, 5, ""],
    ]
    assert empty("load", "surveys", write_surveys(tmp_path / "a.csv", [*answers(), *bad])).code == 0
    return empty


def test_what_waits_is_listed_with_its_id_and_its_state(waiting: Servq) -> None:
    listed = json.loads(waiting("quarantine", "list", "--format", "json").out)
    assert [(line["quarantine_id"], line["state"], line["reason"]) for line in listed] == [
        (1, "waiting", "out_of_range"),
        (2, "waiting", "not_a_time"),
    ]
    assert "等待 waiting" in waiting("quarantine", "list").out


def corrected(path: Path, header: str, text: str) -> None:
    """Type a text into one column of every row of an export, as somebody at a spreadsheet does."""
    if path.suffix == ".csv":
        encoding = "utf-8-sig" if path.read_bytes().startswith(BOM_UTF8) else "gb18030"
        with path.open(encoding=encoding, newline="") as file:
            headers, *rows = csv.reader(file)
        rows = [[text if name == header else cell for name, cell in zip(headers, row, strict=True)] for row in rows]
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([headers, *rows])
        return
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = [cell.value for cell in sheet[1]].index(header) + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, place, text)
    book.save(path)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_is_masked_corrected_and_comes_back(waiting: Servq, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"q.{ending}"
    assert waiting("quarantine", "export", file).code == 0
    assert PHONE.encode() not in file.read_bytes()
    corrected(file, "推荐意愿", "10")
    said = waiting("quarantine", "retry", file)
    assert said.code == 0, said.err
    assert "2 行 rows = 新增 new 1" in said.out
    assert "1 × 无法识别的时间" in said.out
    rows = json.loads(waiting("verbatims", "--where", "channel=OTA", "--format", "json", "--limit", "0").out)["rows"]
    (row,) = [row for row in rows if row["response_id"] == "x1"]
    assert (row["likelihood"], row["comment"]) == (10, "=1+1 电话 [手机]"), "what guarded the formula is gone again"
    assert waiting("doctor").code == 0
    corrected(file, "提交时间", "2026-04-29 12:00")
    assert "1 行 rows = 新增 new 1" in waiting("quarantine", "retry", file).out
    nothing = waiting("quarantine", "retry", file)
    assert (nothing.code, nothing.out) == (0, "")
    assert "没有等待中的行" in nothing.err


def test_one_row_is_corrected_by_its_id(waiting: Servq) -> None:
    said = waiting("quarantine", "retry", "--id", 2, "--set", "提交时间=2026-04-29 12:00", "--json")
    found = json.loads(said.out)
    assert (found["rows_read"], found["loaded"], found["quarantined"]) == (1, 1, 0)
    (line,) = json.loads(waiting("loads", "--limit", "1", "--format", "json").out)
    assert line["origin"] == "retry"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--set", "推荐意愿=10"],
        ["--id", "1", "--set", "推荐意愿"],
        ["--id", "1", "--set", "推荐=10"],
        ["--id", "99"],
    ],
)
def test_a_retry_that_does_not_say_what_it_means_is_a_usage_error(waiting: Servq, words: list[str]) -> None:
    said = waiting("quarantine", "retry", *words)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_file_that_is_no_export_of_ours_is_refused(waiting: Servq, tmp_path: Path) -> None:
    said = waiting("quarantine", "retry", write_surveys(tmp_path / "b.csv", answers()))
    assert said.code == 3
    assert "隔离编号" in said.err.splitlines()[0]


def test_an_export_that_cannot_take_its_place_leaves_nothing_behind(waiting: Servq, tmp_path: Path) -> None:
    folder = tmp_path / "to"
    taken = folder / "rows.csv"
    taken.mkdir(parents=True)  # a folder stands where the file is to be
    found = waiting("quarantine", "export", taken)
    assert found.code == 2
    assert "无法写入" in found.err
    assert list(folder.iterdir()) == [taken]
