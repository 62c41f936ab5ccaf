"""Files: the kinds that are read, the kinds that are refused, and the numbering of rows."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from servq.configuration import FileLimits
from servq.errors import FileRefused, UsageError
from servq.loaders.cells import chunks
from servq.loaders.maps.map import map_from_table
from servq.loaders.read import open_file
from servq.text.masking.masking import mask
from tests.loaders.exports import load, survey, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "response_id,answered_at,channel,team,csat,comment"


def csv_of(tmp_path: Path, *records: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    path = tmp_path / "a.csv"
    path.write_bytes((end.join([HEADER, *records]) + end).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "the old workbook is damaged"),
        (b"PK\x03\x04 no zip at all", "the workbook is damaged"),
        ("编号,时间".encode("utf-32"), "it is text in UTF-32"),
        (b"<html><p>1</p></html>", "neither CSV nor XLSX"),
        (b"%PDF-1.7", "neither CSV nor XLSX"),
        (b"a,b\n\0,1", "neither CSV nor XLSX"),
        ("response_id,team\n1,très bien \xff\n".encode("latin-1"), "cannot be decoded as UTF-8, UTF-16, GB18030, Big5"),
    ],
)
def test_what_is_no_table_is_refused_with_exit_code_3(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        open_file(path, "surveys")
    assert said in refused.value.en
    assert refused.value.where == "export.csv"
    assert refused.value.exit_code == 3


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(FileRefused, match="no such file"):
            open_file(path, "surveys")


def test_the_name_of_a_file_does_not_decide_what_it_is(tmp_path: Path) -> None:
    row = survey()
    book = write_xlsx(tmp_path / "really-a-workbook.csv", [list(row), list(row.values())])
    assert load(book, "surveys").facts.sheet == "Sheet1"


def test_one_bad_byte_at_the_very_end_refuses_the_whole_file(tmp_path: Path) -> None:
    path = csv_of(tmp_path, *[f"{number},2026-03-05,官网,一组,5,很好" for number in range(30_000)])
    path.write_bytes(path.read_bytes() + b"\xff")
    with pytest.raises(FileRefused, match="cannot be decoded"):
        open_file(path, "surveys")


def test_gb18030_characters_of_four_bytes_come_through(tmp_path: Path) -> None:
    loaded = load(csv_of(tmp_path, "1,2026-03-05,官网,㐀组,5,𠮷好", encoding="gb18030"), "surveys")
    assert loaded.frame[["team", "comment"]].iloc[0].tolist() == ["㐀组", "𠮷好"]
    assert loaded.facts.encoding == "gb18030"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(delimiter: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(comment="a,b;c\td")], delimiter=delimiter)
    loaded = load(path, "surveys")
    assert loaded.facts.delimiter == delimiter
    assert loaded.frame["comment"].tolist() == ["a,b;c\td"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_one(end: str, tmp_path: Path) -> None:
    loaded = load(csv_of(tmp_path, "1,2026-03-05,a,b,5,x", "2,2026-03-05,a,b,4,y", end=end), "surveys")
    assert loaded.frame["comment"].tolist() == ["x", "y"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    loaded = load(
        csv_of(tmp_path, '1,2026-03-05,a,b,5,"two\nlines"', "", ",,,,,", "2,2026-03-05,a,b,5,x", "3,bad,a,b,5,y"),
        "surveys",
    )
    # The quoted record is one row; blank rows are counted but are no answers.
    assert loaded.frame["row"].tolist() == [2, 5]
    assert loaded.reasons == [(6, "answered_at", "not_a_time")]
    assert loaded.rows_read == 3


def test_a_row_with_more_or_fewer_cells_is_set_aside_with_all_its_cells(tmp_path: Path) -> None:
    loaded = load(csv_of(tmp_path, "1,2026-03-05,a,b,5,x,y", "2,2026-03-05,a", "3,2026-03-05,a,b,5,z"), "surveys")
    assert loaded.reasons == [(2, "", "wrong_width"), (3, "", "wrong_width")]
    assert loaded.rejected[0].raw["列7"] == "y"
    assert loaded.rejected[1].raw == {"response_id": "2", "answered_at": "2026-03-05", "channel": "a"}
    assert loaded.frame["row"].tolist() == [4]


@pytest.mark.parametrize("record", ['1,2026-03-05,a,b,5,"never closed', '1,2026-03-05,a,b,5,"closed" too early'])
def test_a_quote_that_breaks_the_records_refuses_the_file(record: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="row 3 has a broken quote"):
        load(csv_of(tmp_path, "0,2026-03-05,a,b,5,x", record), "surveys")


def test_chunks_come_one_at_a_time_and_lose_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 3)
    rows = [survey(response_id=str(number), likelihood="11" if number % 4 == 0 else "9") for number in range(10)]
    batch = open_file(write_csv(tmp_path / "a.csv", rows), "surveys")
    assert [(len(chunk.frame), len(chunk.rejected), chunk.rows_read) for chunk in batch.chunks] == [
        (2, 1, 3), (2, 1, 3), (2, 1, 3), (1, 0, 1),
    ]  # fmt: skip


def test_the_facts_are_known_before_the_first_row_is_read(tmp_path: Path) -> None:
    facts = open_file(csv_of(tmp_path, "1,bad row", encoding="utf-8-sig"), "surveys").facts
    assert (facts.name, facts.encoding, facts.delimiter, facts.header_row) == ("a.csv", "utf-8-sig", ",", 1)
    assert facts.columns["csat"] == "csat"
    assert len(facts.sha256) == 64


def test_without_a_source_the_reader_is_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="surveys, complaints, visits"):
        open_file(csv_of(tmp_path))


# ---------------------------------------------------------------- workbooks


@pytest.mark.parametrize("number", [10**15, 1234567890123456, 6222021234567890123])
def test_an_id_of_more_digits_than_a_number_holds_is_lost_and_its_neighbour_no_conflict(
    number: int, tmp_path: Path
) -> None:
    """6222021234567890123 and …124 are one number in a sheet: neither is loaded under an id that is not its own."""
    header = HEADER.split(",")
    rows = [[number + step, "2026-03-05", "官网", "一组", 5, ""] for step in (0, 1)]
    good = [999_999_999_999_999, "2026-03-05", "官网", "一组", 5, ""]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", [header, *rows, good]), "surveys")
    assert loaded.reasons == [(2, "response_id", "digits_lost"), (3, "response_id", "digits_lost")]
    assert loaded.frame["response_id"].tolist() == ["999999999999999"]


def test_a_card_number_kept_as_a_number_in_a_comment_is_still_seen_as_one(tmp_path: Path) -> None:
    row = [1, "2026-03-05", "官网", "一组", 5, 4111111111111111]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", [HEADER.split(","), row]), "surveys")
    assert mask(loaded.frame["comment"].tolist()[0]) == "[银行卡].0"


def test_a_workbook_keeps_moments_numbers_and_zeros(tmp_path: Path) -> None:
    header = HEADER.split(",")
    book = write_xlsx(
        tmp_path / "a.xlsx",
        [
            header,
            ["007", datetime(2026, 3, 5, 14, 2, 31), "官网", 12, 4.5, "好"],
            [],
            [8, datetime(2026, 3, 5), "a", "b", 5, None],
        ],
        sheet="答卷",
        hidden_before="说明",
    )
    loaded = load(book, "surveys")
    assert loaded.facts.sheet == "答卷"
    assert loaded.frame["response_id"].tolist() == ["007", "8"]
    assert loaded.frame["answered_at"].tolist() == [1772690551, 1772640000]
    assert loaded.frame["team"].tolist() == ["12", "b"]
    assert loaded.frame["csat"].tolist() == [4.5, 5.0]
    assert loaded.frame["row"].tolist() == [2, 4]
    assert loaded.raw["answered_at"].tolist() == ["2026-03-05T14:02:31", "2026-03-05T00:00:00"]


def test_a_cell_beyond_the_header_is_not_dropped(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [HEADER.split(","), ["1", "2026-03-05", "a", "b", 5, "x", "y"]])
    assert load(book, "surveys").reasons == [(2, "", "wrong_width")]


def repacked(book: Path, **changed: str) -> Path:
    """The same workbook with some parts rewritten; `workbook_xml` stands for xl/workbook.xml."""
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for key, text in changed.items():
        parts["xl/" + key.replace("_", ".")] = text.encode()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return book


@pytest.mark.parametrize("part", ["workbook_xml", "styles_xml", "sharedStrings_xml"])
@pytest.mark.parametrize("word", ['<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!ENTITY a "b">'])
def test_a_document_type_in_any_part_refuses_the_workbook(part: str, word: str, tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [HEADER.split(",")])
    repacked(book, **{part: f"<?xml version='1.0'?>{' ' * (1 << 18)}{word}<a/>"})
    with pytest.raises(FileRefused, match="declares a DTD or an entity"):
        open_file(book, "surveys")


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [HEADER.split(",")])
    with pytest.raises(FileRefused, match="more than 1,000 bytes of the workbook when unpacked"):
        open_file(book, "surveys", limits=FileLimits(inflated_bytes=1000))


def test_a_zip_that_is_no_workbook_is_refused_by_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(FileRefused, match="no XLSX workbook in this zip: it is a Word document"):
        open_file(path, "surveys")


@pytest.mark.parametrize("part", ["workbook_xml", "worksheets/sheet1_xml"])
def test_a_workbook_with_broken_xml_is_refused(part: str, tmp_path: Path) -> None:
    book = repacked(write_xlsx(tmp_path / "a.xlsx", [HEADER.split(",")]), **{part: "<worksheet><unclosed>"})
    with pytest.raises(FileRefused, match="damaged"):
        load(book, "surveys")


def test_a_workbook_that_breaks_off_further_down_is_refused_while_it_is_read(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [HEADER.split(","), *[["1", "2026-03-05", "a", "b", 5, "x"]] * 5_000])
    with zipfile.ZipFile(book) as package_:
        sheet = package_.read("xl/worksheets/sheet1.xml").decode()
    repacked(book, **{"worksheets/sheet1_xml": sheet[: len(sheet) // 2]})
    batch = open_file(book, "surveys")
    with pytest.raises(FileRefused, match="damaged"):
        list(batch.chunks)


def test_an_encrypted_part_refuses_the_workbook(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", [HEADER.split(",")])
    content = bytearray(book.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # the "encrypted" flag of the last entry in the directory
    book.write_bytes(content)
    with pytest.raises(FileRefused, match="the workbook is encrypted"):
        open_file(book, "surveys")


def test_the_sheet_that_a_map_names_is_read_or_the_nearest_is_told(tmp_path: Path) -> None:
    row = survey()
    book = write_xlsx(tmp_path / "a.xlsx", [list(row), list(row.values())], sheet="三月", hidden_before="二月")
    columns = {name: name for name in row}
    named = map_from_table({"source": "surveys", "read": {"sheet": "三月"}, "columns": columns}, "m")
    assert load(book, "surveys", named).rows_read == 1
    absent = map_from_table({"source": "surveys", "read": {"sheet": "三月份"}, "columns": columns}, "m")
    with pytest.raises(FileRefused, match="Did you mean '三月'"):
        load(book, "surveys", absent)


def test_a_header_row_that_is_blank_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title\n\nresponse_id,team\n", encoding="utf-8")
    second = map_from_table(
        {"source": "surveys", "read": {"header_row": 2}, "columns": {name: name for name in survey()}}, "m"
    )
    with pytest.raises(FileRefused, match="there is no header row"):
        open_file(path, "surveys", second)
