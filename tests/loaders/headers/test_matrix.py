"""Matrix questions: each item of one question is a column, in the ways in which survey tools write their headers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from servq.errors import FileRefused
from servq.loaders.maps.map import map_from_table
from servq.measures import ITEMS
from tests.loaders.exports import Loaded, load
from tests.loaders.test_corpora import CORPORA

ABOUT = ["答卷编号", "提交时间", "渠道", "班组"]
ANSWER = ["1", "2026-03-05 14:02", "官网", "一组"]
NAMES = ["服务态度", "响应时间", "问题解决", "沟通效率"]


def csv_of(path: Path, *rows: list[str]) -> Path:
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def items(loaded: Loaded) -> list[float]:
    return [float(loaded.frame[name].iloc[0]) for name in ITEMS]


SINGLE_ROWS = {
    "问卷星": ["7、请评价各项的满意程度：—服务态度", "7、响应时间", "7、问题解决", "7、沟通效率"],
    "问卷星, each with its question": [f"7、请评价：—{name}" for name in NAMES],
    "腾讯问卷": [f"Q5_{name}" for name in NAMES],
    "question and item": [f"5.请评价我们的服务_{name}" for name in NAMES],
    "Google Forms": [f"请评价我们的服务 [{name}]" for name in NAMES],
}


@pytest.mark.parametrize("headers", SINGLE_ROWS.values(), ids=SINGLE_ROWS)
def test_the_columns_of_a_matrix_question_are_the_four_items(headers: list[str], tmp_path: Path) -> None:
    loaded = load(csv_of(tmp_path / "a.csv", ABOUT + headers, [*ANSWER, "5", "4", "3", "2"]), "surveys")
    assert items(loaded) == [5, 4, 3, 2]
    assert loaded.facts.columns["attitude"] == headers[0]
    assert loaded.facts.unused == ()


TWO_ROWS = [[*ABOUT, "请您评价", "", "", ""], ["", "", "", "", *NAMES]]


def test_a_matrix_question_in_two_rows_of_header_is_read_alike_as_csv_and_as_workbook(tmp_path: Path) -> None:
    rows = [*TWO_ROWS, [*ANSWER, "5", "4", "3", "2"]]
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.active.merge_cells("E1:H1")
    for column in "ABCD":
        workbook.active.merge_cells(f"{column}1:{column}2")
    workbook.save(tmp_path / "a.xlsx")
    as_csv, as_book = (load(path, "surveys") for path in (csv_of(tmp_path / "a.csv", *rows), tmp_path / "a.xlsx"))
    assert items(as_csv) == items(as_book) == [5, 4, 3, 2]


def test_how_important_an_item_is_and_what_was_expected_are_not_how_it_was(tmp_path: Path) -> None:
    asked = ["7、请评价各项的满意程度：—服务态度", "7、响应时间"]
    asked += ["8、各项对您有多重要：—服务态度", "8、响应时间", "9、您的期望：—服务态度", "9、响应时间"]
    loaded = load(csv_of(tmp_path / "a.csv", ABOUT + asked, [*ANSWER, "5", "4", "1", "1", "3", "2"]), "surveys")
    row = loaded.frame.iloc[0]
    assert (row["attitude"], row["responsiveness"]) == (5, 4)
    assert (row["attitude_expected"], row["responsiveness_expected"]) == (3, 2)
    assert loaded.facts.unused == ("8、各项对您有多重要：—服务态度", "8、响应时间")


def test_two_matrices_below_each_other_in_two_rows_of_header_stay_apart(tmp_path: Path) -> None:
    upper = [*ABOUT, "请您评价满意度", "", "请您评价重要程度", ""]
    lower = ["", "", "", "", "服务态度", "响应时间", "服务态度", "响应时间"]
    loaded = load(csv_of(tmp_path / "a.csv", upper, lower, [*ANSWER, "5", "4", "1", "2"]), "surveys")
    assert (loaded.frame["attitude"].iloc[0], loaded.frame["responsiveness"].iloc[0]) == (5, 4)
    assert loaded.facts.unused == ("请您评价重要程度 [服务态度]", "请您评价重要程度 [响应时间]")


def test_one_item_under_two_questions_is_nobodys_until_a_map_says_which(tmp_path: Path) -> None:
    asked = ["5、请评价导游：—服务态度", "6、请评价酒店：—服务态度", "推荐意愿"]
    path = csv_of(tmp_path / "a.csv", ABOUT + asked, [*ANSWER, "5", "1", "9"])
    assert "attitude" not in load(path, "surveys").facts.columns
    columns = dict(zip(("response_id", "answered_at", "channel", "team"), ABOUT, strict=True))
    named = map_from_table({"source": "surveys", "columns": columns | {"attitude": asked[1]}}, "m")
    assert load(path, None, named).frame["attitude"].iloc[0] == 1
    short = map_from_table({"source": "surveys", "columns": columns | {"attitude": "服务态度"}}, "m")
    with pytest.raises(FileRefused, match="not one header"):
        load(path, None, short)


def test_a_map_may_name_an_item_without_its_question(tmp_path: Path) -> None:
    columns = dict(zip(("response_id", "answered_at", "channel", "team"), ABOUT, strict=True))
    map_ = map_from_table({"source": "surveys", "columns": columns | {"attitude": "导游的态度"}}, "m")
    path = csv_of(tmp_path / "a.csv", [*ABOUT, "7、请评价：—导游的态度"], [*ANSWER, "4"])
    assert load(path, None, map_).frame["attitude"].iloc[0] == 4


def test_a_header_that_merely_has_an_underscore_stays_what_it_is(tmp_path: Path) -> None:
    headers = ["1、response_id", "2、answered_at", "3、channel", "4、team", "5、attitude_expected", "导游_服务态度"]
    loaded = load(csv_of(tmp_path / "a.csv", headers, [*ANSWER, "4", "2"]), "surveys")
    assert loaded.facts.columns["attitude_expected"] == "5、attitude_expected"
    assert "attitude" not in loaded.facts.columns


@pytest.mark.corpora
def test_a_matrix_of_wenjuanxing_in_words_gives_its_share_of_satisfied() -> None:
    """1,044 answers, 74.042 % of whom agree that they belong (README of the corpora, counted independently)."""
    path = CORPORA / "zh_wjx_workplace" / "workplace.xlsx"
    if not path.is_file():
        pytest.skip(f"{path} is not here; set SERVQ_CORPORA to the folder of the real files")
    words = {"完全认同": 5, "非常认同": 5, "认同": 4, "一般": 3, "不认同": 2, "非常不认同": 1, "完全不认同": 1}
    belongs = "我对所在组织有强烈的归属感，并觉得自己是有一定价值的一员。"
    columns = {
        "response_id": {"row_number": True},
        "answered_at": {"constant": "2026-01-01"},
        "channel": {"constant": "问卷"},
        "team": {"constant": "全部"},
        "attitude": {"from": belongs, "words": words},  # without the number and the question before it
        "comment": "23、请问您还在什么场景下使用ai进行社交",
    }
    loaded = load(path, None, map_from_table({"source": "surveys", "columns": columns}, "m"))
    scores = loaded.frame["attitude"].dropna()
    assert (loaded.rows_read, len(scores)) == (1_044, 1_044)
    assert round(100 * float((scores >= 4).mean()), 3) == 74.042
