"""One metric over slices and dimensions: figures worked by hand, and against a recount of the raw file."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from servq.errors import UsageError
from servq.metrics.catalog import METRICS
from servq.query import Snapshot, last_load_id, measure, take_snapshot
from servq.records import NOT_GIVEN, Reading, Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, answer, complaint, item, store


def one(snapshot: Snapshot, name: str, slice_: Slice | None = None) -> Reading:
    """The figure of a whole slice."""
    (row,) = measure(snapshot, name, (), slice_)
    return row.reading


def answers(prefix: str, promoters: int = 0, passives: int = 0, detractors: int = 0, **cells: object) -> list[Row]:
    likelihoods = [10.0] * promoters + [8.0] * passives + [3.0] * detractors
    return [answer(f"{prefix}{place}", likelihood=score, **cells) for place, score in enumerate(likelihoods)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def small(shared_warehouse: Warehouse) -> Snapshot:
    """The answers of `two_weeks`: read them, never write."""
    return two_weeks(shared_warehouse)


@pytest.fixture
def own_small(warehouse: Warehouse) -> Snapshot:
    """The same in a warehouse of the test's own."""
    return two_weeks(warehouse)


def two_weeks(warehouse: Warehouse) -> Snapshot:
    """Two channels over two weeks.

    |     | 2026-W18 (4/29)         | 2026-W19 (5/6)          |
    |-----|-------------------------|-------------------------|
    | OTA | 5 up, 3 middle, 2 down  | 1 up, 0 middle, 3 down  |
    | APP | 8 up, 1 middle, 1 down  | nobody                  |

    One answer of APP in W18 names a segment; three complaints and two visits stand beside.
    """
    store(
        warehouse,
        *answers("o18", 5, 3, 2, channel="OTA", team="甲"),
        *answers("a18", 8, 1, 0, channel="APP", team="乙"),
        answer("a18x", likelihood=3.0, channel="APP", team="乙", segment="金卡"),
        *answers("o19", 1, 0, 3, channel="OTA", team="甲", day="2026-05-06"),
    )
    store(
        warehouse,
        complaint("c1", channel="OTA", category="退改"),
        complaint("c2", channel="OTA", day="2026-05-06"),
        complaint("c3", channel="官网", day="2026-05-06", category="服务态度"),
        source="complaints",
    )
    store(
        warehouse,
        *(item("V1", name, points) for name, points in (("问候", 5.0), ("着装", 3.0))),
        item("V2", "问候", 2.0, team="乙"),
        source="visits",
    )
    return take_snapshot(warehouse, Standards(), 0)


class TestByHand:
    def test_the_nps_of_one_channel(self, small: Snapshot) -> None:
        # OTA over both weeks: 6 up, 3 middle, 5 down of 14: 100 × (6 − 5) / 14
        reading = one(small, "nps", Slice.of(channel=["OTA"]))
        assert reading.value == pytest.approx(100 / 14)
        assert (reading.n, reading.state) == (14, State.INDICATIVE)

    def test_each_week_of_each_channel_and_no_row_where_nobody_answered(self, small: Snapshot) -> None:
        rows = measure(small, "nps", ("channel", "week"))
        assert [(*row.dims.values(), row.reading.value, row.reading.n) for row in rows] == [
            ("APP", "2026-04-27", 70.0, 10),  # 8 up, 1 down of 10
            ("OTA", "2026-04-27", 30.0, 10),  # 5 up, 2 down of 10
            ("OTA", "2026-05-04", -50.0, 4),  # 1 up, 3 down of 4
        ]

    def test_a_total_is_the_metric_of_all_answers_and_no_mean_of_its_parts(self, small: Snapshot) -> None:
        # 14 up, 6 down of 24; the mean of +70, +30 and −50 would be +16.7
        assert one(small, "nps").value == pytest.approx(100 * 8 / 24)

    @pytest.mark.parametrize("name", METRICS)
    def test_each_week_of_a_cut_is_what_that_week_alone_gives(self, name: str, small: Snapshot) -> None:
        periods = {"2026-04-27": date(2026, 4, 27), "2026-05-04": date(2026, 5, 4)}
        weekly = {
            (row.dims["channel"], row.dims["week"]): row.reading for row in measure(small, name, ("channel", "week"))
        }
        alone = {
            (row.dims["channel"], week): row.reading
            for week, monday in periods.items()
            for row in measure(small, name, ("channel",), Slice(monday, monday + timedelta(days=6)))
        }
        assert weekly == alone

    def test_a_missing_dimension_is_a_group_of_its_own(self, small: Snapshot) -> None:
        rows = measure(small, "responses", ("segment",))
        assert [(row.dims["segment"], row.reading.n) for row in rows] == [(NOT_GIVEN, 23), ("金卡", 1)]
        assert one(small, "responses", Slice.of(segment=[NOT_GIVEN])).n == 23

    def test_several_values_of_one_dimension_are_or_and_two_dimensions_are_and(self, small: Snapshot) -> None:
        assert one(small, "responses", Slice.of(channel=["OTA", "APP"])).n == 24
        assert one(small, "responses", Slice.of(channel=["OTA"], team=["乙"])).n == 0

    def test_complaints_per_100_brings_both_kinds_of_fact_together(self, small: Snapshot) -> None:
        found = {row.dims["channel"]: row.reading for row in measure(small, "complaints_per_100", ("channel",))}
        assert found["OTA"].value == pytest.approx(100 * 2 / 14)
        assert (found["APP"].value, found["APP"].n, found["APP"].base) == (0, 0, 10)
        assert (found["官网"].value, found["官网"].n, found["官网"].base) == (None, 1, 0), "nobody was asked there"

    def test_the_score_of_visits_counts_visits(self, small: Snapshot) -> None:
        # V1: 8 of 10, V2: 2 of 5; together 10 of 15
        reading = one(small, "visit_score")
        assert (reading.value, reading.n) == (pytest.approx(100 * 10 / 15), 2)
        by_item = {row.dims["item"]: row.reading.value for row in measure(small, "visit_score", ("item",))}
        assert by_item == {"着装": pytest.approx(60), "问候": pytest.approx(70)}

    def test_groups_come_sorted_by_their_dimensions(self, small: Snapshot) -> None:
        dims = [tuple(row.dims.values()) for row in measure(small, "responses", ("team", "channel", "week"))]
        assert dims == sorted(dims)


class TestNothingThere:
    def test_an_empty_slice_is_one_reading_without_a_value_and_why(self, small: Snapshot) -> None:
        reading = one(small, "nps", Slice.of(channel=["门店"]))
        assert (reading.value, reading.n, reading.state) == (None, 0, State.TOO_FEW)
        assert reading.reason is not None

    def test_a_filter_that_the_metrics_facts_do_not_know_gives_no_value_and_names_it(self, small: Snapshot) -> None:
        reading = one(small, "nps", Slice.of(category=["退改"], channel=["OTA"]))
        assert (reading.value, reading.n) == (None, 0)
        assert reading.reason is not None
        assert "投诉类别" in reading.reason.zh
        assert "Category" in reading.reason.en
        assert measure(small, "nps", ("channel",), Slice.of(category=["退改"])) == []

    def test_cutting_by_a_dimension_that_the_metric_does_not_know_is_a_usage_error_with_the_known_ones(
        self, small: Snapshot
    ) -> None:
        with pytest.raises(UsageError, match="survey_mode"):
            measure(small, "nps", ("category",))

    @pytest.mark.parametrize("name", METRICS)
    def test_an_empty_warehouse_has_no_value_and_a_reason(self, name: str, warehouse: Warehouse) -> None:
        empty = take_snapshot(warehouse, Standards())
        assert empty.weeks == []
        reading = one(empty, name)
        assert reading.value is None
        assert reading.reason is not None
        assert measure(empty, name, ("channel", "week")) == []

    def test_a_period_that_ends_before_it_begins_holds_nothing(self, small: Snapshot) -> None:
        assert one(small, "responses", Slice(date(2026, 5, 6), date(2026, 4, 29))).n == 0
        assert one(small, "complaints", Slice(date(2026, 5, 6), date(2026, 4, 29))).n == 0


class TestSourcesNotLoaded:
    @pytest.fixture
    def surveys_only(self, warehouse: Warehouse) -> Snapshot:
        store(warehouse, *answers("o", 5, 3, 2, channel="OTA"), *answers("a", 4, channel="APP"))
        return take_snapshot(warehouse, Standards())

    @pytest.fixture
    def complaints_only(self, warehouse: Warehouse) -> Snapshot:
        store(warehouse, complaint("c1", channel="OTA"), complaint("c2", channel="APP"), source="complaints")
        return take_snapshot(warehouse, Standards())

    @pytest.mark.parametrize("name", ["complaints", "open_complaints", "complaints_per_100", "visit_score"])
    def test_complaints_that_were_never_loaded_are_no_zero(self, name: str, surveys_only: Snapshot) -> None:
        reading = one(surveys_only, name)
        assert (reading.value, reading.n, reading.state) == (None, 0, State.TOO_FEW)
        assert reading.reason is not None

    def test_nor_are_answers_that_were_never_loaded(self, complaints_only: Snapshot) -> None:
        reading = one(complaints_only, "responses")
        assert (reading.value, reading.n, reading.state) == (None, 0, State.TOO_FEW)
        assert reading.reason is not None
        assert one(complaints_only, "complaints").value == 2

    def test_nor_is_the_group_of_a_cut_of_answers(self, surveys_only: Snapshot) -> None:
        self.say_nothing_by_channel(surveys_only)

    def test_nor_is_the_group_of_a_cut_of_complaints(self, complaints_only: Snapshot) -> None:
        self.say_nothing_by_channel(complaints_only)

    def say_nothing_by_channel(self, loaded: Snapshot) -> None:
        rows = measure(loaded, "complaints_per_100", ("channel",))
        assert [(row.dims["channel"], row.reading.value) for row in rows] == [("APP", None), ("OTA", None)]
        assert all(row.reading.reason for row in rows)

    @pytest.mark.parametrize("name", ["responses", "complaints", "open_complaints"])
    def test_an_empty_slice_of_a_loaded_source_is_a_true_zero(self, name: str, small: Snapshot) -> None:
        reading = one(small, name, Slice.of(channel=["门店"]))
        assert (reading.value, reading.state, reading.reason) == (0, State.JUDGEABLE, None)


class TestSnapshots:
    def test_a_snapshot_carries_its_load_and_stays_as_it_was_taken(self, own_small: Snapshot) -> None:
        store(own_small.warehouse, *answers("late", promoters=5))
        assert one(own_small, "responses").n == 24
        assert last_load_id(own_small.warehouse) == own_small.load_id + 1
        assert one(take_snapshot(own_small.warehouse, Standards()), "responses").n == 29

    def test_weeks_come_from_every_kind_of_fact(self, own_small: Snapshot) -> None:
        store(own_small.warehouse, item("V9", "问候", day="2026-06-03"), source="visits")
        weeks = take_snapshot(own_small.warehouse, Standards()).weeks
        assert weeks == [date(2026, 4, 27), date(2026, 5, 4), date(2026, 6, 1)]

    def test_what_is_not_given_is_listed_last(self, small: Snapshot) -> None:
        assert small.values("segment") == ["金卡", NOT_GIVEN]
        assert small.values("category") == ["服务态度", "退改", NOT_GIVEN]


# ---------------------------------------------------------------- against the raw file

PERIODS = {
    "whole weeks": ("2026-05-04", "2026-05-17"),
    "from a Wednesday to a Tuesday": ("2026-05-06", "2026-06-02"),
    "within one week": ("2026-05-12", "2026-05-14"),
    "a Sunday and a Monday": ("2026-05-17", "2026-05-18"),
    "one day": ("2026-09-27", "2026-09-27"),
    "from a Thursday to its Sunday": ("2026-06-04", "2026-06-07"),
    "open at its beginning": (None, "2026-04-08"),
    "open at its end": ("2026-09-16", None),
    "everything": (None, None),
}


@pytest.fixture(scope="module")
def raw(root: Path) -> pd.DataFrame:
    """The trusted answers of data/sample/surveys.csv, read with csv alone: likelihood, csat, channel, day."""
    truths = tomllib.loads((root / "data" / "truths.toml").read_text(encoding="utf-8"))
    out = {e["row"] for kind in ("bad_row", "duplicate_row") for e in truths[kind] if e["file"] == "surveys.csv"}
    with (root / "data" / "sample" / "surveys.csv").open(encoding="gb18030", newline="") as file:
        header, *rows = list(csv.reader(file))
    frame = pd.DataFrame([row for number, row in enumerate(rows, start=2) if number not in out], columns=header)
    return pd.DataFrame(
        {
            "likelihood": pd.to_numeric(frame["推荐意愿(0-10)"]),
            "csat": pd.to_numeric(frame["总体满意度(1-5)"]),
            "channel": frame["渠道"],
            "day": pd.to_datetime(frame["提交时间"], format="%Y/%m/%d %H:%M:%S").dt.strftime("%Y-%m-%d"),
        }
    )


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("channel", ["", "小程序"])
def test_a_period_equals_a_recount_of_the_raw_file_also_where_it_cuts_weeks(
    sample: Snapshot, raw: pd.DataFrame, period: str, channel: str
) -> None:
    first, last = PERIODS[period]
    kept = Slice.of(
        *(date.fromisoformat(day) if day else None for day in (first, last)), channel=[channel] * bool(channel)
    )
    rows = raw[raw["day"].between(first or "0", last or "9") & ((raw["channel"] == channel) | (not channel))]
    given = rows["likelihood"].dropna()
    nps = one(sample, "nps", kept)
    assert nps.n == len(given)
    assert nps.value == pytest.approx(100 * ((given >= 9).mean() - (given <= 6).mean()))
    csat = one(sample, "csat", kept)
    assert csat.value == pytest.approx(100 * (rows["csat"].dropna() >= 4).mean())
    assert one(sample, "responses", kept).n == len(rows)
    by_week = measure(sample, "responses", ("week",), kept)
    assert sum(row.reading.n for row in by_week) == len(rows)


class TestFewAnswers:
    """20 answers in W18 and 4 in W19; the viewing minimum is 5 unless the house says otherwise."""

    @pytest.fixture
    def guarded(self, small: Snapshot) -> Snapshot:
        return take_snapshot(small.warehouse, Standards())

    def test_the_figure_of_four_answers_is_hidden_and_their_number_is_not(self, guarded: Snapshot) -> None:
        reading = one(guarded, "nps", Slice.of(date(2026, 5, 4), date(2026, 5, 10)))
        assert (reading.value, reading.low, reading.high) == (None, None, None)
        assert (reading.n, reading.state) == (4, State.HIDDEN)
        assert reading.reason is not None
        assert "不足 5 位客户" in reading.reason.zh

    def test_the_group_beside_a_hidden_one_is_hidden_because_the_total_would_tell_it(self, guarded: Snapshot) -> None:
        weeks = {row.dims["week"]: row.reading for row in measure(guarded, "nps", ("week",))}
        assert [(reading.n, reading.state) for reading in weeks.values()] == [(20, State.HIDDEN), (4, State.HIDDEN)]
        assert "另一个" in weeks["2026-04-27"].reason.zh  # type: ignore[union-attr]

    def test_counts_complaints_and_visits_are_work_and_are_shown(self, guarded: Snapshot) -> None:
        assert one(guarded, "responses", Slice.of(date(2026, 5, 4), date(2026, 5, 10))).value == 4
        assert one(guarded, "high_score_negative", Slice.of(date(2026, 5, 4), date(2026, 5, 10))).value == 0
        assert one(guarded, "complaints", Slice.of(channel=["官网"])).value == 1
        assert one(guarded, "visit_score", Slice.of(team=["乙"])).state != State.HIDDEN

    def test_the_house_says_how_few_are_too_few(self, guarded: Snapshot) -> None:
        open_ = take_snapshot(guarded.warehouse, Standards(), 0)
        # 1 up, 3 down of 4
        assert one(open_, "nps", Slice.of(date(2026, 5, 4), date(2026, 5, 10))).value == -50
        assert open_.version != guarded.version
