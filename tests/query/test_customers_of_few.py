"""The viewing minimum counts customers: six answers of one person are one person's opinion. On both stores."""

from __future__ import annotations

from datetime import timedelta

from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.query.teams.funnels import teams_on_funnel
from servq.records import Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import WEEK_18, Row, answer, store


def by_whom(team: str, *customers: str | None, **cells: object) -> list[Row]:
    """An answer of each of these customers to one team."""
    return [answer(f"{team}{i}", team=team, customer_id=who, **cells) for i, who in enumerate(customers)]


def snapshot_of(warehouse: Warehouse, *rows: Row) -> Snapshot:
    store(warehouse, *rows)
    return take_snapshot(warehouse, Standards())


def states(snapshot: Snapshot, metric: str = "nps", slice_: Slice | None = None) -> dict[str, State]:
    return {row.dims["team"]: row.reading.state for row in measure(snapshot, metric, ("team",), slice_)}


def test_six_answers_of_one_customer_are_hidden(warehouse: Warehouse) -> None:
    snapshot = snapshot_of(warehouse, *by_whom("甲", *["K1"] * 6))
    found = measure(snapshot, "nps")[0].reading
    assert (found.value, found.n, found.state) == (None, 6, State.HIDDEN)
    assert found.reason is not None
    assert "不足 5 位客户" in found.reason.zh
    behind = rows_behind(snapshot, "nps", Slice())
    assert (behind.total, len(behind.frame), behind.withheld) == (6, 0, True)


def test_thirty_answers_of_four_customers_are_hidden_and_of_five_shown(warehouse: Warehouse) -> None:
    four = by_whom("甲", *(f"K{place % 4}" for place in range(30)))
    five = by_whom("乙", *(f"M{place % 5}" for place in range(30)))
    snapshot = snapshot_of(warehouse, *four, *five, *by_whom("丙", *(None for _ in range(40))))
    # 乙 is the smallest other: all less 乙 and 丙 would be 甲
    assert states(snapshot) == {"甲": State.HIDDEN, "乙": State.HIDDEN, "丙": State.JUDGEABLE}
    assert measure(snapshot, "nps", (), Slice.of(team=["乙"]))[0].reading.value is not None
    assert measure(snapshot, "nps", (), Slice.of(team=["甲"]))[0].reading.value is None


def test_answers_of_nobody_known_count_one_each(warehouse: Warehouse) -> None:
    snapshot = snapshot_of(warehouse, *by_whom("甲", "K1", "K1", None, None, None, ""))
    assert measure(snapshot, "nps")[0].reading.state != State.HIDDEN, "K1 and four whom nobody knows"


def test_who_answered_something_else_does_not_count(warehouse: Warehouse) -> None:
    rows = by_whom("甲", *["K1"] * 6, *(f"M{place}" for place in range(9)), csat=4.0)
    for row in rows[6:]:
        row["likelihood"] = None
    snapshot = snapshot_of(warehouse, *rows)
    assert measure(snapshot, "nps")[0].reading.state == State.HIDDEN
    assert measure(snapshot, "csat")[0].reading.state != State.HIDDEN


def test_customers_are_counted_within_the_days_and_the_filter_asked_for(warehouse: Warehouse) -> None:
    """K1 answers six times in one week by web, six others once by phone, all of them the week before."""
    now = by_whom("甲", *["K1"] * 6, survey_mode="网页")
    now += by_whom("乙", *(f"M{place}" for place in range(6)), survey_mode="电话")
    before = (WEEK_18 - timedelta(days=5)).isoformat()
    rows = [*now, *by_whom("前", *(f"M{place}" for place in range(6)), "K1", day=before)]
    snapshot = snapshot_of(warehouse, *rows)
    week = Slice.of(WEEK_18, WEEK_18 + timedelta(days=6))
    assert measure(snapshot, "nps", (), week.and_(survey_mode="网页"))[0].reading.state == State.HIDDEN
    assert measure(snapshot, "nps", (), week.and_(survey_mode="电话"))[0].reading.state != State.HIDDEN
    assert measure(snapshot, "nps", (), week)[0].reading.state != State.HIDDEN
    one_day = Slice.of(WEEK_18 + timedelta(days=2), WEEK_18 + timedelta(days=2), survey_mode=["网页"])
    assert measure(snapshot, "nps", (), one_day)[0].reading.state == State.HIDDEN
    weeks = measure(snapshot, "nps", ("week", "team"))
    hidden = {row.dims["team"] for row in weeks if row.reading.state == State.HIDDEN}
    assert hidden == {"甲", "乙"}, "and 乙 of the same week, which would tell 甲"


def test_a_team_of_few_customers_is_not_on_the_funnel(warehouse: Warehouse) -> None:
    rows = by_whom("甲", *(f"K{place % 2}" for place in range(40)))
    for team in "乙丙":
        rows += by_whom(team, *(f"{team}{place}" for place in range(60 if team == "乙" else 50)))
    found = teams_on_funnel(snapshot_of(warehouse, *rows), "nps", Slice())
    assert ([placed.team for placed in found.placed], sorted(found.hidden)) == (["乙"], ["丙", "甲"])
