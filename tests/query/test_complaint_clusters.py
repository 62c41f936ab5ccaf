"""Complaints of one customer or order: what they are worth in a slice, counted by hand. On both stores."""

from __future__ import annotations

import pytest

from servq.metrics.judgement.funnel import Zone
from servq.metrics.statistics.intervals import count_interval, share_interval
from servq.query import Snapshot, measure, take_snapshot
from servq.query.teams.funnels import Placed, teams_on_funnel
from servq.records import Reading, Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start
from tests.warehouse.rows import WEEK_18, WEEK_19, Row, answer, complaint, store

OPENED = day_start(WEEK_18) + 12 * 3600


def case(name: str, customer: str | None, hours: float, **cells: object) -> Row:
    """A complaint answered and resolved after so many hours."""
    at = OPENED + round(hours * 3600)
    row = complaint(name, day=WEEK_18.isoformat(), first_response_at=at, resolved_at=at, **cells)
    return row | {"customer_id": customer}


def snapshot_of(warehouse: Warehouse, *rows: Row, answers: int = 0) -> Snapshot:
    end = complaint("end", day=WEEK_19.isoformat(), channel="APP", team="末")
    store(warehouse, *rows, end, source="complaints")
    if answers:
        store(warehouse, *(answer(f"a{place}") for place in range(answers)))
    return take_snapshot(warehouse, Standards())


def of(snapshot: Snapshot, metric: str, slice_: Slice | None = None) -> Reading:
    return measure(snapshot, metric, (), slice_ or Slice.of(channel=["OTA"]))[0].reading


def twelve(warehouse: Warehouse, known: bool = True) -> Snapshot:
    """Twelve complaints: four of A (slow), two of B and C by one order (quick), six of others, half of them slow."""
    rows = [case(f"a{place}", "A" if known else None, 40) for place in range(4)]
    rows += [case(f"o{who}", who if known else None, 1, order_id="X" if known else None) for who in "BC"]
    rows += [case(f"s{place}", f"S{place}" if known else None, 40 if place % 2 else 1) for place in range(6)]
    return snapshot_of(warehouse, *rows, answers=200)


def test_four_complaints_of_one_customer_are_worth_less_than_four(warehouse: Warehouse) -> None:
    snapshot = twelve(warehouse)
    alike = snapshot.complaints_alike
    assert 0 < alike["attained"] <= 1
    within = of(snapshot, "sla_attainment")
    worth = 144 / (12 + alike["attained"] * (4 * 3 + 2 * 1))  # A's four, and the two of one order
    assert (within.n, within.value) == (12, pytest.approx(100 * 5 / 12))
    assert within.effective == pytest.approx(worth)
    assert (within.low, within.high) == pytest.approx(share_interval(5 * worth / 12, worth))
    for clock in ("first_response_median", "resolution_median", "first_response_used"):
        assert of(snapshot, clock).effective == pytest.approx(144 / (12 + alike[_value(clock)] * 14))


def _value(clock: str) -> str:
    return "resolution" if clock.startswith("resolution") else "first_response"


def test_complaints_per_100_answers_vary_as_customers_come(warehouse: Warehouse) -> None:
    # Σ m² = 4² + 2² + 6 · 1 = 26 of 12: as 12² / 26 = 5.54 customers with 2.17 complaints each
    found = of(twelve(warehouse), "complaints_per_100")
    low, high = count_interval(144 / 26)
    assert found.value == pytest.approx(6.0)
    assert (found.low, found.high) == pytest.approx((low * 26 / 12 / 2, high * 26 / 12 / 2))


def test_where_no_customer_is_known_nothing_changes(warehouse: Warehouse) -> None:
    snapshot = twelve(warehouse, known=False)
    assert snapshot.complaints_alike == {}
    for metric in ("sla_attainment", "first_response_median", "reopen_rate", "complaints_per_100"):
        assert of(snapshot, metric).effective is None


def test_only_complaints_within_the_slice_are_paired(warehouse: Warehouse) -> None:
    rows = [case(f"x{place}", "A", 40, severity="高" if place < 2 else "低") for place in range(6)]
    rows += [case(f"y{place}", f"S{place}", 1, severity="高") for place in range(8)]
    snapshot = snapshot_of(warehouse, *rows)
    found, alike = of(snapshot, "sla_attainment", Slice.of(severity=["高"])), snapshot.complaints_alike["attained"]
    assert (found.n, found.effective) == (10, pytest.approx(100 / (10 + 2 * alike)))


def test_twelve_complaints_of_one_customer_are_too_few_to_judge(warehouse: Warehouse) -> None:
    rows = [case(f"x{place}", "A", 40) for place in range(12)]
    rows += [case(f"y{place}", f"S{place}", 1 if place % 2 else 40, team="乙") for place in range(12)]
    snapshot = snapshot_of(warehouse, *rows)
    mine, theirs = (of(snapshot, "sla_attainment", Slice.of(team=[team])) for team in "甲乙")
    assert (mine.n, mine.state) == (12, State.TOO_FEW)
    assert (theirs.n, theirs.state) == (12, State.JUDGEABLE)


def test_a_team_whose_bad_cases_are_one_customer_is_within_the_funnel(warehouse: Warehouse) -> None:
    """甲, 乙, 丙: 200 complaints each, 30 slow; 甲 has 15 more slow ones, all of one customer, or of fifteen."""

    def rows(of_one: bool) -> list[Row]:
        found = [case(f"{t}{n}", f"{t}{n}", 40 if n < 30 else 1, team=t) for t in "甲乙丙" for n in range(200)]
        return found + [case(f"more{n}", "A" if of_one else f"A{n}", 40, team="甲") for n in range(15)]

    days = Slice.of(team=["甲", "乙", "丙"])
    apart = _placed(snapshot_of(warehouse, *rows(of_one=False)), days)
    assert (apart.n, apart.zone_adjusted) == (215, Zone.BELOW)
    store(warehouse, *rows(of_one=True), source="complaints", replace=True)
    one = _placed(take_snapshot(warehouse, Standards()), days)
    assert (one.n, one.zone_adjusted) == (215, Zone.INSIDE)
    assert one.effective is not None
    assert 100 < one.effective < 130, "15 of one customer: 215² ÷ (215 + 210 ρ), ρ near 1"


def _placed(snapshot: Snapshot, days: Slice) -> Placed:
    return next(placed for placed in teams_on_funnel(snapshot, "sla_attainment", days).placed if placed.team == "甲")
