"""Scores, times and ids that a rule or a map reads, each with its original text beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from servq.errors import UsageError
from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import Loaded, load, survey, visit, write_csv

if TYPE_CHECKING:
    from pathlib import Path

NOON = 1_772_683_200
"""12:00 on 5 March 2026 in Shanghai."""


def read(tmp_path: Path, source: str = "surveys", *, options: Any = None, **cells: str) -> Loaded:
    """One row, good but for these cells; `options` are the map's for the first of them."""
    row = visit(**cells) if source == "visits" else survey(answered_at="2026-03-05 10:00:00") | cells
    path = write_csv(tmp_path / "a.csv", [row])
    if options is None:
        return load(path, source)
    columns = {name: name for name in row} | {next(iter(cells)): {"from": next(iter(cells))} | options}
    return load(path, None, map_from_table({"source": source, "columns": columns}, "m"))


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("likelihood", "10分", 10),
        ("likelihood", "１０ 分", 10),
        ("likelihood", "9/10", 9),
        ("likelihood", "9 / 10", 9),
        ("csat", "4.8分", 4.8),
        ("csat", "5星", 5),
        ("csat", "4/5", 4),
        ("attitude", "4.5/5.0", 4.5),
    ],
)
def test_units_and_the_end_of_the_scale_beside_a_score_are_understood(
    column: str, cell: str, value: float, tmp_path: Path
) -> None:
    loaded = read(tmp_path, **{column: cell})
    assert loaded.frame[column].tolist() == [value]
    assert loaded.frame["raw"].tolist() == [{column: cell}]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("likelihood", "4/5", "out_of_range"),
        ("likelihood", "9/10/10", "not_a_number"),
        ("likelihood", "90%", "not_a_number"),
        ("likelihood", "11分", "out_of_range"),
        ("likelihood", "9分钟", "not_a_number"),
        ("likelihood", "TRUE", "not_a_number"),
        ("likelihood", "9,5", "not_a_number"),
        ("csat", "非常满意", "not_a_number"),
        ("csat", "4-5", "not_a_number"),
        ("csat", "#N/A", "error_cell"),
        ("team", "#REF!", "error_cell"),
        ("response_id", "1.23457E+17", "digits_lost"),
        ("order_id", "6.2E+18", "digits_lost"),
        ("response_id", "1234567890123456.0", "digits_lost"),
        ("order_id", "6222021234567889920.0", "digits_lost"),
    ],
)
def test_what_would_have_to_be_guessed_is_set_aside(column: str, cell: str, reason: str, tmp_path: Path) -> None:
    assert read(tmp_path, **{column: cell}).reasons == [(2, column, reason)]


@pytest.mark.parametrize(("column", "value"), [("response_id", "007"), ("team", "007"), ("likelihood", 7)])
def test_what_an_export_kept_from_becoming_a_number_is_what_it_says(
    column: str, value: str | float, tmp_path: Path
) -> None:
    loaded = read(tmp_path, **{column: '="007"'})
    assert loaded.frame[column].tolist() == [value]
    assert loaded.frame["raw"].tolist() == [{column: '="007"'}]


def test_a_comment_that_looks_like_such_a_number_stays_as_it_came(tmp_path: Path) -> None:
    assert read(tmp_path, comment='="007"').frame["comment"].tolist() == ['="007"']


WORDS = {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "非常不满意": 1, "TRUE": 5}


@pytest.mark.parametrize(("cell", "value"), [("非常满意", 5), (" 一般 ", 3), ("4", 4), ("true", 5)])
def test_words_are_answers_where_a_map_lists_them(cell: str, value: float, tmp_path: Path) -> None:
    assert read(tmp_path, csat=cell, options={"words": WORDS}).frame["csat"].tolist() == [value]


def test_a_word_that_the_map_does_not_list_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, csat="比较满意", options={"words": WORDS}).reasons == [(2, "csat", "not_a_number")]


@pytest.mark.parametrize(
    ("column", "words"), [("csat", {"满意": 6}), ("likelihood", {"会": 9.5}), ("csat", {}), ("csat", {"满意": "5"}),
                          ("team", {"一": 1}), ("csat", ["满意"]), ("csat", {"满意": True})]
)  # fmt: skip
def test_words_that_the_column_cannot_hold_are_refused_in_the_map(column: str, words: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="makes no sense here"):
        read(tmp_path, **{column: "5"}, options={"words": words})


def test_a_percentage_is_a_score_where_the_map_declares_a_scale_to_100(tmp_path: Path) -> None:
    row = {"points": "95%", "points_possible": "100"}
    assert read(tmp_path, "visits", **row).reasons == [(2, "points", "not_a_number")]
    assert read(tmp_path, "visits", options={"scale": [0, 100]}, **row).frame["points"].tolist() == [95]


@pytest.mark.parametrize(("cell", "seconds"), [("1772683200", NOON), ("1772683200000", NOON), ("1772683200999", NOON)])
def test_a_count_of_seconds_that_can_be_nothing_else_is_a_time(cell: str, seconds: int, tmp_path: Path) -> None:
    loaded = read(tmp_path, answered_at=cell)
    assert loaded.frame["answered_at"].tolist() == [seconds]
    assert loaded.frame["raw"].tolist() == [{"answered_at": cell}]


@pytest.mark.parametrize(
    "cell",
    [
        "1712251030",
        "46086.5",
        "46086",
        "20260305",
        "03-05-26",
        "5/3/2026",
        "177268320",
        "1.7E9",
        "-1772683200",
        "3月5日",
    ],
)
def test_a_number_or_a_date_that_can_be_read_two_ways_is_no_time(cell: str, tmp_path: Path) -> None:
    # 1712251030 is April 2024 in seconds and 25 December 2017, 10:30, written short
    assert read(tmp_path, answered_at=cell).reasons == [(2, "answered_at", "not_a_time")]


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("epoch", "1772683200"),
        ("epoch", "1772683200.25"),
        ("epoch_ms", "1772683200000"),
        ("excel", "46086.5"),
        ("excel1904", "44624.5"),
        ("%m-%d-%y %H:%M", "03-05-26 12:00"),
        ("%Y/%d/%m %H:%M:%S", "2026/05/03 12:00:00"),
    ],
)
def test_a_map_says_which_way_a_number_or_a_date_is_meant(form: str, cell: str, tmp_path: Path) -> None:
    loaded = read(tmp_path, answered_at=cell, options={"format": form})
    assert loaded.frame["answered_at"].tolist() == [NOON]
    assert loaded.frame["raw"].tolist() == [{"answered_at": cell}]


@pytest.mark.parametrize(
    ("form", "cell"), [("epoch", "5"), ("epoch", "-1"), ("excel", "60"), ("excel", "0.5"), ("epoch", "2026-03-05")]
)
def test_a_number_that_is_no_moment_of_its_calendar_is_set_aside(form: str, cell: str, tmp_path: Path) -> None:
    assert read(tmp_path, answered_at=cell, options={"format": form}).reasons == [(2, "answered_at", "not_a_time")]


@pytest.mark.parametrize(
    "cell", ["2026年3月5日 12:00", "2026年3月5号12点00分", "2026-03-05T04:00:00Z", "2026.03.05 12:00:00"]
)
def test_written_moments_in_many_forms_are_one(cell: str, tmp_path: Path) -> None:
    assert read(tmp_path, answered_at=cell).frame["answered_at"].tolist() == [NOON]


def test_when_a_row_was_changed_is_a_time_of_its_own(tmp_path: Path) -> None:
    loaded = read(tmp_path, 最后修改时间="2026-03-05 12:00:00")
    assert loaded.frame["updated_at"].tolist() == [NOON]
    assert read(tmp_path, updated_at="2027-01-01").reasons == [(2, "updated_at", "future_time")]
