"""A mix that moved is no change of service: what the weekly page's figures say of it."""

from __future__ import annotations

import numpy as np
import pytest

from servq.metrics.verdicts import Verdict
from servq.query import WeekChanges, changes_in
from servq.records import Slice
from studies.worlds.company import WATCHED, Company
from studies.worlds.moved import MOVED

TOLD = {Verdict.BETTER, Verdict.WORSE}


def judged(company: Company) -> WeekChanges:
    return changes_in(company.snapshot(), WATCHED, Slice(), company.mondays[-1])


@pytest.fixture(scope="module", params=MOVED)
def moved(request: pytest.FixtureRequest) -> list[WeekChanges]:
    """Two companies of each world."""
    random = np.random.default_rng([91, list(MOVED).index(request.param)])
    return [judged(MOVED[request.param](random)) for _ in range(2)]


def test_a_total_that_only_its_mix_moved_is_not_said_to_be_better_or_worse(moved: list[WeekChanges]) -> None:
    for family in moved:
        whole = family.of("nps", {})
        assert whole is not None
        assert whole.change.verdict not in TOLD
        assert not whole.is_news


def test_the_two_parts_add_up_to_the_raw_difference_and_the_larger_one_is_named(moved: list[WeekChanges]) -> None:
    named = [cell for family in moved for cell in family.mixed if cell.metric == "nps" and not cell.dims]
    assert named
    for cell in named:
        assert cell.shift is not None
        assert cell.shift.rate + cell.shift.mix == pytest.approx(cell.change.delta)
        assert abs(cell.shift.mix) > abs(cell.shift.rate)
