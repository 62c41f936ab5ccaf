"""Cell values: numbers, scales, markers of "no value", unchanged texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.loaders.cells.numbers import Unreadable, read_number
from tests.loaders.exports import load, survey, visit, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "number"), [("8", 8), ("4.8", 4.8), ("４．８", 4.8), ("+3", 3), ("-1", -1), ("0", 0), (".5", 0.5)]
)
def test_plain_numbers_are_read(written: str, number: float) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["4,8", "1e3", "10分", "9/10", "nan", "inf", "1_000", "0x8", "八", "٤", "", "--1"])
def test_anything_else_is_not_a_number(written: str) -> None:
    with pytest.raises(Unreadable, match="not_a_number"):
        read_number(written)


def test_a_number_too_large_to_hold_is_out_of_range() -> None:
    with pytest.raises(Unreadable, match="out_of_range"):
        read_number("9" * 400)


@given(st.decimals(-1000, 1000, places=3))
def test_a_decimal_is_read_back_as_written(number: object) -> None:
    assert read_number(f"{number:f}") == float(str(number))


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("likelihood", "11", "out_of_range"),
        ("likelihood", "8.9999999999999999999", "not_whole"),
        ("csat", "5.0000000000000000001", "out_of_range"),
        ("likelihood", "-1", "out_of_range"),
        ("likelihood", "8.5", "not_whole"),
        ("likelihood", "九", "not_a_number"),
        ("csat", "0", "out_of_range"),
        ("csat", "5.1", "out_of_range"),
        ("attitude", "6", "out_of_range"),
        ("answered_at", "03-05-26", "not_a_time"),
        ("answered_at", "0001-01-01 00:00:00", "not_a_time"),
        ("answered_at", "2026-11-02 08:00:01", "future_time"),
    ],
)
def test_a_survey_cell_that_cannot_be_trusted_sets_its_row_aside(
    column: str, cell: str, reason: str, tmp_path: Path
) -> None:
    loaded = load(
        write_csv(tmp_path / "a.csv", [survey(**{column: cell}), survey() | {column: survey().get(column, "")}]),
        "surveys",
    )
    (rejected,) = loaded.rejected
    assert (rejected.row, rejected.column, rejected.value, rejected.reason) == (2, column, cell, reason)
    assert rejected.raw == survey(**{column: cell})
    assert loaded.frame["row"].tolist() == [3]


@pytest.mark.parametrize(("written", "value"), [("0", 0.0), ("10", 10.0), ("9.0", 9.0), ("１０", 10.0), (" 7 ", 7.0)])
def test_the_ends_of_the_scale_belong_to_it(written: str, value: float, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(likelihood=written)]), "surveys")
    assert loaded.frame["likelihood"].tolist() == [value]


@pytest.mark.parametrize(
    "marker", ["", " ", "-", "--", "—", "N/A", "n/a", "NULL", "(空)", "（空）", "(跳过)", "（跳过）"]
)
def test_missing_is_missing_and_never_zero(marker: str, tmp_path: Path) -> None:
    loaded = load(
        write_csv(tmp_path / "a.csv", [survey(csat=marker, comment=marker * (marker in "(空)（跳过）"))]), "surveys"
    )
    assert loaded.frame["csat"].tolist() == [pd.NA]
    assert loaded.frame["comment"].tolist() == [pd.NA]
    assert loaded.frame["likelihood"].tolist() == [9]


def test_a_dash_is_a_name_and_a_skipped_question_is_none(tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(segment="-", product="（空）", order_id="(空)")]), "surveys")
    assert loaded.frame[["segment", "product", "order_id"]].iloc[0].tolist() == ["-", pd.NA, pd.NA]


def test_ids_keep_their_zeros_names_are_trimmed_and_words_stay_as_they_came(tmp_path: Path) -> None:
    row = survey(response_id=" 007 ", team="一组　", comment="  等了\n很久 ")
    frame = load(write_csv(tmp_path / "a.csv", [row]), "surveys").frame
    assert frame[["response_id", "team", "comment"]].iloc[0].tolist() == ["007", "一组", "  等了\n很久 "]


def test_the_types_of_a_chunk_are_those_that_records_promises(tmp_path: Path) -> None:
    frame = load(write_csv(tmp_path / "a.csv", [survey(csat="4.5")]), "surveys").frame
    kinds = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert kinds == {
        "row": "int64", "response_id": "string", "answered_at": "Int64", "channel": "string", "team": "string",
        "likelihood": "Float64", "csat": "Float64", "raw": "object",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"points": "-1"}, "points"),
        ({"points_possible": "0"}, "points_possible"),
        ({"points": "6", "points_possible": "5"}, "points"),
    ],
)
def test_points_lie_between_nothing_and_what_was_possible(cells: dict[str, str], column: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [visit(**cells), visit(points="0"), visit(points="5")]), "visits")
    assert loaded.reasons == [(2, column, "out_of_range")]


@pytest.mark.parametrize(
    "text", ["-", "无", "NULL", "0", "(跳过)", "N/A", "/", "000000", "——", "Ｎ／Ａ", "匿名", "none", "***", "（空）"]
)
def test_a_placeholder_is_no_id_and_never_a_key(text: str, tmp_path: Path) -> None:
    no_key = [survey(response_id=text)] * 2
    rows = [survey(customer_id=text, order_id=text), *no_key, survey(customer_id="M0", order_id="00A")]
    columns = dict.fromkeys([*survey(), "customer_id", "order_id"], "")
    path = write_csv(tmp_path / "a.csv", [columns | row for row in rows])
    loaded = load(path, "surveys")
    assert loaded.reasons == [(row, "response_id", "missing_value") for row in (3, 4)]
    assert loaded.frame["customer_id"].isna().tolist() == loaded.frame["order_id"].isna().tolist() == [True, False]
    assert loaded.noted == {"placeholder_id": 4}


def test_a_numbering_may_begin_with_0(tmp_path: Path) -> None:
    rows = [survey(response_id=str(number)) for number in range(3)]
    assert load(write_csv(tmp_path / "a.csv", rows), "surveys").frame["response_id"].tolist() == ["0", "1", "2"]
