"""Columns of a map that are put together of several, counted from a duration, or told in codes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.times.durations import read_duration
from tests.loaders.exports import Loaded, load, write_csv, write_xlsx

SURVEY = {"response_id": "id", "answered_at": "when", "channel": "channel", "team": "team", "likelihood": "nps"}
CASE = {"complaint_id": "id", "opened_at": "opened", "channel": "channel", "team": "team", "text": "text"}
ANSWER = {"id": "1", "when": "2026-03-05 14:02:00", "channel": "官网", "team": "一组", "nps": "9"}
COMPLAINT = {"id": "1", "opened": "2026-03-05 14:00:00", "channel": "官网", "team": "一组", "text": "慢"}


def mapped(source: str, **columns: Any) -> Map:
    usual = SURVEY if source == "surveys" else CASE
    return map_from_table({"source": source, "columns": usual | columns}, "m")


def answers(tmp_path: Path, columns: dict[str, Any], *rows: dict[str, str]) -> Loaded:
    cells = [ANSWER | {"id": str(place)} | row for place, row in enumerate(rows, start=1)]
    return load(write_csv(tmp_path / "a.csv", cells), None, mapped("surveys", **columns))


def cases(tmp_path: Path, columns: dict[str, Any], *rows: dict[str, str]) -> Loaded:
    cells = [COMPLAINT | {"id": str(place)} | row for place, row in enumerate(rows, start=1)]
    return load(write_csv(tmp_path / "a.csv", cells), None, mapped("complaints", **columns))


def at(*moment: int) -> int:
    """Seconds of a moment in Shanghai."""
    return int(datetime(*moment, tzinfo=UTC).timestamp()) - 8 * 3_600  # type: ignore[arg-type,misc]


DAY_AND_CLOCK = {"answered_at": {"join": ["day", "clock"]}}


def test_a_date_and_its_clock_are_one_moment(tmp_path: Path) -> None:
    rows = [
        {"day": "2026-03-05", "clock": "14:02"},
        {"day": "2026/3/5", "clock": "下午 2:02"},
        {"day": "2026-03-05 00:00:00", "clock": "14:02:00"},
        {"day": "2026-03-05", "clock": ""},
    ]
    loaded = answers(tmp_path, DAY_AND_CLOCK, *rows)
    assert loaded.frame["answered_at"].tolist() == [*[at(2026, 3, 5, 14, 2)] * 3, at(2026, 3, 5)]
    assert loaded.facts.columns["answered_at"] == "+ day + clock"
    assert loaded.facts.unused == ("when",)
    assert loaded.frame["raw"].iloc[1]["answered_at"] == "2026/3/5 下午 2:02"


def test_a_clock_without_its_date_is_no_moment(tmp_path: Path) -> None:
    loaded = answers(tmp_path, DAY_AND_CLOCK, {"day": "", "clock": "14:02"}, {"day": "", "clock": ""})
    assert loaded.reasons == [(2, "clock", "not_a_time"), (3, "day", "missing_value")]


def test_a_workbook_keeps_a_date_and_a_clock_as_such_cells(tmp_path: Path) -> None:
    head = ["id", "day", "clock", "channel", "team", "nps"]
    day, clock = datetime(2026, 3, 5), datetime(2026, 3, 5, 14, 2).time()
    file = write_xlsx(tmp_path / "a.xlsx", [head, ["1", day, clock, "官网", "一组", 9]])
    assert load(file, None, mapped("surveys", **DAY_AND_CLOCK)).frame["answered_at"].tolist() == [at(2026, 3, 5, 14, 2)]


def test_the_first_that_has_a_value_counts(tmp_path: Path) -> None:
    columns = {"comment": {"first": ["later", "sooner"], "missing": ["暂无"]}}
    rows = [
        {"later": "很好", "sooner": "一般"},
        {"later": " ", "sooner": "一般"},
        {"later": "暂无", "sooner": "一般"},
        {"later": "", "sooner": ""},
    ]
    loaded = answers(tmp_path, columns, *rows)
    assert loaded.frame["comment"].fillna("-").tolist() == ["很好", "一般", "一般", "-"]
    assert loaded.facts.columns["comment"] == "+ later / sooner"


def test_answers_to_two_questions_are_joined_and_an_id_needs_all_of_its_parts(tmp_path: Path) -> None:
    columns = {
        "comment": {"join": ["good", "bad"], "between": "；"},
        "response_id": {"join": ["shop", "id"], "between": "-"},
    }
    rows = [
        {"good": "干净", "bad": "太慢", "shop": "7"},
        {"good": "", "bad": "太慢", "shop": "7"},
        {"good": "", "bad": "", "shop": ""},
    ]
    loaded = answers(tmp_path, columns, *rows)
    assert loaded.frame["comment"].tolist() == ["干净；太慢", "太慢"]
    assert loaded.frame["response_id"].tolist() == ["7-1", "7-2"]
    assert loaded.reasons == [(4, "id", "missing_value")]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("35", 35), ("00:35:12", 35.2), ("35分钟", 35), ("2.5h", 150), ("1小时20分", 80), ("３５ min", 35), ("0", 0)],
)
def test_a_duration_makes_an_end_of_a_start(cell: str, minutes: float, tmp_path: Path) -> None:
    columns = {"first_response_at": {"from": "took", "since": "opened_at", "unit": "minutes"}}
    loaded = cases(tmp_path, columns, {"took": cell}, {"took": ""})
    assert loaded.frame["first_response_at"].fillna(0).tolist() == [at(2026, 3, 5, 14) + minutes * 60, 0]
    assert loaded.frame["raw"].tolist() == [{"first_response_at": cell}, None]


@pytest.mark.parametrize("cell", ["35", "35:12", "-5分钟", "很久", "5分5分", "5分2小时", "2026-03-05", "99999999天"])
def test_what_is_no_clear_duration_is_quarantined(cell: str, tmp_path: Path) -> None:
    loaded = cases(tmp_path, {"first_response_at": {"from": "took", "since": "opened_at"}}, {"took": cell})
    assert loaded.reasons == [(2, "took", "not_a_duration")]
    with pytest.raises(ValueError, match=r"."):
        read_duration(cell)


def test_a_duration_after_a_day_tells_no_hours_and_one_without_a_start_no_end(tmp_path: Path) -> None:
    columns = {"first_response_at": {"from": "took", "since": "opened_at"}}
    loaded = cases(tmp_path, columns, {"took": "2h", "opened": "2026-03-05"}, {"took": "2h", "opened": ""})
    assert loaded.frame["first_response_at"].tolist() == [at(2026, 3, 5, 2)]
    assert loaded.frame["by_day"].tolist() == [3]  # the start and the end
    assert loaded.reasons == [(3, "opened", "missing_value")]


def test_codes_of_every_dimension_have_names(tmp_path: Path) -> None:
    names = {"1": "官网", "２": "门店"}
    columns = {name: {"from": name, "names": names} for name in ("channel", "team", "touchpoint", "segment", "product")}
    rows = [dict.fromkeys(columns, code) for code in ("1", "2", " 1 ", "3")]
    loaded = answers(tmp_path, columns, *rows)
    for name in columns:
        assert loaded.frame[name].tolist() == ["官网", "门店", "官网", "3"]
    assert loaded.frame["raw"].iloc[0] == dict.fromkeys(columns, "1")


@pytest.mark.parametrize(
    "column",
    [
        {"answered_at": {"join": ["day"]}},
        {"answered_at": {"join": ["day", "clock"], "from": "when"}},
        {"customer_id": {"first": ["a", "b"]}},
        {"likelihood": {"from": "nps", "names": {"1": "x"}}},
        {"channel": {"from": "channel", "names": {"1": 1}}},
        {"likelihood": {"from": "nps", "since": "answered_at"}},
        {"answered_at": {"from": "when", "since": "answered_at"}},
        {"answered_at": {"from": "when", "since": "updated_at"}},
        {"updated_at": {"from": "took", "since": "answered_at", "unit": "weeks"}},
        {"updated_at": {"from": "took", "unit": "minutes"}},
    ],
)
def test_options_that_make_no_sense_are_refused(column: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        mapped("surveys", **column)


def test_a_part_that_the_file_lacks_refuses_it(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="clock"):
        answers(tmp_path, DAY_AND_CLOCK, {"day": "2026-03-05"})


def test_likelihood_in_words_is_an_nps(tmp_path: Path) -> None:
    words = {"非常愿意": 10, "愿意": 8, "不愿意": 3}
    columns = {"likelihood": {"from": "nps", "words": words}}
    loaded = answers(tmp_path, columns, {"nps": "非常愿意"}, {"nps": "愿意"}, {"nps": "不愿意"}, {"nps": "也许"})
    assert loaded.frame["likelihood"].tolist() == [10, 8, 3]
    assert loaded.reasons == [(5, "nps", "not_a_number")]
