"""Verbatims: the results of a search, and the timeline of one complaint."""

from __future__ import annotations

from datetime import date

import pytest

from servq.measures import NPS_BANDS
from servq.query import Snapshot, measure, take_snapshot
from servq.query.customers.verbatims import ORDERS, Search, every_voice, timeline_of, voices
from servq.records import Slice
from servq.standards import Standards, TimeLimit
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, complaint, store


@pytest.fixture
def small(warehouse: Warehouse) -> Snapshot:
    """Five answers, four of them with words; of these one hostile to a search, one without any words."""
    store(
        warehouse,
        answer("r1", likelihood=10.0, heard="positive", comment="100% 满意"),
        answer("r2", likelihood=2.0, heard="negative", comment="等了 100 分钟_", day="2026-04-30"),
        answer("r3", likelihood=8.0, heard="negative", comment="APP 太慢"),
        answer("r4", likelihood=None, heard="wordless", comment="。。。"),
        answer("r5", likelihood=9.0),
    )
    return take_snapshot(warehouse, Standards())


def found(snapshot: Snapshot, **wanted: str) -> list[str]:
    search = Search("surveys", Slice(), **wanted)  # type: ignore[arg-type]
    page = voices(snapshot, search, limit=10)
    assert page.total == len(page.frame) == len(every_voice(snapshot, search))
    return list(page.frame["response_id"])


class TestSearching:
    def test_only_answers_with_words_are_found_newest_first(self, small: Snapshot) -> None:
        assert found(small) == ["r2", "r1", "r3", "r4"]

    def test_sentiments_are_counted_whatever_sentiment_is_chosen(self, small: Snapshot) -> None:
        page = voices(small, Search("surveys", Slice(), sentiment="negative"), limit=1)
        assert page.by_sentiment == {"negative": 2, "positive": 1, "unscored": 1}
        assert (page.total, list(page.frame["response_id"])) == (2, ["r2"])

    @pytest.mark.parametrize(("band", "ids"), [("promoter", ["r1"]), ("passive", ["r3"]), ("detractor", ["r2"])])
    def test_a_band_is_that_of_the_nps(self, small: Snapshot, band: str, ids: list[str]) -> None:
        assert found(small, band=band) == ids
        assert sum(high - low + 1 for low, high in NPS_BANDS.values()) == 11

    @pytest.mark.parametrize(("fit", "ids"), [("high_negative", ["r6"]), ("low_positive", ["r8", "r7"])])
    def test_score_and_text_that_contradict_each_other_are_found_each_way(
        self, warehouse: Warehouse, fit: str, ids: list[str]
    ) -> None:
        store(
            warehouse,
            answer("r1", likelihood=10.0, heard="positive"),
            answer("r2", likelihood=10.0, heard="uncertain"),
            answer("r3", likelihood=8.0, heard="negative"),
            answer("r4", likelihood=10.0, heard="wordless"),
            answer("r5", likelihood=None, heard="negative"),
            answer("r6", likelihood=9.0, heard="negative"),
            answer("r7", likelihood=6.0, heard="positive"),
            answer("r8", likelihood=0.0, heard="positive", day="2026-05-01"),
        )
        assert found(take_snapshot(warehouse, Standards()), fit=fit) == ids

    @pytest.mark.parametrize(
        ("words", "ids"),
        [
            ("100 满意", ["r1"]),
            ("满意 OR 太慢", ["r1", "r3"]),
            ("100 -满意", ["r2"]),
            ("-100", ["r3", "r4"]),
            ('"等了 100"', ["r2"]),
            ('"了 满意"', []),
            ("100 满意 OR 分钟", ["r2", "r1"]),
        ],
    )
    def test_words_are_joined_by_and_or_quotes_and_minus(self, small: Snapshot, words: str, ids: list[str]) -> None:
        assert found(small, words=words) == ids

    @pytest.mark.parametrize(
        ("words", "ids"), [("100%", ["r1"]), ("钟_", ["r2"]), ("app", ["r3"]), ("%", ["r1"]), ("' OR 1=1 --", [])]
    )
    def test_what_is_typed_is_text_and_no_pattern(self, small: Snapshot, words: str, ids: list[str]) -> None:
        assert found(small, words=words) == ids

    def test_orders(self, small: Snapshot) -> None:
        assert found(small, order="lowest") == ["r2", "r3", "r1", "r4"]
        assert found(small, order="highest") == ["r1", "r3", "r2", "r4"]
        assert found(small, order="negative_first")[0] == "r2", "both sounds and scores low"

    def test_a_filter_that_answers_do_not_know_finds_nothing(self, small: Snapshot) -> None:
        page = voices(small, Search("surveys", Slice.of(category=["退改"])), limit=10)
        assert (page.total, page.by_sentiment, len(page.frame)) == (0, {}, 0)

    @pytest.mark.parametrize("kind", ORDERS)
    def test_in_the_sample_pages_hold_every_text_once_in_every_order(self, kind: str, sample: Snapshot) -> None:
        kept = Slice.of(date(2026, 9, 1), date(2026, 9, 9), channel=["OTA"])
        for order in ORDERS[kind]:  # type: ignore[index]
            search = Search(kind, kept, order=order)  # type: ignore[arg-type]
            whole = every_voice(sample, search)
            pages = [voices(sample, search, 7, start).frame for start in range(0, len(whole), 7)]
            assert [row_id for page in pages for row_id in page.iloc[:, 0]] == list(whole.iloc[:, 0])
            assert whole.iloc[:, 0].is_unique


class TestCourse:
    @pytest.fixture
    def told(self, warehouse: Warehouse) -> Snapshot:
        """c1 is answered after 40 minutes of the promised 30, c2 waits; both by the customer who answered r1."""
        noon = complaint("c1")["opened_at"]
        store(
            warehouse,
            complaint(
                "c1", channel="小程序", first_response_at=noon + 2400, resolved_at=noon + 7200, customer_id="k",
                order_id="o",
            ),
            complaint("c2", day="2026-05-01", customer_id="k"),
            complaint("c3", day="2026-05-03"),
            source="complaints",
        )  # fmt: skip
        store(warehouse, answer("r1", day="2026-05-02", customer_id="k", order_id="o"))
        promise = TimeLimit("小程序", "first_response", 0.5, "30 分钟", "30 minutes", date(2026, 1, 1))
        return take_snapshot(warehouse, Standards(promises=(promise,)))

    def test_its_clocks_stand_against_what_was_promised(self, told: Snapshot) -> None:
        course = timeline_of(told, "c1")
        assert course is not None
        assert course.first_response_hours == pytest.approx(2 / 3)
        assert (course.resolution_hours, course.limit_hours, course.within_limit) == (2.0, 0.5, False)
        assert course.promise is not None
        assert not course.is_open

    def test_what_the_customer_said_besides_is_listed_oldest_first(self, told: Snapshot) -> None:
        course = timeline_of(told, "c1")
        assert course is not None
        assert [(event.kind, event.same_order) for event in course.others] == [
            ("complaints", False),
            ("surveys", True),
        ]

    def test_one_that_waits_has_waited_until_the_last_moment_known(self, told: Snapshot) -> None:
        # c2 was opened at noon of May 1; the last thing known is c3, opened two days later
        course = timeline_of(told, "c2")
        assert course is not None
        assert (course.is_open, course.resolution_hours, course.first_response_hours) == (True, 48.0, 48.0)
        assert course.within_limit is False, "24 hours where nothing is promised"

    def test_a_customer_who_gave_no_name_is_not_taken_for_all_who_gave_none(self, told: Snapshot) -> None:
        course = timeline_of(told, "c3")
        assert course is not None
        assert course.others == ()

    def test_there_may_be_no_such_complaint(self, told: Snapshot) -> None:
        assert timeline_of(told, "nobody's") is None


def test_every_scored_comment_of_the_sample_is_found_by_its_sentiment(sample: Snapshot) -> None:
    page = voices(sample, Search("surveys", Slice()), limit=1)
    (row,) = measure(sample, "negative_share")
    scored = {name: count for name, count in page.by_sentiment.items() if name != "unscored"}
    assert sum(scored.values()) == row.reading.n
    assert row.reading.value == pytest.approx(100 * scored["negative"] / row.reading.n)
