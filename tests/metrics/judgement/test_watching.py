"""Change detection: a cell is reported where both its control chart and a comparison with its own past say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from scipy.stats import norm

from servq.metrics.judgement.change_detection import Looked, restlessness, watch
from servq.metrics.statistics.intervals import nps_interval
from servq.metrics.verdicts import ChartRule, Verdict
from servq.records import Reading, State

STEADY = [30.0, 34.0, 28.0, 33.0] * 7
"""28 weeks around 31."""


def nps(value: float, n: int) -> Reading:
    """An NPS of n answers, without passives."""
    up = round(n * (1 + value / 100) / 2)
    low, high = nps_interval(up, n - up, n)
    return Reading(100 * (2 * up - n) / n, n, State.JUDGEABLE, low=low, high=high)


def cell(
    now: float,
    before: float,
    course: Sequence[float | None],
    n: int = 400,
    rule: ChartRule = ChartRule.OUTSIDE,
    past: float = 31,
) -> Looked:
    return Looked("higher", (nps(now, n), nps(before, n)), {rule: (nps(now, n), nps(past, 26 * n))}, lambda: course)


def test_a_fall_beyond_the_limits_that_many_answers_bear_out_is_news() -> None:
    (found,), tested = watch([cell(0, 30, [*STEADY, 30.0, 0.0])])
    assert tested == 2
    (sign,) = found.signs
    assert (sign.rule, sign.lasting, sign.is_news) == (ChartRule.OUTSIDE, 1, True)
    assert sign.change.verdict is Verdict.WORSE
    assert found.change.verdict is Verdict.WORSE


def test_a_point_outside_the_limits_of_few_answers_is_not() -> None:
    (found,), _ = watch([cell(0, 30, [*STEADY, 30.0, 0.0], n=30)])
    assert found.signs == ()
    assert found.change.verdict is Verdict.NO_EVIDENCE


def test_neither_is_a_difference_that_the_series_makes_every_other_week() -> None:
    restless = [60.0, 0.0] * 14
    (found,), _ = watch([cell(0, 3, [*restless, 3.0, 0.0])])
    assert found.signs == ()


def test_what_began_three_weeks_ago_is_no_news() -> None:
    (found,), _ = watch([cell(0, 1, [*STEADY, 0.0, 1.0, 0.0])])
    (sign,) = found.signs
    assert (sign.lasting, sign.is_news) == (3, False)


def test_a_rule_counts_only_in_the_direction_of_the_comparison() -> None:
    # the last eight weeks lie above the centre, the comparison says lower: the two speak of different things
    (found,), _ = watch([cell(0, 0, [*STEADY, *[33.0] * 8], rule=ChartRule.RUN)])
    assert found.signs == ()


def test_without_limits_only_the_week_before_is_left_to_compare_with() -> None:
    (found,), _ = watch([cell(0, 60, [60.0] * 6 + [0.0])])
    assert found.signs == ()
    assert found.change.verdict is Verdict.WORSE


def test_the_course_is_asked_only_where_a_comparison_bears_something_out() -> None:
    def never() -> list[float | None]:
        raise AssertionError

    quiet = Looked("higher", (nps(30, 400), nps(31, 400)), {ChartRule.OUTSIDE: (nps(30, 400), nps(31, 9000))}, never)
    assert watch([quiet]).cells[0].signs == ()


def test_a_clock_is_compared_by_the_spread_of_its_own_series() -> None:
    # a dozen clocks: 44 minutes, the interval begins at 25; the medians of 26 weeks lay between 15 and 21
    now = Reading(44 / 60, 12, State.JUDGEABLE, low=25 / 60, high=80 / 60)
    past = Reading(18 / 60, 300, State.JUDGEABLE, low=17 / 60, high=19 / 60)
    steady = [minutes / 60 for minutes in (18, 20, 16, 19, 17, 21, 15)] * 4
    windows = {ChartRule.OUTSIDE: (now, past)}
    clock, other = (
        Looked("lower", (now, past), windows, lambda: [*steady, now.value], own_spread=own) for own in (True, False)
    )
    p = {own: watch([each]).cells[0].signs[0].change.p for own, each in ((True, clock), (False, other))}
    assert (p[True] or 0) < 1e-4 < (p[False] or 0)


class TestWeeksThatVaryByThemselves:
    """Sampling gives a group's week a deviation of 1: its past of 26 weeks has the interval ±1.96 / √26."""

    PAST = Reading(31.0, 2600, State.JUDGEABLE, low=31 - 1.959964 / 26**0.5, high=31 + 1.959964 / 26**0.5)

    def group(self, deviation: float) -> tuple[list[float | None], Reading]:
        """Weeks whose changes show so large a deviation: each is 1.128 deviations from the one before."""
        return [31.0, 31.0 + 1.128 * deviation] * 14, self.PAST

    def test_how_restless_a_metric_is_is_the_middle_of_its_groups(self) -> None:
        groups = [self.group(deviation) for deviation in (1.0, 1.5, 2.0, 2.5, 9.0)]
        assert restlessness(groups) == pytest.approx(2.0)

    def test_one_group_that_changed_or_few_groups_say_nothing_of_the_metric(self) -> None:
        assert restlessness([*[self.group(1.0)] * 6, self.group(5.0)]) == pytest.approx(1.0)
        assert restlessness([self.group(3.0)] * 4) == 1.0

    def test_weeks_that_vary_less_than_their_rows_explain_make_nothing_surer(self) -> None:
        assert restlessness([self.group(0.5)] * 6) == 1.0

    def test_a_comparison_is_as_much_less_sure_as_the_weeks_are_restless(self) -> None:
        fallen = cell(12, 30, [*STEADY, 30.0, 12.0])
        p, widened = (watch([replace(fallen, restless=by)]).cells[0].change.p for by in (1.0, 2.0))
        assert p is not None
        assert widened == pytest.approx(2 * norm.sf(norm.isf(p / 2) / 2))
