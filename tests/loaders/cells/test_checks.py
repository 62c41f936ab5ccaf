"""Row checks: the conditions between columns, and that every problem of a row is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.measures import EXPECTED, ITEMS
from tests.loaders.exports import complaint, load, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path


ANSWERS = ("likelihood", "csat", *ITEMS, *EXPECTED, "repurchased", "comment")


@pytest.mark.parametrize("answer", ANSWERS)
def test_any_answer_is_enough_and_a_row_without_one_is_no_bad_row(answer: str, tmp_path: Path) -> None:
    empty = dict.fromkeys(ANSWERS, "")
    rows = [survey(**empty), survey(**(empty | {answer: "1"}))]
    loaded = load(write_csv(tmp_path / "a.csv", rows), "surveys")
    assert (loaded.reasons, loaded.unanswered["row"].tolist(), loaded.frame["row"].tolist()) == ([], [2], [3])


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_survey_that_asks_one_thing_alone_is_a_survey(answer: str, tmp_path: Path) -> None:
    row = {name: cell for name, cell in survey().items() if name != "likelihood"} | {answer: "1"}
    assert len(load(write_csv(tmp_path / "a.csv", [row]), "surveys").frame) == 1


def test_whoever_did_not_answer_has_no_time_of_answering_either(tmp_path: Path) -> None:
    rows = [survey(likelihood="", answered_at=""), survey(likelihood="", answered_at="soon"), survey()]
    loaded = load(write_csv(tmp_path / "a.csv", rows), "surveys")
    assert (loaded.reasons, loaded.unanswered["row"].tolist()) == ([], [2, 3])


def test_an_unreadable_answer_is_told_as_such_and_not_as_no_answer(tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(likelihood="11")]), "surveys")
    assert [(one.reason, one.also) for one in loaded.rejected] == [("out_of_range", ())]


@pytest.mark.parametrize(
    ("times", "column"),
    [
        ({"first_response_at": "2026-03-05 09:59:59"}, "first_response_at"),
        ({"resolved_at": "2026-03-05 09:00"}, "resolved_at"),
        ({"first_response_at": "2026-03-05 12:00", "resolved_at": "2026-03-05 11:00"}, "resolved_at"),
        ({"reopened_at": "2026-03-04"}, "reopened_at"),
    ],
)
def test_times_may_not_run_backwards(times: dict[str, str], column: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [complaint(**times)]), "complaints")
    assert loaded.reasons == [(2, column, "time_order")]


@pytest.mark.parametrize(
    "times",
    [
        {"first_response_at": "2026-03-05 10:00", "resolved_at": "2026-03-05 10:00"},  # at once
        {"first_response_at": "", "resolved_at": "2026-03-06 10:00"},  # resolved without a first response
        {"resolved_at": "2026-03-08", "reopened_at": "2026-03-07"},  # reopened, then resolved for good
        {"resolved_at": "2026-03-07", "reopened_at": "2026-03-08"},  # resolved, then reopened
    ],
)
def test_these_courses_of_a_complaint_are_in_order(times: dict[str, str], tmp_path: Path) -> None:
    assert load(write_csv(tmp_path / "a.csv", [complaint(**times)]), "complaints").rejected == []


def test_a_time_one_day_ahead_is_still_taken(tmp_path: Path) -> None:
    # These tests read at 1 November 2026 00:00 UTC, which is 08:00 in Shanghai.
    rows = [survey(answered_at="2026-11-02 08:00:00"), survey(answered_at="2026-11-02 08:00:01")]
    assert load(write_csv(tmp_path / "a.csv", rows), "surveys").reasons == [(3, "answered_at", "future_time")]


def test_every_problem_of_a_row_is_told_and_the_row_is_counted_once(tmp_path: Path) -> None:
    row = complaint(complaint_id="", opened_at="2027-01-01", resolved_at="2026-12-31", first_response_at="soon")
    loaded = load(write_csv(tmp_path / "a.csv", [row, complaint()]), "complaints")
    (rejected,) = loaded.rejected
    assert (rejected.column, rejected.value, rejected.reason) == ("complaint_id", "", "missing_value")
    assert rejected.also == (
        ("first_response_at", "soon", "not_a_time"),
        ("resolved_at", "2026-12-31", "time_order"),
        ("opened_at", "2027-01-01", "future_time"),
        ("resolved_at", "2026-12-31", "future_time"),
    )
    assert loaded.rows_read == 2
