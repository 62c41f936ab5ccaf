"""The evidence of a coaching talk: each figure opens as many rows as it says, and quotes mark the words that count."""

from __future__ import annotations

from datetime import date

import pytest

from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, rows_behind, take_snapshot
from servq.query.teams.coaching import checked, complained_of
from servq.query.teams.quoting import complaining, praising
from servq.query.teams.shopping import without_shoppers
from servq.records import Label, Picked, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, item, store

HALF_A_YEAR = Slice.of(date(2026, 3, 30), date(2026, 9, 27))
TEAM = "西湖门店组"
OWN = HALF_A_YEAR.and_(team=TEAM)


def test_an_item_that_fails_more_often_than_elsewhere_is_told(warehouse: Warehouse) -> None:
    # 甲: 12 of 30, Wilson 24.6–57.7 %; 乙: 2 of 30, 1.8–21.3 %. Apart by 33.33, down by √(15.41² + 14.66²) = 21.27
    for team, failed in (("甲", 12), ("乙", 2)):
        rows = (item(f"{team}{n}", "问候", team=team, points=0.0 if n < failed else 10.0) for n in range(30))
        store(warehouse, *rows, source="visits")
    snapshot = take_snapshot(warehouse, Standards())
    (found,) = checked(snapshot, Slice.of(team=["甲"]), Slice.of(team=["乙"]))
    assert (found.hits, found.own.n, found.own.value, found.topic) == (12, 30, 40.0, "问候")
    assert (round(found.own.low or 0, 1), round(found.own.high or 0, 1)) == (24.6, 57.7)
    assert found.change.verdict == Verdict.WORSE
    assert round(found.change.low or 0, 1) == 12.1
    assert rows_behind(snapshot, "visit_failed", found.slice_).total == 30


def test_without_others_an_item_is_not_judged(warehouse: Warehouse) -> None:
    store(warehouse, *(item(f"V{n}", "问候", points=0.0) for n in range(30)), source="visits")
    (found,) = checked(take_snapshot(warehouse, Standards()), Slice(), None)
    assert (found.change.verdict, found.against) == (Verdict.TOO_FEW, None)


def test_every_cause_of_a_team_opens_the_complaints_that_name_it(sample: Snapshot) -> None:
    found = complained_of(sample, HALF_A_YEAR, TEAM)
    assert found[0].name == found[0].topic == "attitude", "the planted decline is what they complain of most"
    for point in found:
        assert rows_behind(sample, "complaints", point.slice_, 1).total == point.hits
        assert point.own.n == rows_behind(sample, "complaints", OWN, 1).total


def test_sentences_are_marked_where_they_name_the_cause_and_name_nobody(sample: Snapshot) -> None:
    quotes = complaining(sample, OWN.and_(cause_category="attitude"), 3)
    assert len(quotes) == 3
    assert all(quote.text[start:end].strip() for quote in quotes for start, end in quote.places)
    assert not any("工号" in quote.text for quote in quotes)


def test_praise_opens_as_many_answers_as_it_counts(sample: Snapshot) -> None:
    found = praising(sample, OWN, 2)
    assert [one.item for one in found[:1]] == ["attitude"]
    for one in found:
        assert one.share.value == pytest.approx(100 * len(one.rows.ids) / one.share.n)
        behind = rows_behind(sample, one.rows, OWN)
        assert (behind.kind, behind.total, len(behind.frame)) == ("responses", len(one.rows.ids), len(one.rows.ids))
        assert all(quote.places and "但" not in quote.text for quote in one.quotes)


def test_a_handful_of_picked_answers_is_withheld(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{place}") for place in range(6)))
    snapshot = take_snapshot(warehouse, Standards())
    few, enough = (Picked(Label("", ""), tuple(f"r{place}" for place in range(n)), "responses") for n in (4, 5))
    assert (rows_behind(snapshot, few, Slice()).total, rows_behind(snapshot, few, Slice()).withheld) == (4, True)
    assert len(rows_behind(snapshot, enough, Slice()).frame) == 5


def test_picked_answers_of_few_customers_are_withheld_however_many_they_are(warehouse: Warehouse) -> None:
    """Six answers, five of K1 and one of nobody known, are of two customers; with four others' they are of six."""
    whose = ["K1"] * 5 + [None] + [f"M{place}" for place in range(4)]
    store(warehouse, *(answer(f"r{place}", customer_id=who) for place, who in enumerate(whose)))
    snapshot = take_snapshot(warehouse, Standards())
    two = Picked(Label("", ""), tuple(f"r{place}" for place in range(6)), "responses")
    six = Picked(Label("", ""), tuple(f"r{place}" for place in range(10)), "responses")
    found = rows_behind(snapshot, two, Slice())
    assert (found.total, len(found.frame), found.withheld) == (6, 0, True)
    page = rows_behind(snapshot, six, Slice(), limit=3, offset=1)
    assert (page.total, len(page.frame), page.withheld) == (10, 3, False), "the page is short, its customers are not"


def test_praise_of_few_customers_is_not_quoted(warehouse: Warehouse) -> None:
    whose = ["K1", "K1", "K1", "K2", "K2", "K2"]
    rows = [answer(f"r{n}", heard="positive", customer_id=who) for n, who in enumerate(whose)]
    store(warehouse, *(row | {"comment": "客服态度很好，非常热情"} for row in rows))
    snapshot = take_snapshot(warehouse, Standards())
    assert praising(snapshot, Slice(), 2) == []
    more = [answer(f"s{n}", heard="positive", customer_id=f"M{n}") for n in range(3)]
    store(warehouse, *(row | {"comment": "客服态度很好，非常热情"} for row in more))
    assert praising(take_snapshot(warehouse, Standards()), Slice(), 2), "five customers praise it"


def test_leaving_out_every_shopper_leaves_nothing(warehouse: Warehouse) -> None:
    store(warehouse, item("V1", "问候", shopper_id="M1"), source="visits")
    snapshot = take_snapshot(warehouse, Standards())
    assert rows_behind(snapshot, "visit_score", without_shoppers(snapshot, Slice(), ("M1",))).total == 0
    assert without_shoppers(snapshot, Slice(), ()) == Slice()
