"""Complaint clocks derived from the recorded times."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from servq.metrics.clocks import CLOCK_COLUMNS, counted_rows, with_clocks
from servq.metrics.metric import Facts
from servq.standards import FIRST_RESPONSE, Standards, TimeLimit

Case = Callable[..., dict[str, object]]
Cases = Callable[..., Facts]

DAY_LIMIT = Standards(default_hours=24)


def clocks_of(facts: Facts) -> dict[str, object]:
    """The clocks of the only case; missing as None."""
    assert facts.complaints is not None
    row = facts.complaints[list(CLOCK_COLUMNS)].iloc[0].to_dict()
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def test_a_finished_case(case: Case, cases: Cases) -> None:
    assert clocks_of(cases(case(response=2, resolved=30, age=400))) == {
        "first_response_hours": 2.0,
        "first_response_seen": True,
        "first_response_used": 100 * 2 / 24,
        "first_response_by_day": False,
        "resolution_hours": 30.0,
        "resolution_seen": True,
        "resolution_by_day": False,
        "within_limit": True,
        "attained": True,
        "is_open": False,
        "is_reopened": False,
        "open_for": "closed",
    }


def test_a_case_that_nobody_has_answered_is_undecided_while_its_limit_runs(case: Case, cases: Cases) -> None:
    assert clocks_of(cases(case(age=5))) == {
        "first_response_hours": 5.0,
        "first_response_seen": False,
        "first_response_used": 100 * 5 / 24,
        "first_response_by_day": False,
        "resolution_hours": 5.0,
        "resolution_seen": False,
        "resolution_by_day": False,
        "within_limit": None,
        "attained": None,
        "is_open": True,
        "is_reopened": None,
        "open_for": "0-1d",
    }


def test_silence_past_the_limit_is_a_miss_without_waiting_for_an_answer(case: Case, cases: Cases) -> None:
    assert clocks_of(cases(case(age=25)))["within_limit"] is False
    assert clocks_of(cases(case(age=24)))["within_limit"] is None  # exactly at the limit it may still be kept


def test_an_answer_exactly_at_the_limit_keeps_it(case: Case, cases: Cases) -> None:
    assert clocks_of(cases(case(response=24)))["within_limit"] is True
    assert clocks_of(cases(case(response=24.1)))["within_limit"] is False


def test_an_answer_in_time_counts_as_attained_when_the_limit_has_passed(case: Case, cases: Cases) -> None:
    early = clocks_of(cases(case(response=1, age=5)))
    assert (early["within_limit"], early["attained"]) == (True, None)
    assert clocks_of(cases(case(response=1, age=24)))["attained"] is None
    assert clocks_of(cases(case(response=1, age=25)))["attained"] is True
    assert clocks_of(cases(case(age=25)))["attained"] is False
    assert clocks_of(cases(case(resolved=3, age=25)))["attained"] is None, "nobody wrote down when it was answered"


def test_resolved_without_a_recorded_response_has_no_first_response_clock(case: Case, cases: Cases) -> None:
    found = clocks_of(cases(case(resolved=30)))
    assert (found["first_response_hours"], found["first_response_seen"], found["within_limit"]) == (None, False, None)
    assert found["resolution_hours"] == 30


def test_reopened_and_resolved_again_runs_to_the_final_resolution(case: Case, cases: Cases) -> None:
    found = clocks_of(cases(case(response=1, reopened=20, resolved=50, age=400)))
    assert (found["resolution_hours"], found["is_open"], found["is_reopened"]) == (50, False, True)


def test_reopened_after_its_last_resolution_is_open_again(case: Case, cases: Cases) -> None:
    found = clocks_of(cases(case(response=1, resolved=20, reopened=50, age=400)))
    assert (found["resolution_hours"], found["resolution_seen"]) == (400, False)
    assert (found["is_open"], found["is_reopened"], found["open_for"]) == (True, True, "7d+")


def test_whether_a_case_comes_back_is_not_known_before_it_has_had_fourteen_days(case: Case, cases: Cases) -> None:
    wait = 14 * 24
    assert clocks_of(cases(case(resolved=30, age=30 + wait)))["is_reopened"] is False
    assert clocks_of(cases(case(resolved=30, age=29 + wait)))["is_reopened"] is None
    assert clocks_of(cases(case(resolved=30, reopened=40, age=29 + wait)))["is_reopened"] is None  # nor counted early
    assert clocks_of(cases(case(resolved=90, reopened=40, age=40 + wait)))["is_reopened"] is True


def test_what_happened_after_the_moment_asked_for_is_not_seen(case: Case, cases: Cases) -> None:
    later = cases(case(response=120, resolved=130, age=100))  # both lie 20 hours and more after now
    assert clocks_of(later)["first_response_seen"] is False
    assert clocks_of(later)["is_open"] is True


def test_the_limit_is_that_of_the_channel_on_the_day_of_opening(case: Case, cases: Cases) -> None:
    # now is 2026-05-29 04:26 in Shanghai; 100 hours before, 05-25; 48 hours before, 05-27
    promised = TimeLimit("小程序", FIRST_RESPONSE, 0.5, "30 分钟内响应", "", date(2026, 5, 26))
    standards = Standards((promised,), default_hours=4)
    rows = [
        case(response=1, age=100, channel="小程序"),  # before the promise: 4 hours
        case(response=1, age=48, channel="小程序"),
        case(response=1, age=48, channel="门店"),
    ]
    complaints = cases(*rows, standards=standards).complaints
    assert complaints is not None
    assert complaints["within_limit"].tolist() == [True, False, True]
    assert complaints["first_response_used"].tolist() == [25, 200, 25]


def test_counted_rows_are_those_in_n(case: Case, cases: Cases) -> None:
    complaints = cases(case(response=1, resolved=2, age=400), case(age=1), case(resolved=3, age=400)).complaints
    assert complaints is not None
    counts = {name: len(counted_rows(complaints, name)) for name in ("", "open", "within_limit", "is_reopened")}
    assert counts == {"": 3, "open": 1, "within_limit": 1, "is_reopened": 2}
    assert len(counted_rows(complaints, "first_response_hours")) == 2


@pytest.mark.parametrize("kind", ["Int64", "float64", "object"])
def test_times_may_come_as_any_kind_of_column(kind: str, case: Case, cases: Cases) -> None:
    rows = pd.DataFrame([case(response=1, resolved=2), case(age=7)])
    times = ["first_response_at", "resolved_at", "reopened_at"]
    converted = rows.astype(dict.fromkeys(times, kind)) if kind != "object" else rows.astype(object)
    found = with_clocks(converted, 1_780_000_000, DAY_LIMIT)
    assert found["first_response_hours"].tolist() == [1.0, 7.0]


def test_the_index_is_kept_and_missing_columns_have_not_happened() -> None:
    found = with_clocks(pd.DataFrame({"opened_at": [0, 3600], "channel": ["a", "b"]}, index=[7, 9]), 7200, DAY_LIMIT)
    assert found.index.tolist() == [7, 9]
    assert found["resolution_hours"].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("hours", "age"), [(24, "0-1d"), (25, "1-3d"), (72, "1-3d"), (73, "3-7d"), (168, "3-7d"), (169, "7d+")]
)
def test_an_open_case_is_as_old_as_the_data_know(hours: int, age: str) -> None:
    rows = pd.DataFrame({"opened_at": [0], "channel": ["a"]})
    assert with_clocks(rows, hours * 3600, DAY_LIMIT)["open_for"].tolist() == [age]


def test_the_limits_may_come_from_a_function() -> None:
    rows = pd.DataFrame({"opened_at": [0], "channel": ["a"], "first_response_at": [3600]})
    found = with_clocks(rows, 7200, lambda channels, _opened: np.full(len(channels), 0.5))
    assert found["within_limit"].tolist() == [False]


def test_no_complaints_at_all(cases: Cases) -> None:
    complaints = cases().complaints
    assert complaints is not None
    assert set(CLOCK_COLUMNS) <= set(complaints)
    assert complaints.empty
