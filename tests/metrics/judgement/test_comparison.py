"""Comparison of two readings: interval, verdict and family."""

import math

import pytest
from scipy import stats

from servq.metrics.catalog import METRICS
from servq.metrics.judgement.comparison import (
    Better,
    against_target,
    by_t,
    compare,
    compare_many,
    judge_together,
    spread,
)
from servq.metrics.metric import Facts
from servq.metrics.verdicts import Change, Standing, Verdict
from servq.records import Label, Reading, State


def nps(promoters: int, detractors: int, n: int) -> Reading:
    counts = {"likelihood_10": promoters, "likelihood_0": detractors, "likelihood_8": n - promoters - detractors}
    return METRICS["nps"].read(Facts(counts | {"responses": n}))


def figure(value: float, low: float | None, high: float | None, state: State = State.JUDGEABLE) -> Reading:
    return Reading(value, 100, state, low=low, high=high)


COUNT = Reading(12.0, 12, State.JUDGEABLE)
NOTHING = Reading(None, 0, State.TOO_FEW, reason=Label("没有", "nothing"))
NOT_REACHED = Reading(None, 60, State.JUDGEABLE, low=9.0, reason=Label("太多", "too many"))


def test_mover_by_hand() -> None:
    # 40 (33 … 46) against 30 (26 … 33): 10 − √(7² + 3²) = 2.384, 10 + √(6² + 4²) = 17.211
    change = compare(figure(40, 33, 46), figure(30, 26, 33), "higher")
    assert (change.delta, change.low, change.high) == pytest.approx((10, 2.384, 17.211), abs=0.001)
    # the side that faces 0 reaches 7.616: z = 1.96 · 10 / 7.616 = 2.573, p = 0.0101
    assert change.p == pytest.approx(2 * stats.norm.sf(1.959964 * 10 / math.sqrt(58)), abs=1e-6)
    assert change.verdict == Verdict.BETTER


def test_newcombes_example_of_two_shares() -> None:
    # Newcombe 1998 (Statistics in Medicine 17, 873), method 10: 56/70 − 48/80, 95 % 0.0524 … 0.3339
    now = METRICS["csat"].read(Facts({"csat_satisfied": 56, "csat_n": 70, "responses": 70}))
    before = METRICS["csat"].read(Facts({"csat_satisfied": 48, "csat_n": 80, "responses": 80}))
    change = compare(now, before, "higher")
    assert (change.delta, change.low, change.high) == pytest.approx((20, 5.24, 33.39), abs=0.006)


@pytest.mark.parametrize(("better", "verdict"), [("higher", Verdict.WORSE), ("lower", Verdict.BETTER)])
def test_the_direction_decides_what_a_fall_means(better: Better, verdict: Verdict) -> None:
    assert compare(figure(20, 15, 25), figure(40, 35, 45), better).verdict == verdict


def test_the_change_back_is_the_mirror_image() -> None:
    there, back = (
        compare(nps(60, 10, 100), nps(40, 30, 100), "higher"),
        compare(nps(40, 30, 100), nps(60, 10, 100), "higher"),
    )
    assert there.delta == -(back.delta or 0)
    assert (there.low, there.high) == pytest.approx((-(back.high or 0), -(back.low or 0)))
    assert there.p == pytest.approx(back.p)
    assert (there.verdict, back.verdict) == (Verdict.BETTER, Verdict.WORSE)


@pytest.mark.parametrize("promoters", range(30, 71, 2))
def test_verdict_p_and_interval_never_contradict_each_other(promoters: int) -> None:
    change = compare(nps(promoters, 20, 100), nps(50, 20, 100), "higher")
    assert change.low is not None
    assert change.high is not None
    assert change.p is not None
    told_apart = not change.low <= 0 <= change.high
    assert told_apart == (change.p < 0.05) == (change.verdict != Verdict.NO_EVIDENCE)


def test_no_difference_at_all_is_no_change() -> None:
    change = compare(nps(50, 20, 100), nps(50, 20, 100), "higher")
    assert (change.delta, change.p, change.verdict) == (0, 1, Verdict.NO_EVIDENCE)


def test_under_thirty_answers_nothing_is_said_however_large_the_difference() -> None:
    change = compare(nps(29, 0, 29), nps(0, 100, 100), "higher")
    assert change.verdict == Verdict.TOO_FEW
    assert change.delta == 200  # the figures are still there to be shown


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (COUNT, COUNT, Verdict.NONE),  # a count has no interval: the difference is shown, nothing is concluded
        (NOTHING, figure(3, 2, 4), Verdict.TOO_FEW),
        (figure(3, 2, 4), NOTHING, Verdict.TOO_FEW),
        (NOT_REACHED, figure(3, 2, 4), Verdict.NONE),
        (figure(3, None, None, State.TOO_FEW), figure(3, 2, 4), Verdict.TOO_FEW),
    ],
)
def test_what_cannot_be_compared(now: Reading, before: Reading, verdict: Verdict) -> None:
    change = compare(now, before, "lower")
    assert (change.verdict, change.low, change.high, change.p) == (verdict, None, None, None)


def test_a_metric_without_direction_is_never_judged() -> None:
    assert compare(figure(20, 15, 25), figure(40, 35, 45), "none").verdict == Verdict.NONE


def test_an_upper_limit_not_reached_still_allows_to_say_worse() -> None:
    # P90 at 20 hours, at least 12, upper end not reached; before 8 (6 … 9): 12 − √(8² + 1²) = 3.94 and up, no end
    change = compare(figure(20, 12, None), figure(8, 6, 9), "lower")
    assert change.low == pytest.approx(12 - math.sqrt(65))
    assert (change.high, change.verdict) == (None, Verdict.WORSE)
    # the other way round the open end faces 0: nothing can be said about an improvement
    assert compare(figure(5, 4, None), figure(8, 7, 9), "lower").verdict == Verdict.NO_EVIDENCE


def test_many_cells_are_judged_together() -> None:
    still = (nps(50, 20, 100), nps(50, 20, 100), "higher")
    moved = (nps(20, 50, 100), nps(50, 20, 100), "higher")
    barely = (nps(42, 36, 100), nps(50, 20, 100), "higher")
    assert compare(*barely).verdict == Verdict.WORSE  # alone it would be told (p = 0.04)
    found = compare_many([moved, *[still] * 18, barely])
    assert found.tested == 20
    assert [change.verdict for change in found.changes] == [Verdict.WORSE] + [Verdict.NO_EVIDENCE] * 19


def test_adjusted_p_values_are_scipys() -> None:
    pairs = [(nps(50 - shift, 20 + shift, 100), nps(50, 20, 100), "higher") for shift in range(8)]
    single = [compare(*pair).p for pair in pairs]
    found = [change.p_adjusted for change in compare_many(pairs).changes]
    assert found == pytest.approx(stats.false_discovery_control(single).tolist())


def test_cells_that_cannot_be_judged_are_not_counted_as_tested() -> None:
    found = compare_many(
        [(nps(5, 1, 10), nps(5, 1, 10), "higher"), (COUNT, COUNT, "lower"), (NOTHING, NOTHING, "higher")]
    )
    assert found.tested == 0
    assert [change.verdict for change in found.changes] == [Verdict.TOO_FEW, Verdict.NONE, Verdict.TOO_FEW]
    assert compare_many([]) == ([], 0)


def test_a_change_is_pointed_out_only_when_its_own_interval_leaves_zero_out() -> None:
    pair = (nps(42, 28, 100), nps(50, 20, 100), "higher")
    alone = compare_many([pair]).changes[0]
    assert alone.p_adjusted is not None
    assert 0.05 < alone.p_adjusted < 0.2
    assert alone.verdict == Verdict.NO_EVIDENCE


@pytest.mark.parametrize(
    ("reading", "target", "better", "standing"),
    [
        (figure(40, 36, 44), 35, "higher", Standing.MET),
        (figure(40, 35, 44), 35, "higher", Standing.MET),  # exactly at the target is met
        (figure(40, 34, 44), 35, "higher", Standing.UNDECIDED),
        (figure(30, 26, 34), 35, "higher", Standing.MISSED),
        (figure(30, 26, 35), 35, "higher", Standing.UNDECIDED),
        (figure(2, 1, 3), 4, "lower", Standing.MET),
        (figure(4, 3, 6), 4, "lower", Standing.UNDECIDED),
        (figure(9, 5, None), 4, "lower", Standing.MISSED),  # upper end not reached: above all the same
        (figure(2, 1, None), 4, "lower", Standing.UNDECIDED),
        (NOT_REACHED, 4, "lower", Standing.MISSED),  # no median yet, but at least 9 hours
        (COUNT, 12, "lower", Standing.MET),
        (COUNT, 11, "lower", Standing.MISSED),
        (COUNT, 13, "higher", Standing.MISSED),
        (COUNT, 13, "none", Standing.UNDECIDED),
        (figure(40, 36, 44, State.INDICATIVE), 35, "higher", Standing.TOO_FEW),
        (NOTHING, 35, "higher", Standing.TOO_FEW),
    ],
)
def test_a_target_is_met_or_missed_only_by_the_whole_interval(
    reading: Reading, target: float, better: Better, standing: Standing
) -> None:
    assert against_target(reading, target, better) == standing


def test_spread_between_best_and_worst_channel() -> None:
    found = spread({"官网": figure(40, 36, 44), "APP": figure(30, 27, 33), "门店": figure(10, 6, 14)}, "higher")
    assert found is not None
    assert (found.best, found.worst, found.difference, found.among) == ("官网", "门店", 30, 3)
    # three pairs: z at 0.05/6 each side = 2.394; reach √(4² + 4²) · 2.394 / 1.960 = 6.91
    assert (found.low, found.high) == pytest.approx((23.09, 36.91), abs=0.01)
    assert found.verdict == Verdict.WORSE


def test_spread_of_two_is_their_plain_difference() -> None:
    readings = {"官网": figure(40, 33, 46), "APP": figure(30, 26, 33)}
    found, change = spread(readings, "higher"), compare(readings["官网"], readings["APP"], "higher")
    assert found is not None
    assert (found.low, found.high) == pytest.approx((change.low, change.high))


def test_lower_is_better_for_clocks() -> None:
    found = spread({"官网": figure(2, 1, 3), "APP": figure(9, 7, None), "门店": figure(4, 3, 5)}, "lower")
    assert found is not None
    assert (found.best, found.worst, found.difference, found.low) == ("官网", "APP", -7, None)
    assert found.verdict == Verdict.WORSE


def test_channels_that_are_too_few_take_no_part_in_the_spread() -> None:
    few = figure(-90, -100, -50, State.INDICATIVE)
    assert spread({"官网": figure(40, 36, 44), "APP": few, "门店": NOTHING}, "higher") is None
    assert spread({"官网": figure(40, 36, 44), "APP": figure(41, 36, 45)}, "none") is None
    near = spread({"官网": figure(40, 36, 44), "APP": figure(41, 36, 45)}, "higher")
    assert near is not None
    assert near.verdict == Verdict.NO_EVIDENCE


class TestMeansOfFewAnswersFarOutInTheTail:
    """A family of thousands is decided at p = 0.00001, where the normal tail takes chance for change."""

    NOW = Reading(4.58, 31, State.JUDGEABLE, low=4.412, high=4.748)
    PAST = Reading(4.17, 921, State.JUDGEABLE, low=4.143, high=4.197)

    def test_the_tail_is_that_of_t_with_the_degrees_of_welch(self) -> None:
        # reaches 0.168 and 0.027: 0.41 / 0.17015 = 2.41; degrees 0.17015⁴ / (0.168⁴ / 30 + 0.027⁴ / 920) = 31.6
        normal = compare(self.NOW, self.PAST, "higher")
        told = by_t(normal, self.NOW, self.PAST)
        assert told.p == pytest.approx(2 * stats.t.sf(2.4096 * stats.t.isf(0.025, 31.56), 31.56), rel=0.01)
        assert normal.p is not None
        assert told.p > 10 * normal.p
        assert (told.delta, told.low, told.high, told.verdict) == (
            normal.delta,
            normal.low,
            normal.high,
            normal.verdict,
        )

    def test_of_4600_cells_it_is_no_news_though_it_was(self) -> None:
        alike = [compare(self.PAST, self.PAST, "higher")] * 4_600
        normal = compare(self.NOW, self.PAST, "higher")
        told = (judge_together([one, *alike], 0.03).changes[0].verdict for one in (normal, self.tailed()))
        assert list(told) == [Verdict.BETTER, Verdict.NO_EVIDENCE]

    def tailed(self) -> Change:
        return by_t(compare(self.NOW, self.PAST, "higher"), self.NOW, self.PAST)

    @pytest.mark.parametrize(("value", "inside"), [(4.339, True), (4.342, False)])
    def test_alone_a_comparison_says_what_its_interval_says(self, value: float, inside: bool) -> None:
        # 4.17 + √(0.168² + 0.027²) = 4.3402
        now = Reading(value, 31, State.JUDGEABLE, low=value - 0.168, high=value + 0.168)
        told = by_t(compare(now, self.PAST, "higher"), now, self.PAST)
        assert told.p is not None
        assert (told.p > 0.05) == inside
