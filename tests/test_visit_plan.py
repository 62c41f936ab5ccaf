"""The plan of mystery-shopping visits: read strictly, each period judged by the plan in force at its start."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servq.errors import UsageError
from servq.visit_plan import Planned, VisitPlan, period_of, read_visit_plan

GOOD = '[[plan]]\nchannel = "门店"\nteam = "甲"\nevery = "month"\nvisits = 4\nvalid_from = 2026-04-01\n'


def read(tmp_path: Path, text: str) -> VisitPlan:
    path = tmp_path / "visit_plan.toml"
    path.write_text(text, encoding="utf-8")
    return read_visit_plan(path)


def test_an_entry_is_read_as_it_is_written(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).entries == (Planned("门店", "甲", "month", 4, date(2026, 4, 1)),)


def test_no_file_is_no_plan(tmp_path: Path) -> None:
    assert read_visit_plan(tmp_path / "nowhere.toml") == VisitPlan()


def test_a_day_is_held_against_the_entry_of_its_time(tmp_path: Path) -> None:
    later = GOOD.replace("visits = 4", "visits = 9").replace("2026-04-01", "2026-07-01")
    ended = GOOD.replace("visits = 4", "visits = 0").replace("2026-04-01", "2026-10-01")
    plan = read(tmp_path, later + GOOD + ended)
    held = [plan.held("门店", "甲", date(2026, month, 1)) for month in (3, 4, 6, 7, 9, 10)]
    assert [entry and entry.visits for entry in held] == [None, 4, 4, 9, 9, None]
    assert plan.places() == [("门店", "甲")]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ("plan = 3", "plan"),
        ("[[plan]", "visit_plan.toml"),
        (GOOD.replace('"门店"', '""'), "channel"),
        (GOOD.replace('"甲"', "7"), "team"),
        (GOOD.replace('"month"', '"week"'), "every"),
        (GOOD.replace("visits = 4", "visits = -1"), "visits"),
        (GOOD.replace("visits = 4", "visits = true"), "visits"),
        (GOOD.replace("2026-04-01", '"2026-04-01"'), "valid_from"),
        (GOOD + GOOD, "[[plan]] 2"),
        ("plan = [1]", "[[plan]] 1"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, wrong: str, where: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(tmp_path, wrong)
    assert where in refused.value.where
    assert "访问计划" in refused.value.hint_zh


@pytest.mark.parametrize(
    ("day", "every", "first", "last"),
    [
        (date(2026, 12, 31), "month", date(2026, 12, 1), date(2026, 12, 31)),
        (date(2024, 2, 1), "month", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 12, 31), "quarter", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), "quarter", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_period_is_a_whole_month_or_quarter(day: date, every: str, first: date, last: date) -> None:
    assert period_of(day, every) == (first, last)  # type: ignore[arg-type]


def test_the_plan_that_ships_can_be_read_and_plans_every_visited_channel(root: Path) -> None:
    plan = read_visit_plan(root / "data" / "visit_plan.toml")
    assert {channel for channel, _ in plan.places()} == {"门店", "呼叫中心", "官网", "APP", "小程序", "社交媒体"}
