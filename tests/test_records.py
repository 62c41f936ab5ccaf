"""The records exchanged between rooms, business weeks, settings and errors."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.errors import FileRefused, ServqError, UsageError, WarehouseUnavailable, suggest, unknown
from servq.measures import CELL_DIMENSIONS, MEASURES
from servq.metrics.catalog import METRICS
from servq.records import DIMENSIONS, REASONS, STATES, LoadReport, Slice, State
from servq.settings import read_settings
from servq.weeks import business_day, day_start, last_weeks, monday_of, week_from_key, week_key, week_label

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


class TestSlices:
    def test_equal_filters_are_equal_keys_however_they_were_said(self) -> None:
        one = Slice.of(team=["乙", "甲"], channel=["OTA"])
        other = Slice.of(channel=("OTA",), team=["甲", "乙"])
        assert one == other
        assert hash(one) == hash(other)
        assert one == Slice.of(team=["甲", "乙"]).and_(channel="OTA")

    def test_an_empty_choice_filters_nothing(self) -> None:
        assert Slice.of(team=[]) == Slice()

    def test_narrowing_replaces_what_was_chosen_before(self) -> None:
        assert Slice.of(team=["甲", "乙"]).and_(team="丙") == Slice.of(team=["丙"])

    def test_another_period_keeps_the_filter(self) -> None:
        monday = date(2026, 4, 27)
        assert Slice.of(team=["甲"]).between(monday, None) == Slice.of(monday, None, team=["甲"])

    def test_a_slice_cannot_be_changed(self) -> None:
        with pytest.raises(FrozenInstanceError):
            Slice().start = date(2026, 1, 1)  # type: ignore[misc]


class TestReports:
    def test_a_report_adds_up_only_when_every_row_is_accounted_for(self) -> None:
        report = LoadReport("a.csv", "surveys", "loaded", rows_read=15, loaded=5, updated=4, duplicates=3, conflicts=2)
        assert not report.adds_up
        assert replace(report, quarantined=1).adds_up


class TestCatalogsOfWords:
    def test_every_label_speaks_both_languages(self) -> None:
        for label in (*DIMENSIONS.values(), *REASONS.values(), *STATES.values()):
            assert label.zh
            assert label.en.isascii()
            assert not label.zh.isascii()

    def test_metrics_are_cut_by_known_dimensions_only(self) -> None:
        assert set().union(*(metric.dimensions for metric in METRICS.values())) | {"sentiment"} == set(DIMENSIONS)
        assert set(CELL_DIMENSIONS) <= set(DIMENSIONS)

    def test_no_measure_is_named_twice_and_every_state_has_a_label(self) -> None:
        assert len(set(MEASURES)) == len(MEASURES)
        assert set(STATES) == set(State)


class TestWeeks:
    @given(days)
    def test_a_day_begins_at_its_first_second_and_not_before(self, day: date) -> None:
        assert business_day(day_start(day)) == day
        assert business_day(day_start(day) - 1) == day - timedelta(days=1)

    @given(days)
    def test_a_week_is_the_one_of_its_name(self, day: date) -> None:
        monday = monday_of(day)
        assert monday.weekday() == 0
        assert timedelta(0) <= day - monday < timedelta(days=7)
        assert week_from_key(week_key(monday)) == monday
        assert week_label(monday).startswith(week_key(monday))

    def test_sunday_evening_in_utc_is_monday_in_shanghai(self) -> None:
        # 2026-05-03 16:00 UTC is 2026-05-04 00:00 in Shanghai, eight hours ahead
        moment = int(datetime(2026, 5, 3, 16, tzinfo=UTC).timestamp())
        assert monday_of(business_day(moment)) == date(2026, 5, 4)
        assert monday_of(business_day(moment - 1)) == date(2026, 4, 27)

    def test_the_first_days_of_a_year_may_belong_to_the_last_week_of_the_year_before(self) -> None:
        # ISO 8601: 2027-01-01 is a Friday, so its week is the 53rd of 2026
        assert week_key(monday_of(date(2027, 1, 1))) == "2026-W53"
        assert week_label(date(2026, 12, 28)) == "2026-W53 (12/28–1/3)"

    def test_weeks_are_counted_back_oldest_first(self) -> None:
        assert last_weeks(date(2026, 1, 5), 2) == [date(2025, 12, 29), date(2026, 1, 5)]

    @pytest.mark.parametrize("key", ["2026-W54", "2025-W53", "2026-W00", "2026-18", "2026-W18 ", "上周", ""])
    def test_a_name_that_is_no_week_is_an_error(self, key: str) -> None:
        with pytest.raises(ValueError, match=r"match|remains|Invalid week"):
            week_from_key(key)


class TestSettings:
    def test_without_a_word_the_warehouse_lies_in_the_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SERVQ_HOME", "/srv/质量")
        settings = read_settings()
        assert settings.home == Path("/srv/质量")
        assert settings.database_url == "sqlite:////srv/质量/servq.sqlite"

    def test_the_option_wins_over_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SERVQ_DATABASE_URL", "sqlite:////a.sqlite")
        assert read_settings().database_url == "sqlite:////a.sqlite"
        assert read_settings("sqlite:////b.sqlite").database_url == "sqlite:////b.sqlite"

    def test_the_projects_own_data_is_found(self, root: Path) -> None:
        assert read_settings().data == root / "data"


class TestErrors:
    def test_an_error_says_where_what_and_what_to_do_in_chinese_first(self) -> None:
        error = FileRefused("没有表头", "no header", where="a.csv", hint_zh="请补上", hint_en="Add one")
        assert error.message == "a.csv: 没有表头。请补上\na.csv: no header. Add one"
        assert str(error) == error.message

    def test_every_kind_of_error_has_its_own_exit_code(self) -> None:
        kinds = (ServqError, UsageError, FileRefused, WarehouseUnavailable)
        assert [kind.exit_code for kind in kinds] == [1, 2, 3, 4]

    def test_an_unknown_name_comes_with_the_nearest_or_with_all(self) -> None:
        assert "nps" in unknown("指标", "metric", "nsp", METRICS).hint_en
        assert "csat" in unknown("指标", "metric", "??", METRICS).hint_en
        assert suggest("??", METRICS) == ""


def test_the_outcome_of_several_files_accounts_for_every_row_of_each() -> None:
    one = LoadReport("a", "surveys", "loaded", rows_read=10, loaded=6, not_answered=3, left_out=1, rules={"无效": 1})
    two = LoadReport("b", "surveys", "loaded", rows_read=5, loaded=2, quarantined=3, reasons={"out_of_range": 3})
    both = LoadReport.of_several("2 份文件", [one, two])
    assert (both.rows_read, both.loaded, both.not_answered, both.left_out, both.quarantined) == (15, 8, 3, 1, 3)
    assert both.adds_up
    assert (both.rules, both.reasons) == ({"无效": 1}, {"out_of_range": 3})
