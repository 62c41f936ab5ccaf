"""Real files from other publishers: from the file, through a shipped map, to the figure.

The figures are those that the publishers state, or an independent recount with csv and scipy.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from servq.ingest import load_file
from servq.loaders.maps.map import read_map
from servq.metrics.catalog import METRICS
from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.records import NOT_GIVEN, LoadReport, Reading, Slice
from servq.standards import Standards
from servq.warehouse.store.migrate import migrate
from servq.warehouse.upkeep.doctor import examine
from tests.conftest import open_home

pytestmark = pytest.mark.corpora

FILES = {
    # map: (file, rows in the file, of these set aside or not answered)
    "zh_homestay_ctrip": ("zh_homestay_ctrip/xiecheng_ugc.csv", 5_677, 0),
    "en_sfo_survey_2017": ("en_sfo_survey_2017/2017_SFO_Customer_Survey_20250817.csv", 2_831, 22),
    "fr_nps_retail": ("fr_nps_retail/nps.csv", 13_954, 305),
    "log_nyc311": ("log_nyc311/nyc311_2024a.csv", 1_000, 0),
    "audit_austin_food": ("audit_austin_food/ins.csv", 20_964, 53),
    "en_googleforms120": ("en_googleforms120/varks.csv", 120, 0),
    "zh_wjx_workplace": ("zh_wjx_workplace/workplace.xlsx", 1_044, 0),
}


@dataclass(frozen=True)
class Brought:
    """One real file in a warehouse of its own."""

    report: LoadReport
    again: LoadReport
    snapshot: Snapshot

    def one(self, name: str, slice_: Slice | None = None) -> Reading:
        (row,) = measure(self.snapshot, name, (), slice_)
        return row.reading


Through = Callable[[str], Brought]


@pytest.fixture(scope="module")
def through(corpora: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Through]:
    """The file of a map, loaded once and offered a second time."""
    opened = []

    @cache
    def bring(name: str) -> Brought:
        home = tmp_path_factory.mktemp(name)
        warehouse = open_home(home)
        opened.append(warehouse)
        migrate(warehouse)
        map_ = read_map(root / "data" / "maps" / f"{name}.toml")
        first, again = (load_file(warehouse, home, corpora / FILES[name][0], None, map_) for _ in range(2))
        return Brought(first, again, take_snapshot(warehouse, Standards()))

    yield bring
    for warehouse in opened:
        warehouse.engine.dispose()


@pytest.mark.parametrize("name", FILES)
class TestEachFile:
    def test_every_row_is_accounted_for_and_the_second_time_nothing_happens(self, name: str, through: Through) -> None:
        brought = through(name)
        report, (_, rows, bad) = brought.report, FILES[name]
        took = f"{name}: {report.rows_read:,} rows in {report.seconds:.1f} s, {report.reasons}"
        assert report.adds_up, took
        assert (report.rows_read, report.loaded, report.quarantined + report.not_answered) == (rows, rows - bad, bad), (
            took
        )
        assert (brought.again.status, brought.again.load_id) == ("unchanged", report.load_id), took

    def test_the_doctor_finds_nothing(self, name: str, through: Through) -> None:
        checks = examine(through(name).snapshot.warehouse)
        assert [(check.name, check.found.en) for check in checks if not check.ok] == []

    def test_as_many_rows_lie_behind_each_figure_as_it_counts(self, name: str, through: Through) -> None:
        brought = through(name)
        for metric in METRICS:
            assert rows_behind(brought.snapshot, metric, Slice(), 1).total == brought.one(metric).n, metric


class TestSanFranciscoAirport:
    def test_its_published_nps(self, through: Through) -> None:
        reading = through("en_sfo_survey_2017").one("nps")
        assert reading.value is not None
        assert (round(reading.value, 2), reading.n) == (39.84, 2_746)
        assert reading.excluded == {"no_answer": 2_809 - 2_746}
        assert reading.low is not None
        assert reading.high is not None
        assert reading.low < 39.84 < reading.high

    def test_boarding_areas_are_teams_and_add_up(self, through: Through) -> None:
        rows = measure(through("en_sfo_survey_2017").snapshot, "nps", ("team",))
        assert sum(row.reading.n for row in rows) == 2_746
        assert all(row.dims["team"].startswith("Boarding area ") for row in rows)


class TestFrenchRetailer:
    def test_its_published_nps(self, through: Through) -> None:
        reading = through("fr_nps_retail").one("nps")
        assert reading.value is not None
        assert (round(reading.value, 3), reading.n) == (53.416, 13_612)

    def test_the_unnamed_team_can_be_opened(self, through: Through) -> None:
        brought = through("fr_nps_retail")
        kept = Slice.of(team=[NOT_GIVEN])
        assert brought.one("nps", kept).n == rows_behind(brought.snapshot, "nps", kept, 1).total == 13_612

    def test_french_comments_have_no_sentiment_rather_than_a_wrong_one(self, through: Through) -> None:
        # 3,839 comments; those that are taken for English would be judged by a list of English words
        reading = through("fr_nps_retail").one("negative_share")
        assert reading.n + sum(reading.excluded.values()) == 13_649


class TestHomestays:
    def test_reviews_and_the_share_of_satisfied(self, through: Through) -> None:
        # 2,325 have no score; of the others 1,599 gave 5.0 and 341 + 307 + 247 + 243 between 4 and 4.9
        brought = through("zh_homestay_ctrip")
        reading = brought.one("csat")
        assert brought.one("responses").n == 5_677
        assert (reading.n, reading.excluded) == (3_352, {"no_answer": 2_325})
        assert reading.value == pytest.approx(100 * 2_737 / 3_352)

    def test_every_homestay_is_a_team(self, through: Through) -> None:
        assert len(measure(through("zh_homestay_ctrip").snapshot, "csat", ("team",))) == 20


class TestGoogleForms:
    def test_its_nps_at_the_times_of_its_own_zone(self, through: Through) -> None:
        brought = through("en_googleforms120")
        reading = brought.one("nps")
        assert reading.value is not None
        assert (round(reading.value, 3), reading.n) == (-8.333, 120)
        # 12:39:58 PM GMT+4 is 16:39:58 in Shanghai
        first = rows_behind(brought.snapshot, "nps", Slice()).frame["answered_at"].min()
        assert first == datetime(2017, 11, 24, 8, 39, 58, tzinfo=ZoneInfo("UTC")).timestamp()


class TestQuestionnaire:
    def test_agreement_in_words_is_counted(self, through: Through) -> None:
        # 251 非常认同 and 522 认同 of 1,044
        reading = through("zh_wjx_workplace").one("csat")
        assert reading.value is not None
        assert (round(reading.value, 3), reading.n) == (74.042, 1_044)

    def test_a_word_for_nothing_is_no_complaint(self, through: Through) -> None:
        # 620 × 无, 200 × 没有, 4 × 暂无, 64 × (空), 145 empty: eleven people wrote something, three of it is sad
        reading = through("zh_wjx_workplace").one("negative_share")
        assert reading.n == 11
        assert reading.value == pytest.approx(100 * 3 / 11)


def seconds(cell: str) -> float:
    """A cell of the export, which is New York's local time, as seconds."""
    return datetime.fromisoformat(cell).replace(tzinfo=ZoneInfo("America/New_York")).timestamp() if cell else np.nan


class TestNewYork:
    def test_open_requests_are_counted_and_censored(self, through: Through) -> None:
        brought = through("log_nyc311")
        reading = brought.one("resolution_median")
        assert (brought.one("complaints").n, brought.one("open_complaints").n) == (1_000, 323)
        assert (reading.n, reading.censored) == (1_000, 323)

    def test_the_median_is_that_of_kaplan_and_meier(self, through: Through, corpora: Path) -> None:
        with (corpora / FILES["log_nyc311"][0]).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        opened, closed = (np.array([seconds(row[name]) for row in rows]) for name in ("created_date", "closed_date"))
        now = np.nanmax([opened, closed])
        is_open = np.isnan(closed)
        waited = np.where(is_open, now, closed) - opened
        curve = ecdf(CensoredData.right_censored(waited, is_open)).sf
        median = curve.quantiles[np.argmax(curve.probabilities <= 0.5)] / 3600
        reading = through("log_nyc311").one("resolution_median")
        assert reading.value == pytest.approx(median, rel=0.01)
        assert reading.value > np.median(waited[~is_open]) / 3600, "leaving out the open ones would flatter"

    def test_nobody_recorded_a_first_response_so_there_is_no_figure(self, through: Through) -> None:
        reading = through("log_nyc311").one("first_response_median")
        assert reading.value is None
        assert reading.reason is not None


class TestAustin:
    def test_the_score_of_all_inspections(self, through: Through, corpora: Path) -> None:
        with (corpora / FILES["audit_austin_food"][0]).open(encoding="utf-8-sig", newline="") as file:
            scores = [float(row["score"]) for row in csv.DictReader(file) if row["score"] != "NA"]
        reading = through("audit_austin_food").one("visit_score")
        assert (reading.n, len(scores)) == (20_964 - 53, 20_964 - 53)
        assert reading.value == pytest.approx(sum(scores) / len(scores))
