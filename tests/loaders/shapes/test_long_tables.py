"""Long tables: one line per answer becomes one row per answer sheet, and no line is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.maps.map_writer import as_toml, keep_map, kept_map
from servq.loaders.shapes import long_table
from tests.loaders.exports import Loaded, load, write_xlsx

HEAD = ["答卷编号", "提交时间", "渠道", "班组", "题目", "答案"]
LONG = {"id": "答卷编号", "question": "题目", "answer": "答案"}
COLUMNS = {
    "response_id": "答卷编号",
    "answered_at": "提交时间",
    "channel": "渠道",
    "team": "班组",
    "likelihood": "您会推荐我们吗",
    "attitude": "服务态度",
    "comment": "建议",
}
ABOUT = {"1": "1,2026-03-05 14:02,官网,一组", "2": "2,2026-03-05 15:00,OTA,二组"}


def mapped(**more: Any) -> Map:
    return map_from_table({"source": "surveys", "long": LONG, "columns": COLUMNS} | more, "long")


def lines(tmp_path: Path, *rows: str, map_: Map | None = None) -> Loaded:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(HEAD), *rows, ""]), encoding="utf-8")
    return load(path, None, map_ or mapped())


USUAL = (
    f"{ABOUT['1']},您会推荐我们吗,9",
    f"{ABOUT['2']},您会推荐我们吗,3",
    f"{ABOUT['1']},服务态度,5",
    f"{ABOUT['2']},建议,太慢",
)


def test_lines_in_any_order_become_one_row_per_answer_sheet(tmp_path: Path) -> None:
    loaded = lines(tmp_path, *USUAL)
    assert loaded.rows_read == 2
    assert dict(loaded.noted) == {"lines_turned": 4}
    assert loaded.frame["response_id"].tolist() == ["1", "2"]
    assert loaded.frame["likelihood"].tolist() == [9, 3]
    assert loaded.frame["attitude"].fillna(0).tolist() == [5, 0]
    assert loaded.frame["comment"].iloc[1] == "太慢"
    assert loaded.frame["row"].tolist() == [2, 3]


def test_a_workbook_says_the_same_and_the_order_of_its_lines_does_not_count(tmp_path: Path) -> None:
    cells = [row.split(",") for row in reversed(USUAL)]
    book = load(write_xlsx(tmp_path / "a.xlsx", [HEAD, *cells]), None, mapped())
    text = lines(tmp_path, *USUAL)
    wanted = ["response_id", "answered_at", "likelihood", "attitude", "comment"]
    sort = [loaded.frame.sort_values("response_id", ignore_index=True)[wanted] for loaded in (book, text)]
    assert sort[0].equals(sort[1])


def test_a_question_with_two_answers_sets_the_whole_sheet_aside_with_both(tmp_path: Path) -> None:
    loaded = lines(tmp_path, *USUAL, f"{ABOUT['1']},您会推荐我们吗,2")
    (bad,) = loaded.rejected
    assert (bad.row, bad.column, bad.value, bad.reason) == (2, "您会推荐我们吗", "9", "asked_twice")
    assert bad.raw["您会推荐我们吗"] == "9"
    assert bad.raw["您会推荐我们吗 (2)"] == "2"
    assert bad.raw["服务态度"] == "5"
    assert loaded.frame["response_id"].tolist() == ["2"]
    assert loaded.rows_read == 2


def test_lines_that_contradict_each_other_in_a_column_that_is_read_are_set_aside(tmp_path: Path) -> None:
    other = ABOUT["1"].replace("官网", "APP")
    loaded = lines(tmp_path, *USUAL, f"{other},建议,好")
    assert loaded.reasons == [(2, "渠道", "lines_differ")]
    assert loaded.rejected[0].raw["渠道 (2)"] == "APP"


def test_what_is_said_of_a_sheet_may_stand_in_its_first_line_only(tmp_path: Path) -> None:
    loaded = lines(tmp_path, f"{ABOUT['1']},您会推荐我们吗,9", "1,,,,服务态度,4", "1,,,,建议,好")
    assert loaded.frame[["channel", "team"]].iloc[0].tolist() == ["官网", "一组"]
    assert loaded.frame["attitude"].iloc[0] == 4


def test_a_line_of_no_sheet_or_of_no_question_waits_by_itself(tmp_path: Path) -> None:
    loaded = lines(tmp_path, *USUAL, ",,官网,一组,建议,谁说的", f"{ABOUT['1']},,7", f"{ABOUT['2']},建议,a,b")
    assert loaded.reasons == [(6, "答卷编号", "missing_value"), (7, "题目", "missing_value"), (8, "", "wrong_width")]
    assert loaded.rejected[0].raw["建议"] == "谁说的"
    assert loaded.rows_read == 5
    assert loaded.noted["lines_turned"] == 7


def test_a_sheet_whose_questions_have_no_answer_did_not_answer(tmp_path: Path) -> None:
    loaded = lines(tmp_path, *USUAL, "3,2026-03-05 16:00,官网,一组,您会推荐我们吗,", "4,2026-03-05 16:00,官网,一组,,")
    assert len(loaded.unanswered) == 2


def test_rules_of_rows_hold_for_answer_sheets(tmp_path: Path) -> None:
    loaded = lines(tmp_path, *USUAL, map_=mapped(rows=[{"from": "渠道", "leave_out": "OTA"}]))
    assert dict(loaded.left_out) == {"leave_out 渠道 = OTA": 1}
    assert loaded.rows_read == 2


def test_a_question_that_the_file_does_not_have_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="attitude"):
        lines(tmp_path, USUAL[0])


def test_a_table_longer_than_memory_allows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_table, "MOST_LINES", 3)
    with pytest.raises(FileRefused, match="more than 3 lines"):
        lines(tmp_path, *USUAL)


def test_a_map_with_a_long_table_is_written_and_read_back(tmp_path: Path) -> None:
    map_ = mapped()
    assert '[long]\nanswer = "答案"\nid = "答卷编号"\nquestion = "题目"\n' in as_toml(map_)
    keep_map(map_, tmp_path, "long")
    assert kept_map(tmp_path, "surveys", "long").long == map_.long


@pytest.mark.parametrize("long", [{"id": "a"}, {"id": "a", "question": "a", "answer": "b"}, {"key": "a"}, []])
def test_a_long_table_that_makes_no_sense_is_refused(long: Any) -> None:
    with pytest.raises(UsageError):
        mapped(long=long)


def test_visits_with_a_line_per_checklist_item_need_no_turning(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "访问编号,访问时间,渠道,班组,检查项,得分,满分"
    visit = "V1,2026-03-05,门店,一组"
    path.write_text(f"{head}\n{visit},问候,4,5\n{visit},着装,5,5\n", encoding="utf-8")
    loaded = load(path, "visits")
    assert loaded.frame["points"].tolist() == [4, 5]
    assert loaded.facts.turned is None
