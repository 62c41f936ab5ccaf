"""Open cases among teams: leaving slow cases open makes no team better, on both stores."""

from __future__ import annotations

import pytest

from servq.metrics.judgement.funnel import Zone
from servq.query import measure, rows_behind, take_snapshot
from servq.query.teams.funnels import SLOWER, teams_on_funnel
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start
from tests.warehouse.rows import WEEK_18, Row, complaint, store

OPENED = day_start(WEEK_18) + 12 * 3600
HOUR = 3600


def closed(name: str, team: str, hours: float, opened: int = OPENED) -> Row:
    """A case answered and resolved after so many hours."""
    at = opened + round(hours * HOUR)
    return complaint(name, team=team) | {"opened_at": opened, "first_response_at": at, "resolved_at": at}


def left_open(name: str, team: str, opened: int = OPENED) -> Row:
    return complaint(name, team=team) | {"opened_at": opened}


@pytest.mark.parametrize("metric", SLOWER)
def test_a_team_that_leaves_its_slow_cases_open_is_like_the_others(warehouse: Warehouse, metric: str) -> None:
    """Three teams of 120: 60 of one hour, 60 of a hundred; 庚 leaves its 60 slow ones open for 500 hours.

    Half of all cases take an hour and half at least a hundred: the median lies between, half of each team is slower.
    """
    rows = [closed(f"{team}{place}", team, 1) for team in "甲乙庚" for place in range(60)]
    rows += [closed(f"{team}slow{place}", team, 100) for team in "甲乙" for place in range(60)]
    rows += [left_open(f"庚slow{place}", "庚") for place in range(60)]
    rows.append(closed("last", "丁", 1, OPENED + 499 * HOUR))  # the data end here: 500 hours after the others opened
    store(warehouse, *rows, source="complaints")
    found = teams_on_funnel(take_snapshot(warehouse, Standards()), metric, Slice.of(team=["甲", "乙", "庚"]))
    alike = dict.fromkeys("甲乙庚", (120, 50.0, Zone.INSIDE))
    assert {placed.team: (placed.n, placed.value, placed.zone) for placed in found.placed} == alike
    assert {placed.zone_adjusted for placed in found.placed} == {Zone.INSIDE}


def test_cases_younger_than_the_median_count_for_nobody_closed_or_not(warehouse: Warehouse) -> None:
    """The median of all is ten hours. 甲's twenty of the last five hours were closed within one of them, 乙's were not:
    of neither is it known yet how many take longer than ten.
    """
    rows = [
        closed(f"{team}{hours}-{place}", team, hours) for team in "甲乙" for hours in (5, 10, 20) for place in range(40)
    ]
    recent = OPENED + 100 * HOUR
    rows += [closed(f"甲new{place}", "甲", 1, recent) for place in range(20)]
    rows += [left_open(f"乙new{place}", "乙", recent) for place in range(20)]
    rows.append(closed("last", "丁", 1, recent + 4 * HOUR))
    store(warehouse, *rows, source="complaints")
    found = teams_on_funnel(take_snapshot(warehouse, Standards()), "resolution_median", Slice.of(team=["甲", "乙"]))
    assert {placed.team: (placed.n, round(placed.value, 2)) for placed in found.placed} == {
        "甲": (120, 33.33),
        "乙": (120, 33.33),
    }


def test_attainment_opens_the_cases_whose_limit_has_passed(warehouse: Warehouse) -> None:
    """Limit a day, data end after 30 hours: of 12 old cases 3 were late; 8 new ones were all answered at once."""
    rows = [closed(f"old{place}", "甲", 25 if place < 3 else 1) for place in range(12)]
    rows += [closed(f"new{place}", "甲", 0.5, OPENED + 28 * HOUR) for place in range(8)]
    rows.append(closed("end", "乙", 1, OPENED + 29 * HOUR))
    store(warehouse, *rows, source="complaints")
    snapshot = take_snapshot(warehouse, Standards())
    found = measure(snapshot, "sla_attainment", (), Slice.of(team=["甲"]))[0].reading
    assert (found.value, found.n, found.excluded) == (75.0, 12, {"still_running": 8})
    assert rows_behind(snapshot, "sla_attainment", Slice.of(team=["甲"])).total == 12
    funnel = teams_on_funnel(snapshot, "sla_attainment", Slice.of(team=["甲"]))
    assert [(placed.n, placed.value) for placed in funnel.placed] == [(12, 75.0)]
