"""A week with very few answers: its own figure is hidden, and that of no other week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, changes_in, measure, take_snapshot, weekly_course
from servq.query.measure import weekly
from servq.query.weekly.changes import COURSE_WEEKS
from servq.records import Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import WEEK_18, Row, answer, store


def a_week(back: int, promoters: int, detractors: int) -> list[Row]:
    """The answers of a week so many weeks ago."""
    day = (WEEK_18 - timedelta(weeks=back) + timedelta(days=2)).isoformat()
    scores = [10.0] * promoters + [3.0] * detractors
    return [answer(f"{back}-{place}", day=day, likelihood=score) for place, score in enumerate(scores)]


@pytest.fixture
def fallen(warehouse: Warehouse) -> Snapshot:
    """25 weeks of 100 answers at +38 and +42, three answers the week before them; now 90 answers at −18."""
    rows = a_week(0, 37, 53) + a_week(26, 0, 3)
    for back in range(1, 26):
        rows += a_week(back, 69 + 2 * (back % 2), 31 - 2 * (back % 2))
    store(warehouse, *rows)
    return take_snapshot(warehouse, Standards())


def test_the_old_tiny_week_hides_itself_only(fallen: Snapshot) -> None:
    course = weekly_course(fallen, "nps", Slice(), WEEK_18)
    hidden = [monday for monday, found in course if found is not None and found.state == State.HIDDEN]
    assert hidden == [WEEK_18 - timedelta(weeks=26)]
    assert len(course) == COURSE_WEEKS
    now = course[-1][1]
    assert now is not None
    assert now.value == pytest.approx(100 * (37 - 53) / 90)


def test_the_fall_is_said_with_its_sign(fallen: Snapshot) -> None:
    whole = changes_in(fallen, ["nps"], Slice(), WEEK_18).of("nps", {})
    assert whole is not None
    assert whole.change.verdict == Verdict.WORSE
    assert [(sign.is_news, sign.change.verdict) for sign in whole.signs] == [(True, Verdict.WORSE)]


def test_in_a_table_by_week_the_total_beside_it_still_tells_nothing(fallen: Snapshot) -> None:
    rows = measure(fallen, "nps", ("week",))
    assert sum(row.reading.state == State.HIDDEN for row in rows) == 2
    assert sum(found.state == State.HIDDEN for found in weekly(fallen, "nps", Slice()).values()) == 1


def test_a_team_hidden_for_anothers_sake_is_judged_and_its_figures_are_not_told(warehouse: Warehouse) -> None:
    """甲 has three answers a week, 乙 forty and is hidden for 甲's sake, 丙 two hundred; 乙 falls from +100 to −100."""
    for back in range(0, 20):
        day = (WEEK_18 - timedelta(weeks=back)).isoformat()
        for team, n in (("甲", 3), ("乙", 40), ("丙", 200)):
            fallen = team == "乙" and back == 0
            scores = [3.0 if fallen else 10.0] * n
            store(
                warehouse,
                *(answer(f"{team}{back}-{i}", day=day, team=team, likelihood=x) for i, x in enumerate(scores)),
            )
    cell = changes_in(take_snapshot(warehouse, Standards()), ["nps"], Slice(), WEEK_18).of("nps", {"team": "乙"})
    assert cell is not None
    assert cell.change.verdict == Verdict.WORSE
    assert (cell.now.state, cell.before.state) == (State.HIDDEN, State.HIDDEN)
    assert {sign.now.state for sign in cell.signs} | {State.HIDDEN} == {State.HIDDEN}
    assert (cell.change.delta, cell.change.low, cell.change.high) == (None, None, None)
