"""A mix that moved is no change of service: what the weekly page's figures say of it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from servq.metrics.verdicts import Verdict
from servq.query import WeekChanges, changes_in
from servq.query.weekly.mix import MixShift, shift_between, told_shift
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


def asked(now: dict[str, int], before: dict[str, int]) -> Company:
    """Two weeks of one team: by telephone everybody gives a ten, on the web an eight."""
    rows = [
        (week, 0, 10 if mode == "电话" else 8, mode)
        for week, counts in enumerate((before, now))
        for mode, count in counts.items()
        for _ in range(count)
    ]
    answers = pd.DataFrame(rows, columns=["week", "team", "likelihood", "mode"])
    nobody = pd.DataFrame({"week": [0], "team": [0], "hours": [1.0], "resolved": [2.0]})
    return Company(2, answers, nobody, (0,))


def parts(company: Company) -> tuple[MixShift | None, MixShift | None]:
    """Both parts of the change as they are judged by, and as they are told."""
    before, now = (Slice(monday, monday + timedelta(days=6)) for monday in company.mondays)
    snapshot = company.snapshot()
    shift = shift_between(snapshot, "nps", {"team": "team 000"}, now, before)
    return shift, told_shift(snapshot, "nps", {"team": "team 000"}, now, before, shift)


def test_both_parts_are_told_where_every_mode_may_be_shown() -> None:
    # telephone 20 → 60 of 100, where NPS is 100 and on the web 0: all of the +40 is mix
    shift, told = parts(asked({"电话": 60, "网页": 40}, {"电话": 20, "网页": 80}))
    assert shift is not None
    assert (shift.rate, shift.mix) == pytest.approx((0, 40))
    assert told == shift


def test_parts_from_which_the_figure_of_a_few_would_follow_are_judged_by_and_not_told() -> None:
    shift, told = parts(asked({"电话": 3, "网页": 97}, {"电话": 20, "网页": 80}))
    assert shift is not None
    assert told is None
