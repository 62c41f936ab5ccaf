"""Exports: their display in a spreadsheet, nothing executable in them, and their reading back."""

import csv
import io
import zipfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.errors import UsageError
from servq.exports import XLSX_TEXT, csv_bytes, csv_text, frame_rows, neutralised, without_guard, xlsx_bytes

STARTERS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_sheet(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("start", STARTERS)
def test_a_text_that_would_run_gets_an_apostrophe_in_csv_and_xlsx(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    assert csv_rows(csv_bytes(["评论"], [[text]]))[1] == [f"'{text}"]
    cell = xlsx_sheet(xlsx_bytes(["评论"], [[text]]))["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_headers_come_from_files_and_are_neutralised_too() -> None:
    assert csv_text(["=A1", "渠道"], []) == "'=A1,渠道\r\n"
    assert xlsx_sheet(xlsx_bytes(["=A1"], []))["A1"].value == "'=A1"


@given(st.text())
def test_every_text_reads_back_equal(text: str) -> None:
    assert without_guard(neutralised(text)) == text


@given(st.text(alphabet="'=+-@\t\r\nab＝", max_size=6))
def test_texts_full_of_apostrophes_and_signs_without_guard_equal(text: str) -> None:
    assert without_guard(neutralised(text)) == text
    assert not neutralised(text).startswith(tuple(STARTERS))


def test_ordinary_texts_stay_as_they_are() -> None:
    for text in ("", "挺好", "it's", "'quoted'", "3-4 分钟", " 前有空格"):
        assert neutralised(text) == text


def test_numbers_stay_numbers_also_negative_ones() -> None:
    assert csv_rows(csv_bytes(["n"], [[-3], [-0.5]]))[1:] == [["-3"], ["-0.5"]]
    sheet = xlsx_sheet(xlsx_bytes(["n"], [[-3], [-0.5]]))
    assert [(sheet[f"A{row}"].value, sheet[f"A{row}"].data_type) for row in (2, 3)] == [(-3, "n"), (-0.5, "n")]


def test_an_order_number_of_eighteen_digits_stays_text_in_xlsx() -> None:
    sheet = xlsx_sheet(xlsx_bytes(["订单号"], [["003210000000000123"]]))
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("003210000000000123", "s")


def test_csv_starts_with_the_mark_by_which_chinese_excel_knows_utf8() -> None:
    assert csv_bytes(["渠道"], [["门店"]]) == b"\xef\xbb\xbf" + "渠道\r\n门店\r\n".encode()
    assert not csv_text(["渠道"], []).startswith("\ufeff")


def test_commas_quotes_and_line_breaks_come_back() -> None:
    row = ["a,b", 'say "hi"', "first\nsecond"]
    assert csv_rows(csv_bytes(["a", "b", "c"], [row]))[1] == row


def test_missing_values_are_empty_cells_and_never_words() -> None:
    frame = pd.DataFrame(
        {
            "a": pd.array([1, None], dtype="Int64"),
            "b": [None, "x"],
            "c": [float("nan"), 2.5],
            "d": [pd.NaT, pd.Timestamp("2026-04-27 08:00")],
        }
    )
    content = csv_bytes(list(frame), frame_rows(frame))
    assert csv_rows(content)[1:] == [["1", "", "", ""], ["", "x", "2.5", "2026-04-27 08:00:00"]]
    sheet = xlsx_sheet(xlsx_bytes(list(frame), frame_rows(frame)))
    assert [cell.value for cell in sheet[2]] == [1, None, None, None]


def test_times_are_times_in_excel_without_a_zone_it_does_not_know() -> None:
    moment = datetime(2026, 4, 27, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    sheet = xlsx_sheet(xlsx_bytes(["时间", "周"], [[moment, date(2026, 4, 27)]]))
    assert sheet["A2"].value == datetime(2026, 4, 27, 8, 30)
    assert sheet["A2"].is_date
    assert sheet["B2"].is_date


def test_the_header_is_frozen_and_columns_fit_chinese_text() -> None:
    sheet = xlsx_sheet(xlsx_bytes(["n", "评论"], [[1, "服务态度很好，回复很快"], [2, "好" * 300]]))
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 8
    assert sheet.column_dimensions["B"].width == 60


def test_control_characters_that_xml_cannot_hold_are_shown_as_pictures() -> None:
    assert xlsx_sheet(xlsx_bytes(["a"], [["x\x1b[31m\x00"]]))["A2"].value == "x␛[31m␀"


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = xlsx_sheet(xlsx_bytes(["a"], [["长" * 40_000]]))["A2"].value
    assert isinstance(value, str)
    assert len(value) <= XLSX_TEXT
    assert value.endswith("（已截断 / cut）")


def test_no_sheet_holds_a_formula() -> None:
    content = xlsx_bytes(["=h", "b", "c"], [["=1+1", "＝1", '=HYPERLINK("http://x")']], sheet="[每周]/得分")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_text_that_looks_like_an_error_value_stays_text() -> None:
    cell = xlsx_sheet(xlsx_bytes(["a"], [["#N/A"]]))["A2"]
    assert (cell.value, cell.data_type) == ("#N/A", "s")


def test_line_breaks_of_every_system_are_one_line_break_in_a_sheet() -> None:
    assert xlsx_sheet(xlsx_bytes(["a"], [["一\r\n二\r三\n四"]]))["A2"].value == "一\n二\n三\n四"


def test_more_rows_than_a_sheet_holds_is_said_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servq.exports.XLSX_ROWS", 2)
    with pytest.raises(UsageError, match="CSV"):
        xlsx_bytes(["a"], [[1], [2], [3]])
