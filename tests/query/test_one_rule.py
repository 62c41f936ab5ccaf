"""A changed limit: both periods are judged by one limit, and the day of the change is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, changes_in, measure, take_snapshot, weekly_course
from servq.query.one_rule import comparable, limit_changed, pair_by_one_rule
from servq.query.teams.coaching_report import Evidence
from servq.query.teams.team_comparison import TeamPeriod, beside_past
from servq.records import Slice
from servq.standards import FIRST_RESPONSE, Standards, TimeLimit
from servq.ui.team.coaching_words import against
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start
from tests.warehouse.rows import WEEK_18, WEEK_19, complaint, store

OLD = TimeLimit("OTA", FIRST_RESPONSE, 24.0, "", "", date(2025, 1, 1))
NEW = TimeLimit("OTA", FIRST_RESPONSE, 1.0, "", "", WEEK_18)
LAST = WEEK_18 - timedelta(weeks=1)
WEEKS = 28


def stable(warehouse: Warehouse, standards: Standards, late: int = 0) -> Snapshot:
    """Each week 40 cases of OTA: 16 answered in half an hour, 22 in ten hours, 2 in thirty; in the last `late` more.

    Within a day 95 %, within an hour 40 %, every week.
    """
    rows = []
    for back in range(WEEKS):
        noon = day_start(WEEK_18 - timedelta(weeks=back)) + 12 * 3600
        slow = late if back == 0 else 0
        waits = [0.5] * (16 - slow) + [10.0] * (22 + slow) + [30.0] * 2
        day = (WEEK_18 - timedelta(weeks=back)).isoformat()
        rows += [
            complaint(f"{back}-{i}", day=day, first_response_at=noon + round(wait * 3600))
            for i, wait in enumerate(waits)
        ]
    rows.append(complaint("end", day=WEEK_19.isoformat(), channel="APP"))
    store(warehouse, *rows, source="complaints")
    return take_snapshot(warehouse, standards)


CHANGED = Standards(promises=(OLD, NEW))
KEPT = Slice.of(channel=["OTA"])


def test_a_new_limit_alone_is_no_news(warehouse: Warehouse) -> None:
    family = changes_in(stable(warehouse, CHANGED), ["sla_attainment", "first_response_used"], Slice(), WEEK_18)
    assert family.news == []
    cell = family.of("sla_attainment", {})
    assert cell is not None
    assert (cell.now.value, cell.before.value) == (40.0, 40.0), "both by the limit of an hour"
    assert (cell.change.delta, cell.change.verdict) == (0.0, Verdict.NO_EVIDENCE)


def test_a_figure_that_stands_alone_is_counted_by_the_limit_of_its_day(warehouse: Warehouse) -> None:
    snapshot = stable(warehouse, CHANGED)
    weekly = {row.dims["week"]: row.reading.value for row in measure(snapshot, "sla_attainment", ("week",), KEPT)}
    assert (weekly[WEEK_18.isoformat()], weekly[LAST.isoformat()]) == (40.0, 95.0)


def test_the_control_chart_knows_one_limit_too(warehouse: Warehouse) -> None:
    course = weekly_course(stable(warehouse, CHANGED), "sla_attainment", KEPT, WEEK_18)
    assert {found.value for _, found in course if found is not None} == {40.0}


def test_slower_answers_in_the_week_of_the_change_are_told_with_its_day(warehouse: Warehouse) -> None:
    family = changes_in(stable(warehouse, CHANGED, late=15), ["sla_attainment"], Slice(), WEEK_18)
    told = [cell for cell in family.news if cell.metric == "sla_attainment"]
    assert [(cell.now.value, cell.limit_since) for cell in told] == [(2.5, WEEK_18)]
    unchanged = changes_in(stable(warehouse, CHANGED, late=15), ["nps"], Slice(), WEEK_18)
    assert {cell.limit_since for cell in unchanged.cells} <= {None}


def test_a_limit_of_another_channel_or_another_time_changes_nothing(warehouse: Warehouse) -> None:
    elsewhere = TimeLimit("门店", FIRST_RESPONSE, 2.0, "", "", WEEK_18)
    snapshot = stable(warehouse, Standards(promises=(OLD, elsewhere)))
    days = KEPT.between(LAST, WEEK_18 + timedelta(days=6))
    assert limit_changed(snapshot, "sla_attainment", days) is None
    same = TimeLimit("OTA", FIRST_RESPONSE, 24.0, "said anew", "", WEEK_18)
    assert comparable(take_snapshot(warehouse, Standards(promises=(OLD, same))), "sla_attainment", days).as_of
    again = take_snapshot(warehouse, Standards(promises=(OLD, same)))
    assert comparable(again, "sla_attainment", days) is again


def test_two_periods_of_a_team_are_compared_by_the_later_limit(warehouse: Warehouse) -> None:
    snapshot = stable(warehouse, CHANGED)
    four = KEPT.between(WEEK_18, WEEK_18 + timedelta(days=6)), KEPT.between(LAST, LAST + timedelta(days=6))
    assert [found.value for found in pair_by_one_rule(snapshot, "sla_attainment", *four)] == [40.0, 40.0]
    assert [found.value for found in pair_by_one_rule(snapshot, "complaints", *four)] == [40, 40]


def test_a_team_beside_its_past_is_told_the_day_of_the_new_limit(warehouse: Warehouse) -> None:
    """甲's week beside the week before: 1 of 40 within the hour, and 16; another limit from this Monday on."""
    snapshot = stable(warehouse, CHANGED, late=15)
    own = Slice.of(team=["甲"], channel=["OTA"])
    now, before = (own.between(monday, monday + timedelta(days=6)) for monday in (WEEK_18, LAST))
    team = TeamPeriod("甲", ("OTA",), WEEK_18, now, before, None, now)
    past = {one.metric: one for one in beside_past(snapshot, team)}
    within = past["sla_attainment"]
    assert (within.now.value, within.against.value, within.limit_since) == (2.5, 40.0, WEEK_18)
    assert {one.limit_since for name, one in past.items() if name != "sla_attainment"} == {None}
    line = against(Evidence("past", "", within, within.change))
    assert "时限自 2026-04-27 起变更" in line
    unchanged = {one.metric: one for one in beside_past(stable(warehouse, Standards(promises=(OLD,))), team)}
    assert unchanged["sla_attainment"].limit_since is None


@pytest.mark.parametrize(("day", "told"), [(LAST, None), (LAST + timedelta(days=1), LAST + timedelta(days=1))])
def test_the_first_day_of_what_is_compared_is_no_change_within_it(
    warehouse: Warehouse, day: date, told: date | None
) -> None:
    snapshot = stable(warehouse, Standards(promises=(OLD, TimeLimit("OTA", FIRST_RESPONSE, 1.0, "", "", day))))
    days = KEPT.between(LAST, WEEK_18 + timedelta(days=6))
    assert limit_changed(snapshot, "sla_attainment", days) == told
