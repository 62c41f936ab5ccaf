"""Mystery shopping: doubled visits, rater severity, and planned visits that were not made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from servq.query import Snapshot, take_snapshot
from servq.query.measure import measure
from servq.query.teams.coverage import coverage
from servq.query.teams.shopping import doubled, shoppers
from servq.records import Slice
from servq.standards import Standards
from servq.visit_plan import Planned, VisitPlan
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, item, store

DAY = "2026-04-29"


def visit(number: int, shopper: str | None, points: tuple[float, ...] = (4.0, 3.0), **cells: Any) -> list[Row]:
    """A visit of two items, out of 5 points each."""
    where = {"outlet": "一店", "shopper_id": shopper, "day": DAY} | cells
    return [item(f"V{number}", f"第{place}项", given, **where) for place, given in enumerate(points, start=1)]


def looked_at(warehouse: Warehouse, *visits: list[Row]) -> Snapshot:
    store(warehouse, *(row for rows in visits for row in rows), source="visits")
    return take_snapshot(warehouse, Standards())


class TestDoubled:
    def test_another_shopper_at_the_same_outlet_on_the_same_day(self, warehouse: Warehouse) -> None:
        found = doubled(looked_at(warehouse, visit(1, "甲客", (5, 5)), visit(2, "乙客", (4, 3))), Slice())
        (pair,) = found.pairs
        assert (pair.day, pair.outlet, pair.shoppers) == (date(2026, 4, 29), "一店", ("甲客", "乙客"))
        assert pair.scores == (100.0, 70.0)
        assert (found.alpha.occasions, found.alpha.units) == (1, 2)

    @pytest.mark.parametrize(
        "second",
        [
            {"shopper": "甲客"},
            {"shopper": None},
            {"shopper": "乙客", "outlet": "二店"},
            {"shopper": "乙客", "team": "乙"},
            {"shopper": "乙客", "channel": "APP"},
            {"shopper": "乙客", "day": "2026-04-30"},
        ],
        ids=["the same shopper", "nobody named", "another outlet", "another team", "another channel", "the next day"],
    )
    def test_nothing_else_is_doubled(self, second: dict[str, Any], warehouse: Warehouse) -> None:
        found = doubled(looked_at(warehouse, visit(1, "甲客"), visit(2, **second)), Slice())
        assert found.pairs == ()
        assert found.alpha.value is None

    def test_without_an_outlet_the_team_is_the_place(self, warehouse: Warehouse) -> None:
        found = doubled(looked_at(warehouse, visit(1, "甲客", outlet=None), visit(2, "乙客", outlet=None)), Slice())
        assert len(found.pairs) == 1

    def test_three_shoppers_are_one_occasion_and_two_pairs(self, warehouse: Warehouse) -> None:
        shot = looked_at(warehouse, visit(1, "甲客"), visit(2, "乙客"), visit(3, "丙客"))
        found = doubled(shot, Slice())
        assert (found.alpha.occasions, len(found.pairs)) == (1, 2)

    def test_each_pair_opens_the_visits_of_its_place_and_day(self, sample: Snapshot) -> None:
        for pair in doubled(sample, Slice()).pairs:
            kept = Slice.of(pair.day, pair.day, channel=[pair.channel], team=[pair.team], outlet=[pair.outlet])
            assert measure(sample, "visit_score", (), kept)[0].reading.n >= 2

    def test_a_filter_that_visits_do_not_know_leaves_nothing(self, sample: Snapshot) -> None:
        kept = Slice.of(segment=["亲子"])
        assert doubled(sample, kept).pairs == ()
        assert shoppers(sample, kept) == []


class TestCoverage:
    PLAN = VisitPlan(
        (
            Planned("门店", "", "quarter", 3, date(2026, 1, 1)),
            Planned("门店", "甲", "month", 2, date(2026, 4, 1)),
        )
    )

    def test_visits_are_counted_in_their_month_and_up_to_the_day(self, warehouse: Warehouse) -> None:
        days = ("2026-04-01", "2026-04-30", "2026-05-01", "2026-05-09")
        shot = looked_at(warehouse, *(visit(number, "甲客", day=day) for number, day in enumerate(days)))
        found = coverage(shot, self.PLAN, date(2026, 5, 3), Slice())
        assert [(one.planned.every, one.first, one.made, one.missing, one.over) for one in found] == [
            ("quarter", date(2026, 1, 1), 0, 3, True),
            ("quarter", date(2026, 4, 1), 3, 0, False),
            ("month", date(2026, 4, 1), 2, 0, True),
            ("month", date(2026, 5, 1), 1, 1, False),
        ]

    def test_the_month_ends_with_its_last_day(self, warehouse: Warehouse) -> None:
        shot = looked_at(warehouse, visit(1, "甲客"))
        found = coverage(shot, self.PLAN, date(2026, 5, 31), Slice())
        assert [one.over for one in found if one.planned.every == "month"] == [True, True]

    def test_a_filter_keeps_its_channels_and_teams(self, warehouse: Warehouse) -> None:
        shot = looked_at(warehouse, visit(1, "甲客"))
        day = date(2026, 5, 3)
        assert coverage(shot, self.PLAN, day, Slice.of(channel=["APP"])) == []
        assert {one.planned.team for one in coverage(shot, self.PLAN, day, Slice.of(team=["乙"]))} == {""}

    def test_the_slice_of_a_period_holds_the_visits_made(self, sample: Snapshot) -> None:
        plan = VisitPlan((Planned("门店", "西湖门店组", "month", 10, date(2026, 4, 1)),))
        for one in coverage(sample, plan, date(2026, 9, 27), Slice()):
            assert measure(sample, "visit_score", (), one.slice_)[0].reading.n == one.made
