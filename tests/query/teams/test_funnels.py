"""Suppression on funnels: teams of few answers, and those that would reveal them, counted by hand on both stores."""

from __future__ import annotations

from servq.query import take_snapshot
from servq.query.teams.funnels import teams_on_funnel
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, store


def test_a_team_of_three_is_hidden_with_the_next_smallest_and_still_counts_in_the_centre(warehouse: Warehouse) -> None:
    # 40 answers of 10, 3 of 0, 8 of 8: 40 − 3 of 51 points; all less 甲 and 丙 would be 乙
    for team, n, likelihood in (("甲", 40, 10.0), ("乙", 3, 0.0), ("丙", 8, 8.0)):
        store(warehouse, *(answer(f"{team}{i}", team=team, likelihood=likelihood) for i in range(n)))
    found = teams_on_funnel(take_snapshot(warehouse, Standards()), "nps", Slice())
    assert [placed.team for placed in found.placed] == ["甲"]
    assert sorted(found.hidden) == ["丙", "乙"]
    assert found.centre == 100 * (40 - 3) / 51
