"""Tables as people and systems leave them: titles above the header, blanks between cells, too many rows."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from servq.configuration import FileLimits
from servq.errors import FileRefused
from servq.loaders.files.detect import OTHERS
from servq.loaders.maps.map import map_from_table
from servq.loaders.read import open_file
from tests.loaders.exports import ROWS, load, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "response_id,answered_at,channel,team,csat,comment"
GOOD = "1,2026-03-05 10:00:00,官网,一组,5,好"


def csv_of(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_titles_and_dates_of_export_above_the_header_are_passed_over(tmp_path: Path) -> None:
    path = csv_of(tmp_path, "2026年3月满意度调查", "导出时间：2026-04-01,,,", "", "渠道：全部", HEADER, GOOD)
    loaded = load(path, "surveys")
    assert loaded.facts.header_row == 5
    assert loaded.frame["row"].tolist() == [6]


def test_a_header_that_comes_again_further_down_is_a_row_that_cannot_be_trusted(tmp_path: Path) -> None:
    loaded = load(csv_of(tmp_path, HEADER, GOOD, HEADER), "surveys")
    assert (loaded.facts.header_row, loaded.reasons) == (1, [(3, "answered_at", "not_a_time")])


def test_a_header_below_the_thirtieth_row_is_found_only_by_a_map(tmp_path: Path) -> None:
    path = csv_of(tmp_path, *["说明"] * 40, HEADER, GOOD)
    with pytest.raises(FileRefused, match="required columns are missing"):
        load(path, "surveys")
    columns = {name: name for name in HEADER.split(",")}
    table = {"source": "surveys", "read": {"header_row": 41, "delimiter": ","}, "columns": columns}
    assert load(path, None, map_from_table(table, "m")).frame["row"].tolist() == [42]


def test_excels_own_line_for_the_delimiter_is_no_header(tmp_path: Path) -> None:
    path = csv_of(tmp_path, "sep=;", HEADER.replace(",", ";"), GOOD.replace(",", ";"))
    assert load(path, "surveys").facts.delimiter == ";"


def test_a_bar_between_cells_is_a_delimiter_and_an_answer_of_several_stays_one_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(segment="商务客、亲子", comment="a,b")], delimiter="|")
    loaded = load(path, "surveys")
    assert loaded.facts.delimiter == "|"
    assert loaded.frame[["segment", "comment"]].values.tolist() == [["商务客、亲子", "a,b"]]


@pytest.mark.parametrize(
    ("limits", "said", "where"),
    [
        (FileLimits(columns=5), "more than 5 columns", "a.csv:1"),
        (FileLimits(rows=1), "more than 1 rows", "a.csv"),
        (FileLimits(cell_chars=20), "more than 20 characters in one cell", "a.csv:3"),
        (FileLimits(file_bytes=60), "more than 60 bytes of the file", "a.csv"),
        (FileLimits(seconds=-1), "more than -1 seconds of reading", "a.csv"),
    ],
)
def test_a_table_beyond_a_limit_is_refused_by_its_name(
    limits: FileLimits, said: str, where: str, tmp_path: Path
) -> None:
    path = csv_of(tmp_path, HEADER, GOOD, GOOD + "x" * 20)
    with pytest.raises(FileRefused, match=said) as refused:
        list(open_file(path, "surveys", limits=limits).chunks)
    assert refused.value.where == where
    assert "under [limits] in servq.toml" in refused.value.hint_en


@pytest.mark.parametrize("magic", OTHERS, ids=lambda magic: magic[1].en)
def test_what_is_something_else_is_named(magic: tuple[bytes, object], tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(magic[0] + b" and more of it")
    with pytest.raises(FileRefused, match="neither CSV nor XLSX") as refused:
        open_file(path, "surveys")
    assert getattr(magic[1], "zh", "") in refused.value.zh


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><p>1</p></html>", "a web page or XML"),
        (
            '<?xml version="1.0"?><?mso-application progid="x"?><Workbook xmlns="urn:x:spreadsheet">',
            "of 2003",
        ),
        ('[{"likelihood": 9}]', "it is JSON"),
    ],
)
def test_text_that_is_no_table_is_named(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused, match=said):
        open_file(path, "surveys")


def test_pipes_devices_and_folders_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    ended: list[str] = []

    def read() -> None:
        for path in (pipe, type(tmp_path)("/dev/zero"), tmp_path):
            with pytest.raises(FileRefused, match="not a plain file") as refused:
                open_file(path, "surveys")
            ended.append(refused.value.hint_en)

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(timeout=300)
    assert len(ended) == 3


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "s3://bucket/a.csv", "file:///etc/passwd"])
def test_an_address_is_not_fetched(address: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="this is an address"):
        open_file(type(tmp_path)(address), "surveys")


def test_how_each_header_was_taken_is_told(tmp_path: Path) -> None:
    facts = load(write_csv(tmp_path / "a.csv", ROWS["surveys"]), "surveys").facts
    assert facts.columns["likelihood"] == "推荐意愿(0-10)"
    assert facts.matched["likelihood"].zh == "按别名"


def test_one_endless_line_is_refused_before_its_cells_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n{GOOD}\n" + "," * (3 << 20), encoding="utf-8")
    with pytest.raises(FileRefused, match="more than 10 columns"):
        open_file(path, "surveys", limits=FileLimits(columns=10, cell_chars=1000))


@pytest.mark.parametrize("first", ["PAR1", "BZhong", "[ 三月导出 ]", "ARROW1"])
def test_a_table_that_begins_like_something_else_is_a_table(first: str, tmp_path: Path) -> None:
    path = csv_of(tmp_path, f"{first},{HEADER}", f"x,{GOOD}")
    assert load(path, "surveys").rows_read == 1


class TestTwoRowsOfHeaders:
    UPPER = "答卷编号,提交时间,渠道,班组,请您评价,,推荐意愿"
    LOWER = ",,,,服务态度,响应时间,"
    ROW = "1,2026-03-05 10:00:00,官网,一组,5,4,9"

    def test_are_read_as_one_as_in_a_merged_workbook(self, tmp_path: Path) -> None:
        loaded = load(csv_of(tmp_path, self.UPPER, self.LOWER, self.ROW), "surveys")
        assert loaded.rejected == []
        assert loaded.frame[["attitude", "responsiveness", "likelihood", "row"]].iloc[0].tolist() == [5, 4, 9, 3]
        assert loaded.facts.unused == ()

    def test_also_where_the_lower_row_says_more(self, tmp_path: Path) -> None:
        upper = "答卷编号,提交时间,渠道,班组,请您评价,,,"
        lower = ",,,,服务态度,响应时间,问题解决,沟通效率"
        loaded = load(csv_of(tmp_path, upper, lower, "1,2026-03-05 10:00:00,官网,一组,5,4,3,2"), "surveys")
        assert loaded.frame[["attitude", "communication"]].iloc[0].tolist() == [5, 2]

    def test_a_row_of_data_is_never_a_second_header(self, tmp_path: Path) -> None:
        first = "1,2026-03-05 10:00:00,渠道,班组,服务态度,沟通效率,9"
        loaded = load(csv_of(tmp_path, "答卷编号,提交时间,渠道,班组,a,b,推荐意愿", first), "surveys")
        assert (loaded.facts.header_row, loaded.rows_read) == (1, 1)
