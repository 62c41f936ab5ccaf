"""Families of tests: readings that a page shows together are tested together in query, not on the page."""

from __future__ import annotations

from datetime import date

import pytest

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import compare_many, compare_with_target
from servq.metrics.verdicts import Standing, Verdict
from servq.query import Snapshot, measure
from servq.query.verdicts import best_and_worst, period_changes, promise_standing, standing_of
from servq.records import Reading, Slice, State

SHARE = Reading(70.0, 80, State.JUDGEABLE, low=60.0, high=78.0)


class TestAgainstATarget:
    def test_a_share_whose_whole_interval_is_below_its_target_misses_it(self) -> None:
        assert standing_of("sla_attainment", SHARE, 90.0) == Standing.MISSED
        assert standing_of("sla_attainment", SHARE, 75.0) == Standing.UNDECIDED
        assert standing_of("sla_attainment", SHARE, 60.0) == Standing.MET

    def test_of_a_metric_that_is_better_when_lower_it_is_the_other_way_round(self) -> None:
        assert standing_of("negative_share", SHARE, 90.0) == Standing.MET
        assert standing_of("negative_share", SHARE, 50.0) == Standing.MISSED

    def test_a_gap_below_zero_misses_what_was_expected(self) -> None:
        gap = Reading(-0.4, 60, State.JUDGEABLE, low=-0.6, high=-0.2)
        assert standing_of("attitude_gap", gap, 0.0) == Standing.MISSED

    def test_the_p_value_is_that_of_the_side_that_faces_the_target(self) -> None:
        # 70 − 90 = −20; the upper reach is 8, so z = 1.959964 · 20 / 8 = 4.89991, two-sided p = 9.6e-07
        change = compare_with_target(SHARE, 90.0, "higher")
        assert (change.delta, change.low, change.high) == (-20.0, -30.0, -12.0)
        assert change.p == pytest.approx(9.58e-07, rel=1e-3)
        assert change.verdict == Verdict.WORSE

    def test_a_target_within_the_interval_is_no_evidence(self) -> None:
        # 70 − 75 = −5; z = 1.959964 · 5 / 8 = 1.225, p = 0.2206
        change = compare_with_target(SHARE, 75.0, "higher")
        assert (change.p, change.verdict) == (pytest.approx(0.2206, abs=1e-4), Verdict.NO_EVIDENCE)

    def test_nothing_is_said_without_a_value_or_with_too_few(self) -> None:
        assert compare_with_target(Reading(None, 0, State.TOO_FEW), 90.0, "higher").p is None
        few = Reading(70.0, 9, State.TOO_FEW, low=40.0, high=89.0)
        assert compare_with_target(few, 90.0, "higher").verdict == Verdict.TOO_FEW


def test_the_best_and_the_worst_of_a_metric_that_is_better_when_lower() -> None:
    groups = {
        "官网": Reading(10.0, 200, State.JUDGEABLE, low=6.0, high=15.0),
        "OTA": Reading(40.0, 200, State.JUDGEABLE, low=33.0, high=47.0),
    }
    found = best_and_worst("negative_share", groups)
    assert found is not None
    assert (found.best, found.worst, found.verdict) == ("官网", "OTA", Verdict.WORSE)


def test_a_promise_without_a_target_is_kept_from_nine_of_ten_on(sample: Snapshot) -> None:
    within = Reading(95.0, 400, State.JUDGEABLE, low=92.0, high=97.0)
    assert promise_standing(sample, within, date(2026, 1, 5), None) == Standing.MET
    assert promise_standing(sample, SHARE, date(2026, 1, 5), None) == Standing.MISSED


def test_all_changes_of_two_periods_are_one_family(sample: Snapshot) -> None:
    names = ("nps", "csat", "negative_share", "first_response_median")
    last = max(sample.weeks)
    now, before = Slice(last, None), Slice(None, last)
    found = period_changes(sample, names, now, before)
    read = {name: [measure(sample, name, (), kept)[0].reading for kept in (now, before)] for name in names}
    apart = compare_many([(read[name][0], read[name][1], get_metric(name).better) for name in names]).changes
    assert list(found) == list(names)
    assert [one.change for one in found.values()] == apart
    assert [[one.now, one.before] for one in found.values()] == list(read.values())
