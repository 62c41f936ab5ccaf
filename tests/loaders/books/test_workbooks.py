"""Workbooks: the text of each kind of cell, the choice of the sheet, and the parts that a package may not hold."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from servq.configuration import FileLimits
from servq.errors import FileRefused
from servq.loaders.books.xlsx_file import Workbook
from servq.loaders.files.limits import Bounds
from servq.loaders.maps.map import map_from_table
from servq.loaders.read import open_file
from tests.loaders.exports import load, survey
from tests.loaders.workbooks import rows_of, write_book

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["response_id", "answered_at", "channel", "team", "csat", "comment"]
GOOD = ["1", "2026-03-05 10:00:00", "官网", "一组", "5", "好"]


def cells(path: Path, limits: FileLimits | None = None) -> list[tuple[int, list[str]]]:
    """Every row of the first sheet as text."""
    book = Workbook(path, Bounds(limits or FileLimits(), path.name))
    try:
        return list(book.rows(book._book.sheets[0]))
    finally:
        book.close()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("<c><v>8</v></c>", "8"),
        ("<c><v>8.0</v></c>", "8"),
        ("<c><v>4.7999999999999998</v></c>", "4.8"),
        ("<c><v>123456789012345</v></c>", "123456789012345"),
        ("<c><v>1234567890123456</v></c>", "1234567890123456.0"),
        ("<c><v>123456789012345678</v></c>", "123456789012345680.0"),
        ("<c><v>007</v></c>", "7"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="str"><f>A1&amp;"x"</f><v>cached</v></c>', "cached"),
        ("<c><f>SUM(A1:A2)</f><v>3</v></c>", "3"),
        ("<c><f>SUM(A1:A2)</f></c>", "=SUM(A1:A2)"),
        ('<c t="s"><v>0</v></c>', " rich text "),
        ('<c t="inlineStr"><is><t>a_x000D_b &lt;c&gt;</t></is></c>', "a\rb <c>"),
        ('<c t="d"><v>2026-03-05T14:02:31</v></c>', "2026-03-05T14:02:31"),
        ('<c s="1"><v>46086.585081018515</v></c>', "2026-03-05T14:02:31"),
        ('<c s="2"><v>46086</v></c>', "2026-03-05T00:00:00"),
        ('<c s="3"><v>1.25</v></c>', "1.25"),
        ('<c s="1"><v>-5</v></c>', "-5"),
        ('<c s="1"><v>60</v></c>', "60"),
        ("<c>\n  <f>1+1</f>\n  <v>2</v>\n </c>", "2"),
    ],
)
def test_each_kind_of_cell_says_what_the_spreadsheet_shows_and_loses_nothing(
    cell: str, said: str, tmp_path: Path
) -> None:
    rich = '<r><t xml:space="preserve"> rich</t></r><r><t xml:space="preserve"> text </t></r><rPh><t>READING</t></rPh>'
    path = write_book(tmp_path / "a.xlsx", f"<sheetData><row>{cell}</row></sheetData>", texts=[rich])
    assert cells(path) == [(1, [said])]


def test_days_count_from_the_year_that_the_workbook_says(tmp_path: Path) -> None:
    # 46086 days after 30 December 1899 and 44624 days after 1 January 1904 are both 5 March 2026.
    for since_1904, serial in ((False, 46086.5), (True, 44624.5)):
        sheet = f'<sheetData><row><c s="1"><v>{serial}</v></c></row></sheetData>'
        path = write_book(tmp_path / f"{since_1904}.xlsx", sheet, since_1904=since_1904)
        assert cells(path) == [(1, ["2026-03-05T12:00:00"])]


@pytest.mark.parametrize(("since_1904", "serial"), [(False, "46086.5"), (True, "44624.5")])
def test_a_day_number_that_lost_its_format_is_read_by_the_calendar_of_its_workbook(
    since_1904: bool, serial: str, tmp_path: Path
) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, [*GOOD[:1], serial, *GOOD[2:]]), since_1904=since_1904)
    loaded = load(path, "surveys")
    assert loaded.frame["answered_at"].tolist() == [1772683200]
    assert loaded.frame["raw"].tolist() == [{"answered_at": serial}]
    assert loaded.facts.calendar == (1904 if since_1904 else 1900)


def test_a_failed_formula_and_one_never_calculated_set_their_rows_aside(tmp_path: Path) -> None:
    rows = rows_of(HEADER, GOOD).removesuffix("</sheetData>")
    for number, csat in enumerate(['t="e"><v>#DIV/0!</v>', "><f>A1</f>"], start=3):
        inline = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in GOOD[:4])
        rows += f'<row r="{number}">{inline}<c r="E{number}" {csat}</c></row>'
    loaded = load(write_book(tmp_path / "a.xlsx", f"{rows}</sheetData>"), "surveys")
    assert loaded.reasons == [(3, "csat", "error_cell"), (4, "csat", "not_a_number")]


@pytest.mark.parametrize("nothing", ["<v/>", "<v></v>", "<v> </v>"])
def test_a_formula_whose_result_was_left_empty_was_never_calculated(nothing: str, tmp_path: Path) -> None:
    # programs that write workbooks without calculating them leave the result empty; a score is not missing there
    rows = rows_of(HEADER, GOOD).removesuffix("</sheetData>")
    inline = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in GOOD[:4])
    rows += f'<row r="3">{inline}<c r="E3"><f>3+1</f>{nothing}</c></row>'
    loaded = load(write_book(tmp_path / "a.xlsx", f"{rows}</sheetData>"), "surveys")
    assert [(row.row, row.value, row.reason) for row in loaded.rejected] == [(3, "=3+1", "not_a_number")]


def test_a_formula_whose_result_is_an_empty_text_has_no_value(tmp_path: Path) -> None:
    rows = rows_of(HEADER, GOOD).removesuffix("</sheetData>")
    inline = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ["2", *GOOD[1:]])
    rows += f'<row r="3">{inline}<c r="F3" t="str"><f>""</f><v></v></c></row>'
    loaded = load(write_book(tmp_path / "a.xlsx", f"{rows}</sheetData>"), "surveys")
    assert loaded.rejected == []
    assert len(loaded.frame) == 2


def test_an_id_kept_as_a_number_has_the_leading_zeros_that_its_format_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER[:5])
    for number in (7, 1234567, 8):
        sheet.append([number, *GOOD[1:4], 5])
    sheet["A2"].number_format = sheet["A3"].number_format = "000000"
    book.save(tmp_path / "a.xlsx")
    loaded = load(tmp_path / "a.xlsx", "surveys")
    assert loaded.frame["response_id"].tolist() == ["000007", "1234567", "8"]


def test_prefixes_positions_and_other_places_of_parts_are_understood(tmp_path: Path) -> None:
    row = '<x:row r="7"><x:c r="B7"><x:v>2</x:v></x:c><x:c r="AA7"><x:v>3</x:v></x:c></x:row>'
    name = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    whole = f"<x:worksheet {name}><x:sheetData>{row}</x:sheetData></x:worksheet>"
    path = write_book(tmp_path / "a.xlsx", "", main="xl/book7.xml", more={"xl/worksheets/s1.xml": whole})
    assert cells(path) == [(7, ["", "2", *[""] * 24, "3"])]


def test_headers_merged_over_two_rows_stand_in_both(tmp_path: Path) -> None:
    rows = [
        ["满意度调查明细"],
        ["response_id", "answered_at", "channel", "team", "评分", ""],
        ["", "", "", "", "csat", "服务态度"],
        ["1", "2026-03-05 10:00:00", "官网", "一组", "5", "4"],
    ]
    merged = "".join(f'<mergeCell ref="{letter}2:{letter}3"/>' for letter in "ABCD")
    sheet = f'{rows_of(*rows)}<mergeCells><mergeCell ref="A1:F1"/>{merged}<mergeCell ref="E2:F2"/></mergeCells>'
    loaded = load(write_book(tmp_path / "a.xlsx", sheet), "surveys")
    assert loaded.facts.header_row == 3
    assert loaded.frame[["row", "response_id", "csat", "attitude"]].values.tolist() == [[4, "1", 5.0, 4.0]]


def test_of_several_sheets_the_one_that_has_what_is_needed_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    summary, detail = rows_of(["渠道", "人数"], ["官网", "3"]), rows_of(["三月明细"], HEADER, GOOD)
    path = write_book(tmp_path / "a.xlsx", summary, detail, names=["汇总", "明细"])
    loaded = load(path, "surveys")
    assert (loaded.facts.sheet, loaded.facts.other_sheets, loaded.facts.header_row) == ("明细", ("汇总",), 2)
    assert loaded.rows_read == 1


def test_two_sheets_that_would_both_do_are_named_and_neither_is_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, GOOD), rows_of(HEADER, GOOD), names=["二月", "三月"])
    with pytest.raises(FileRefused, match="several sheets would do: 二月, 三月"):
        open_file(path, "surveys")


def test_a_hidden_sheet_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, GOOD), rows_of(HEADER, GOOD, GOOD), names=["三月", "二月"])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'sheetId="2"', b'sheetId="2" state="veryHidden"')
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    loaded = load(path, "surveys")
    assert (loaded.facts.sheet, loaded.facts.unread_sheets, loaded.rows_read) == ("三月", ("二月（隐藏 hidden）",), 1)
    columns = {name: name for name in HEADER}
    named = map_from_table({"source": "surveys", "read": {"sheet": "二月"}, "columns": columns}, "m")
    assert load(path, None, named).rows_read == 2


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (FileLimits(zip_entries=3), "more than 3 parts"),
        (FileLimits(inflated_bytes=500), "more than 500 bytes of the workbook when unpacked"),
        (FileLimits(columns=5), "more than 5 columns"),
        (FileLimits(cell_chars=10), "more than 10 characters in one cell"),
        (FileLimits(rows=1), "more than 1 rows"),
        (FileLimits(file_bytes=100), "more than 100 bytes of the file"),
    ],
)
def test_a_workbook_beyond_a_limit_is_refused_by_its_name(limits: FileLimits, said: str, tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, GOOD, GOOD))
    with pytest.raises(FileRefused, match=said):
        list(open_file(path, "surveys", limits=limits).chunks)


def test_a_part_that_was_packed_too_tightly_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, GOOD), more={"xl/media/a.bin": b"\0" * (4 << 20)})
    with pytest.raises(FileRefused, match="more than 200 times the packed size"):
        open_file(path, "surveys")


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER, GOOD), more={"xl/a.xml": " " * 70_000})
    content = path.read_bytes().replace((70_000).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    path.write_bytes(content)
    with pytest.raises(FileRefused, match="damaged"):
        open_file(path, "surveys")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/workbook.bin", "a binary workbook"),
        ("xl/vbaProject.bin", "a workbook with macros"),
        ("word/document.xml", "a Word document"),
        ("content.xml", "an OpenDocument file"),
    ],
)
def test_what_else_comes_as_a_zip_is_named(part: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=said):
        open_file(write_book(tmp_path / "a.xlsx", rows_of(HEADER), more={part: b"x"}), "surveys")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp037"])
def test_a_document_type_cannot_hide_in_another_encoding(encoding: str, tmp_path: Path) -> None:
    start = b"<?xml version='1.0' encoding='IBM037'?>" if encoding == "cp037" else b""
    hidden = start + '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    path = write_book(tmp_path / "a.xlsx", rows_of(HEADER), more={"docProps/app.xml": hidden})
    with pytest.raises(FileRefused, match="declares a DTD or an entity"):
        open_file(path, "surveys")


def test_rows_out_of_order_and_places_that_are_none_are_damage(tmp_path: Path) -> None:
    wrong = ['<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', '<row><c r="é1"><v>1</v></c></row>',
             '<row><c t="s"><v>99</v></c></row>', '<row r="x"/>', '<row><c><v>many</v></c></row>']  # fmt: skip
    for sheet in wrong:
        path = write_book(tmp_path / "a.xlsx", f"<sheetData>{sheet}</sheetData>")
        with pytest.raises(FileRefused, match="damaged"):
            cells(path)


def test_a_survey_in_a_workbook_of_another_program_loads_like_its_csv(tmp_path: Path) -> None:
    row = survey(comment="a &amp; b")
    loaded = load(write_book(tmp_path / "a.xlsx", rows_of(list(row), list(row.values()))), "surveys")
    assert loaded.frame["comment"].tolist() == ["a & b"]


def test_a_formula_that_was_never_calculated_is_no_team(tmp_path: Path) -> None:
    rows = rows_of(HEADER, GOOD).removesuffix("</sheetData>")
    cells = [f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in GOOD]
    cells[3] = "<c><f>VLOOKUP(A3,Sheet2!A:B,2,0)</f></c>"
    rows += f'<row r="3">{"".join(cells)}</row>'
    loaded = load(write_book(tmp_path / "a.xlsx", f"{rows}</sheetData>"), "surveys")
    assert [(one.row, one.column, one.value, one.reason) for one in loaded.rejected] == [
        (3, "team", "=VLOOKUP(A3,Sheet2!A:B,2,0)", "not_calculated")
    ]


def test_two_cells_of_one_reference_wait_and_are_named(tmp_path: Path) -> None:
    rows = rows_of(HEADER, GOOD).removesuffix("</sheetData>")
    said = [("A3", "2"), ("B3", GOOD[1]), ("C3", GOOD[2]), ("D3", "一组"), ("D3", "二组"), ("E3", "5")]
    for number, last in ((3, said), (4, [*said[:4], ("D4", "一组"), ("E4", "5")])):
        cells = "".join(f'<c r="{place[0]}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in last)
        rows += f'<row r="{number}">{cells}</row>'
    loaded = load(write_book(tmp_path / "a.xlsx", f"{rows}</sheetData>"), "surveys")
    assert loaded.reasons == [(3, "team", "cell_twice")], "the same value twice is one value"
    assert "一组" in loaded.rejected[0].value
    assert "二组" in loaded.rejected[0].value


@pytest.mark.parametrize("other", ["渠道,班组,答卷编号,提交时间,会员编号", "说明"])
def test_of_a_sheet_that_asks_for_the_effort_alone_the_good_end_is_asked(tmp_path: Path, other: str) -> None:
    """Whatever other sheet the workbook holds: none of them would do."""
    book = openpyxl.Workbook()
    book.create_sheet("汇总", 0).append(other.split(","))
    for row in ("答卷编号,提交时间,渠道,班组,费力度", "1,2026-04-20 10:00,官网,一组,3"):
        book["Sheet"].append(row.split(","))
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(FileRefused, match="is a high answer of '费力度' easy or hard"):
        load(tmp_path / "a.xlsx", "surveys")
