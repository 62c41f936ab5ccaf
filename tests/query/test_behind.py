"""Rows behind a figure: for every metric and every slice their number is the figure's n."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from servq.metrics.catalog import METRICS, get_metric
from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.records import DIMENSIONS, NOT_GIVEN, SEVERAL, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, complaint, item, store

SLICES = {
    "everything": Slice(),
    "one channel": Slice.of(channel=["小程序"]),
    "a week and a half of two teams": Slice.of(date(2026, 5, 7), date(2026, 5, 17), team=["疑难专席", "西湖门店组"]),
    "three days": Slice.of(date(2026, 9, 1), date(2026, 9, 3)),
    "two weeks by name": Slice.of(week=["2026-05-04", "2026-09-21"]),
    "a channel that does not exist": Slice.of(channel=["电报"]),
    "a channel or none": Slice.of(channel=["OTA", NOT_GIVEN]),
    "before the first day": Slice.of(None, date(2020, 1, 1)),
}

AT_MOST = 300
"""Rows fetched to be counted; beyond that the paging tests answer for the rest."""

KEYS = {"responses": ["response_id"], "complaints": ["complaint_id"], "visits": ["visit_id"]}


def n_of(snapshot: Snapshot, name: str, slice_: Slice) -> int:
    (row,) = measure(snapshot, name, (), slice_)
    return row.reading.n


def listed(frame: pd.DataFrame, kind: str) -> int:
    """How many answers, complaints or visits a frame lists; a visit is listed with all its items."""
    return 0 if frame.empty else frame[KEYS[kind][0]].nunique()


@pytest.mark.no_cover  # the same lines once more for each metric: to count them doubles the time
@pytest.mark.parametrize("slice_", SLICES.values(), ids=SLICES)
@pytest.mark.parametrize("name", METRICS)
def test_as_many_rows_as_the_figure_counts(name: str, slice_: Slice, sample: Snapshot) -> None:
    behind = rows_behind(sample, name, slice_, AT_MOST)
    assert behind.total == n_of(sample, name, slice_)
    assert listed(behind.frame, behind.kind) == min(behind.total, AT_MOST)
    assert behind.kind == get_metric(name).drill


@pytest.mark.no_cover
@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("name", METRICS)
def test_as_many_rows_as_each_group_counts(name: str, dimension: str, sample: Snapshot) -> None:
    if dimension not in METRICS[name].dimensions:
        if dimension not in {"sentiment"} | SEVERAL:  # no such metric is cut by it, but answers can be listed by it
            kept = Slice.of(**{dimension: [NOT_GIVEN]})
            assert rows_behind(sample, name, kept).total == n_of(sample, name, kept) == 0
        return
    rows = measure(sample, name, (dimension,))
    assert rows
    for row in (rows[0], rows[-1]):
        behind = rows_behind(sample, name, Slice().and_(**row.dims), limit=1)
        assert behind.total == row.reading.n, row.dims
    if METRICS[name].drill != "visits" and dimension not in SEVERAL:
        assert sum(row.reading.n for row in rows) == n_of(sample, name, Slice()), "every row is in exactly one group"


@pytest.mark.parametrize("name", ["nps", "negative_share", "complaints", "open_complaints", "visit_score"])
def test_pages_hold_every_row_once(name: str, sample: Snapshot) -> None:
    kept, size = Slice.of(date(2026, 5, 5), date(2026, 6, 10), channel=["门店"]), 17
    whole = rows_behind(sample, name, kept)
    (key,) = KEYS[whole.kind]
    pages = [rows_behind(sample, name, kept, size, start) for start in range(0, whole.total + size, size)]
    assert {page.total for page in pages} == {whole.total}
    assert [listed(page.frame, page.kind) for page in pages[:-2]] == [size] * (len(pages) - 2)
    paged = [row_id for page in pages for row_id in ([] if page.frame.empty else page.frame[key].drop_duplicates())]
    assert sorted(paged) == sorted(whole.frame[key].unique())
    assert len(paged) == whole.total


@pytest.mark.parametrize(("name", "moment"), [("nps", "answered_at"), ("complaints", "opened_at")])
def test_the_newest_come_first(name: str, moment: str, sample: Snapshot) -> None:
    first, second = (rows_behind(sample, name, Slice(), 40, start).frame[moment].tolist() for start in (0, 40))
    assert first + second == sorted(first + second, reverse=True)


def test_what_is_called_not_given_in_the_file_and_what_is_missing_are_one_group(warehouse: Warehouse) -> None:
    # as in data/maps/fr_nps_retail.toml, whose export does not name the team
    store(warehouse, answer("r1", team=NOT_GIVEN, segment=NOT_GIVEN), answer("r2", segment=None), answer("r3"))
    snapshot = take_snapshot(warehouse, Standards())
    for kept in (Slice.of(team=[NOT_GIVEN]), Slice.of(segment=[NOT_GIVEN]), Slice.of(team=[NOT_GIVEN, "甲"])):
        assert rows_behind(snapshot, "nps", kept).total == n_of(snapshot, "nps", kept) > 0


@pytest.mark.parametrize("name", ["complaints", "resolution_median", "visit_score"])
def test_what_has_no_sentiment_is_not_filtered_by_one(name: str, sample: Snapshot) -> None:
    kept = Slice.of(sentiment=["negative"])
    assert rows_behind(sample, name, kept).total == n_of(sample, name, kept) == 0


def test_the_comments_behind_a_sentiment_add_up_to_the_comments_scored(sample: Snapshot) -> None:
    labels = ("negative", "uncertain", "positive")
    totals = [rows_behind(sample, "negative_share", Slice.of(sentiment=[label]), 1).total for label in labels]
    (row,) = measure(sample, "negative_share")
    assert sum(totals) == row.reading.n
    assert row.reading.value == pytest.approx(100 * totals[0] / row.reading.n)


class TestOpenByAge:
    def test_ages_by_hand(self, warehouse: Warehouse) -> None:
        # known until 2026-05-09 12:00, when the last complaint was opened
        days = {"c1": "2026-05-09", "c2": "2026-05-06", "c3": "2026-05-05", "c4": "2026-04-29"}  # 0, 3, 4, 10 days
        store(
            warehouse,
            *(complaint(name, day) for name, day in days.items()),
            complaint("c5", "2026-04-29", resolved_at=None, team="乙"),
            source="complaints",
        )
        snapshot = take_snapshot(warehouse, Standards())
        found = {
            (*row.dims.values(),): row.reading.n for row in measure(snapshot, "open_complaints", ("team", "open_for"))
        }
        assert found == {("甲", "0-1d"): 1, ("甲", "1-3d"): 1, ("甲", "3-7d"): 1, ("甲", "7d+"): 1, ("乙", "7d+"): 1}

    @pytest.mark.parametrize("slice_", SLICES.values(), ids=SLICES)
    def test_every_age_of_a_team_opens_exactly_its_complaints(self, slice_: Slice, sample: Snapshot) -> None:
        rows = measure(sample, "open_complaints", ("team", "open_for"), slice_)
        assert sum(row.reading.n for row in rows) == n_of(sample, "open_complaints", slice_)
        for row in rows:
            behind = rows_behind(sample, "open_complaints", slice_.and_(**row.dims))
            assert len(behind.frame) == behind.total == row.reading.n
            assert row.reading.n == 0 or row.dims["open_for"] != "closed"


def test_visits_are_listed_with_all_their_items(warehouse: Warehouse) -> None:
    store(warehouse, item("V1", "问候"), item("V1", "着装"), item("V2", "问候"), source="visits")
    behind = rows_behind(take_snapshot(warehouse, Standards()), "visit_score", Slice(), limit=1)
    assert (behind.total, behind.frame["visit_id"].nunique()) == (2, 1)


def test_answers_behind_a_hidden_figure_are_counted_and_not_listed(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{place}", likelihood=9.0) for place in range(4)))
    behind = rows_behind(take_snapshot(warehouse, Standards()), "nps", Slice())
    assert (behind.total, len(behind.frame), behind.withheld) == (4, 0, True)
    shown = rows_behind(take_snapshot(warehouse, Standards(), 4), "nps", Slice())
    assert (shown.total, len(shown.frame), shown.withheld) == (4, 4, False)
