"""Hand-worked examples of each metric on a few rows."""

from collections.abc import Callable

import pytest

from servq.metrics.catalog import METRICS
from servq.metrics.definitions.repurchase import words_and_deeds
from servq.metrics.metric import Facts
from servq.metrics.readings import EXCLUSIONS
from servq.metrics.verdicts import Verdict
from servq.records import Label, Reading, State

Build = Callable[..., Facts]
Case = Callable[..., dict[str, object]]


def read(name: str, facts: Facts) -> Reading:
    return METRICS[name].read(facts)


# ---------------------------------------------------------------- nps


def test_passives_count_in_n_but_not_in_the_difference(answers: Build) -> None:
    found = read("nps", answers(promoters=5, passives=3, detractors=2))
    assert (found.value, found.n, found.state) == (30.0, 10, State.INDICATIVE)  # (5 − 2) / 10


def test_blank_answers_are_left_out_of_n_and_named(answers: Build) -> None:
    found = read("nps", answers(promoters=5, passives=3, detractors=2, blank=90))
    assert (found.value, found.n, found.excluded) == (30.0, 10, {"no_answer": 90})


@pytest.mark.parametrize(("answer", "value"), [(0, -100), (6, -100), (7, 0), (8, 0), (9, 100), (10, 100)])
def test_the_cut_offs_are_6_and_9(answer: int, value: float) -> None:
    assert read("nps", Facts({f"likelihood_{answer}": 4, "responses": 4})).value == value


def test_nps_interval_is_the_printed_one(answers: Build) -> None:
    found = read("nps", answers(promoters=18, passives=9, detractors=3))
    assert (found.low, found.high) == pytest.approx((21.93, 68.97), abs=0.006)
    assert found.state == State.JUDGEABLE


def test_answers_to_other_questions_only_are_no_nps(answers: Build) -> None:
    found = read("nps", answers(csat=[5, 4]))
    assert (found.value, found.n, found.excluded) == (None, 0, {"no_answer": 2})
    assert found.reason is not None
    assert found.reason.zh == "有答卷，但无人回答此项"


def test_balanced_answers_are_a_true_zero(answers: Build) -> None:
    assert read("nps", answers(promoters=4, detractors=4)).value == 0


# ---------------------------------------------------------------- shares and items of survey answers


def test_satisfied_means_at_least_four_decimals_too(answers: Build) -> None:
    found = read("csat", answers(csat=[5, 4, 4.8, 3.9, 1], blank=2))
    assert (found.value, found.n, found.excluded) == (60.0, 5, {"no_answer": 2})


def test_csat_has_wilsons_interval(answers: Build) -> None:
    found = read("csat", answers(csat=[5] * 41 + [2] * 9))
    assert (found.value, found.low, found.high) == pytest.approx((82, 69.20, 90.23), abs=0.006)


def test_an_item_is_the_mean_of_the_scores_given(answers: Build) -> None:
    found = read("attitude", answers(attitude=[5, 4, 3, 4], blank=6))
    # sd = √(2/3) = 0.816, t(3) = 3.182, reach 3.182 · 0.816 / 2 = 1.299, clipped to 5
    assert (found.value, found.n, found.excluded) == (4.0, 4, {"no_answer": 6})
    assert (found.low, found.high) == pytest.approx((2.701, 5), abs=0.001)


def test_the_four_items_do_not_touch_each_other(answers: Build) -> None:
    facts = answers(attitude=[5, 5], responsiveness=[1, 2], resolution=[3, 3], communication=[4, 5])
    found = {name: read(name, facts).value for name in ("attitude", "responsiveness", "resolution", "communication")}
    assert found == {"attitude": 5.0, "responsiveness": 1.5, "resolution": 3.0, "communication": 4.5}


def test_one_score_is_a_value_without_interval(answers: Build) -> None:
    found = read("attitude", answers(attitude=[4]))
    assert (found.value, found.low, found.high, found.state) == (4.0, None, None, State.TOO_FEW)


def test_uncertain_comments_count_in_n_but_not_as_negative(answers: Build) -> None:
    found = read("negative_share", answers(comments={"negative": 2, "uncertain": 3, "positive": 5}, blank=40))
    assert (found.value, found.n, found.excluded) == (20.0, 10, {"no_answer": 40})


def test_a_high_score_with_an_angry_text_and_a_low_one_with_praise_contradict_each_other() -> None:
    # 50 answers; 41 of them say 0–6 or 9–10 and a text: of these 6 and 3 contradict. Wilson of 9 / 41: 12.00–36.71
    facts = Facts({"responses": 50, "score_and_text": 41, "high_negative": 6, "low_positive": 3})
    found = read("mismatch_share", facts)
    assert (found.value, found.n, found.excluded) == (pytest.approx(100 * 9 / 41), 41, {"not_compared": 9})
    assert (found.low, found.high) == (pytest.approx(12.00, abs=0.01), pytest.approx(36.71, abs=0.01))
    assert [read(name, facts).n for name in ("high_score_negative", "low_score_positive")] == [6, 3]


def test_a_gap_is_each_answer_against_itself() -> None:
    # 5 → 4, 4 → 4, 5 → 4: −1, 0, −1; variance (2 − 4/3) / 2 = 1/3; −0.667 ± 4.30265 · √(1/9) = −2.101 … 0.768
    found = read(
        "attitude_gap", Facts({"responses": 4, "attitude_gap_n": 3, "attitude_gap_sum": -2, "attitude_gap_squares": 2})
    )
    assert (found.value, found.n, found.excluded) == (pytest.approx(-2 / 3), 3, {"not_expected": 1})
    assert (found.low, found.high) == pytest.approx((-2.101, 0.768), abs=0.001)


def test_ease_is_a_mean_of_its_own_scale_and_a_share_of_the_easy_ones() -> None:
    # seven points 7, 5, 4, 2: sum 18, squares 94, mean 4.5, variance (94 − 81) / 3 = 13/3; 4.5 ± 3.18245 · √(13/12) =
    # 1.188 … 7.812, and nobody can answer above 7; easy are 7 and 5, and of five points 4 of 5, 4 and 3: 4 of 7
    facts = Facts(
        {"responses": 9, "effort_n": 4, "effort_sum": 18, "effort_squares": 94, "effort_easy": 2}
        | {"effort_5_n": 3, "effort_5_sum": 12, "effort_5_squares": 50, "effort_5_easy": 2}
    )
    found = read("ces", facts)
    assert (found.value, found.n, found.excluded) == (4.5, 4, {"no_answer": 5})
    assert found.low == pytest.approx(1.188, abs=0.001)
    assert found.high == 7.0
    assert (read("ces_5", facts).value, read("ces_5", facts).n) == (4.0, 3)
    easy = read("ces_easy", facts)
    assert (easy.value, easy.n, easy.excluded) == (pytest.approx(400 / 7), 7, {"no_answer": 2})
    assert (easy.low, easy.high) == pytest.approx((25.05, 84.18), abs=0.01)  # Wilson 1927


def test_a_satisfaction_of_other_scales_counts_who_is_satisfied_and_no_score() -> None:
    found = read("csat_other", Facts({"responses": 12, "csat_other_n": 10, "csat_other_satisfied": 7, "csat_n": 2}))
    assert (found.value, found.n, found.excluded) == (70.0, 10, {"no_answer": 2})
    assert (found.low, found.high) == pytest.approx((39.68, 89.22), abs=0.01)  # Wilson 1927


def test_a_band_told_alone_counts_as_one_answer_of_it() -> None:
    facts = Facts({"responses": 8, "likelihood_10": 1, "likelihood_8": 1}
                  | {"band_promoters": 3, "band_passives": 1, "band_detractors": 1})  # fmt: skip
    found = read("nps", facts)
    assert (found.value, found.n, found.excluded) == (pytest.approx(300 / 7), 7, {"no_answer": 1})  # (4 − 1) / 7


def followed(*, promoters: tuple[int, int], detractors: tuple[int, int], unknown: int = 0) -> Facts:
    """(known, bought again) of both bands; `unknown` promoters of whom nobody knows."""
    counts = {"likelihood_10": promoters[0] + unknown, "likelihood_2": detractors[0]}
    for band, (known, again) in {"promoters": promoters, "detractors": detractors}.items():
        counts |= {f"repurchase_{band}_n": known, f"repurchase_{band}_yes": again}
    return Facts(counts | {"responses": sum(promoters[:1] + detractors[:1]) + unknown})


def test_who_is_not_followed_up_is_left_out_and_never_a_no() -> None:
    # 20 of 100 known promoters: Wilson 13.34 – 28.88; 30 more promoters of whom nobody knows, 50 in another band
    found = read("repurchase_promoters", followed(promoters=(100, 20), detractors=(50, 25), unknown=30))
    assert (found.value, found.n, found.excluded) == (20.0, 100, {"not_followed": 30, "other_band": 50})
    assert (found.low, found.high) == pytest.approx((13.34, 28.88), abs=0.006)


def test_the_two_who_contradict_their_words_are_counted_out_of_those_known() -> None:
    facts = followed(promoters=(100, 20), detractors=(50, 25), unknown=30)
    lost, bound = read("promoters_lost", facts), read("detractors_bound", facts)
    assert (lost.n, lost.base) == (80, 100)
    assert (bound.n, bound.base) == (25, 50)


def test_words_and_deeds_are_compared_by_newcombes_interval() -> None:
    # 25 of 50: Wilson 36.64 – 63.36. Down √(6.66² + 13.36²) = 14.93, up √(8.88² + 13.36²) = 16.04
    facts = followed(promoters=(100, 20), detractors=(50, 25))
    found = words_and_deeds(read("repurchase_promoters", facts), read("repurchase_detractors", facts))
    assert (found.delta, found.low, found.high) == pytest.approx((-30, -44.93, -13.96), abs=0.006)
    assert found.verdict == Verdict.WORSE
    # the printed example of Newcombe 1998, table II (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339
    facts = followed(promoters=(70, 56), detractors=(80, 48))
    found = words_and_deeds(read("repurchase_promoters", facts), read("repurchase_detractors", facts))
    assert (found.low, found.high) == pytest.approx((5.24, 33.39), abs=0.006)


def test_without_any_flag_there_is_no_rate_and_a_reason() -> None:
    found = read("repurchase_detractors", Facts({"responses": 9, "likelihood_3": 9}))
    assert (found.value, found.n, found.excluded) == (None, 0, {"not_followed": 9})
    assert found.reason is not None
    assert found.reason.zh == "没有复购标记"


# ---------------------------------------------------------------- counts


def test_counts_are_facts_without_interval(answers: Build, cases: Build, case: Case) -> None:
    found = read("responses", answers(promoters=2, blank=1))
    assert (found.value, found.n, found.low, found.high, found.state) == (3.0, 3, None, None, State.JUDGEABLE)
    assert read("complaints", cases(case(), case())).value == 2


def test_nothing_happened_is_zero_nothing_known_is_no_value(cases: Build) -> None:
    assert read("complaints", cases()).value == 0
    assert read("open_complaints", cases()).value == 0
    assert read("responses", Facts({"responses": 0})).value == 0
    for name in ("responses", "complaints", "open_complaints"):
        assert read(name, Facts()).value is None


def test_open_complaints_are_those_without_a_last_resolution(cases: Build, case: Case) -> None:
    found = read("open_complaints", cases(case(resolved=5), case(), case(resolved=5, reopened=9)))
    assert (found.value, found.n, found.excluded) == (2.0, 2, {"not_open": 1})


def test_complaints_per_100_answers(answers: Build, cases: Build, case: Case) -> None:
    facts = Facts(answers(promoters=400).responses, cases(*[case()] * 10).complaints)
    found = read("complaints_per_100", facts)
    # 100 · 10 / 400; Garwood 4.795 … 18.390 for a count of 10
    assert (found.value, found.n, found.base, found.state) == (2.5, 10, 400, State.JUDGEABLE)
    assert (found.low, found.high) == pytest.approx((4.795 / 4, 18.390 / 4), abs=0.001)


def test_no_complaint_in_400_answers_is_zero_with_an_upper_limit(answers: Build, cases: Build) -> None:
    found = read("complaints_per_100", Facts(answers(promoters=400).responses, cases().complaints))
    assert (found.value, found.low, found.high) == pytest.approx((0, 0, 3.689 / 4), abs=0.001)


def test_complaints_without_answers_have_no_rate(cases: Build, case: Case) -> None:
    found = read("complaints_per_100", Facts({"responses": 0}, cases(case()).complaints))
    assert (found.value, found.n, found.base, found.state) == (None, 1, 0, State.TOO_FEW)
    assert found.reason is not None


# ---------------------------------------------------------------- clocks


def test_open_cases_are_censored_not_dropped(cases: Build, case: Case) -> None:
    answered = [case(response=hours) for hours in (1, 2, 3)]
    waiting = [case(age=50), case(age=60)]
    found = read("first_response_median", cases(*answered, *waiting))
    assert (found.value, found.n, found.censored, found.excluded) == (3.0, 5, 2, {})  # dropping them would give 2


def test_too_many_open_cases_give_no_median_but_say_why(cases: Build, case: Case) -> None:
    found = read("resolution_median", cases(case(response=1, resolved=2), case(), case()))
    assert (found.value, found.n, found.censored) == (None, 3, 2)
    assert found.reason is not None
    assert found.reason.zh == "未结案太多，尚不能得出"


def test_a_clock_whose_end_was_never_recorded_says_that(cases: Build, case: Case) -> None:
    nobody_wrote_it_down = [(case(), case()), (case(resolved=2), case(resolved=3)), (case(), case(resolved=3))]
    for rows in nobody_wrote_it_down:
        found = read("first_response_median", cases(*rows))
        assert found.value is None
        assert found.reason == Label("没有记录首次响应时间", "no first response is recorded")
    never = read("resolution_p90", cases(case(response=1), case()))
    assert never.reason == Label("没有记录结案时间", "no resolution is recorded")


def test_p90_is_where_nine_of_ten_are_through(cases: Build, case: Case) -> None:
    found = read("first_response_p90", cases(*[case(response=hours) for hours in range(1, 41)]))
    assert (found.value, found.low, found.high) == (36.5, 32.0, 40.0)


def test_resolved_without_recorded_response_is_left_out_by_name(cases: Build, case: Case) -> None:
    found = read("first_response_median", cases(case(response=1), case(resolved=40), case(response=3)))
    assert (found.value, found.n, found.excluded) == (2.0, 2, {"not_recorded": 1})
    assert read("first_response_median", cases(case(resolved=40))).value is None


# ---------------------------------------------------------------- what became of complaints


def test_sla_counts_what_is_decided(cases: Build, case: Case) -> None:
    found = read(
        "sla_attainment",
        cases(
            case(response=1),  # kept
            case(response=23),  # kept
            case(response=30),  # missed
            case(age=30),  # nobody answered within 24 hours: missed
            case(age=3),  # the limit still runs
            case(response=1, age=3),  # answered, but slower ones of the same age are not known yet
            case(resolved=90),  # resolved, but when it was answered nobody wrote down
        ),
    )
    assert (found.value, found.n, found.excluded) == (50.0, 4, {"still_running": 2, "not_recorded": 1})


def test_sla_with_nothing_decided_yet(cases: Build, case: Case) -> None:
    found = read("sla_attainment", cases(case(age=1), case(age=2)))
    assert (found.value, found.n, found.excluded) == (None, 0, {"still_running": 2})


def test_sla_of_the_last_day_does_not_count_the_quick_ones_alone(cases: Build, case: Case) -> None:
    """160 cases opened every nine minutes of the last day, limit a day: nine of each sixteen wait 12 hours, seven 30.

    Half of the nine have been answered by now and none of the others is late yet: all that is decided is in time.
    """
    waits = [12.0 if place % 16 < 9 else 30.0 for place in range(160)]
    now = cases(*(case(response=wait, age=24 * (place + 1) / 160) for place, wait in enumerate(waits)))
    found = read("sla_attainment", now)
    assert (found.value, found.n, found.excluded) == (None, 0, {"still_running": 160})
    later = cases(*(case(response=wait, age=24 * (place + 1) / 160 + 24) for place, wait in enumerate(waits)))
    assert (read("sla_attainment", later).value, read("sla_attainment", later).n) == (56.25, 160)


def test_reopened_of_those_resolved_two_weeks_ago(cases: Build, case: Case) -> None:
    found = read(
        "reopen_rate",
        cases(
            case(resolved=5, age=400),
            case(resolved=5, age=400),
            case(resolved=9, reopened=7, age=400),
            case(resolved=5, reopened=9, age=400),  # open again, but it was resolved once
            case(age=400),
            case(resolved=5, age=100),  # four days ago: it may yet come back
            case(resolved=5, age=340),  # a day short of it
        ),
    )
    assert (found.value, found.n, found.excluded) == (50.0, 4, {"still_running": 1, "not_ripe": 2})


def test_young_weeks_do_not_come_back_less_often_than_old_ones(cases: Build, case: Case) -> None:
    # a quarter of all cases come back, ten days after they were resolved
    def week(age: float) -> list[dict[str, object]]:
        later = 250.0 if age >= 250 else None
        return [case(resolved=10, reopened=later, age=age), *(case(resolved=10, age=age) for _ in range(3))]

    old, young = week(600), week(120)
    assert read("reopen_rate", cases(*old)).value == read("reopen_rate", cases(*old, *young)).value == 25.0


# ---------------------------------------------------------------- visits


def test_a_visit_score_is_a_ratio_of_sums_over_visits(visits: Build) -> None:
    found = read("visit_score", visits([(3, 5), (5, 5)], [(6, 10)], [(4, 4), (6, 6)]))
    # 24 of 30; across the three visits as worked in test_intervals: 80 − 49.68
    assert (found.value, found.n) == (80.0, 3)
    assert (found.low, found.high) == pytest.approx((30.317, 100), abs=0.001)


def test_long_checklists_weigh_more_than_short_ones(visits: Build) -> None:
    assert read("visit_score", visits([(0, 1)], [(9, 9)])).value == 90.0  # the mean of 0 % and 100 % would be 50


def test_items_without_points_do_not_count(visits: Build) -> None:
    found = read("visit_score", visits([(4, 5), (None, 5), (0, 0)], [(None, 5)]))
    assert (found.value, found.n, found.excluded) == (80.0, 1, {"no_points": 1})
    assert (found.low, found.high) == (None, None)  # one visit shows no spread


def test_a_visit_without_any_usable_item_has_no_score(visits: Build) -> None:
    found = read("visit_score", visits([(None, 5)]))
    assert (found.value, found.n, found.excluded) == (None, 0, {"no_points": 1})


def test_a_visit_fails_where_one_item_has_less_than_four_fifths_of_its_points(visits: Build) -> None:
    # 7 of 10 fails, 8 of 10 and 4 of 5 do not; the third visit fails twice and counts once: 2 of 3
    found = read("visit_failed", visits([(7, 10), (5, 5)], [(8, 10), (4, 5)], [(0, 5), (3, 10)]))
    assert found.value == pytest.approx(200 / 3)
    assert found.n == 3
    assert (found.low, found.high) == pytest.approx((20.77, 93.85), abs=0.005)  # Wilson 1927


def test_exactly_four_fifths_pass_however_they_are_written(visits: Build) -> None:
    # 80 % of 2.9 is 2.32; multiplied by a machine 100 · 2.32 comes out below 80 · 2.9
    possible = [place / 10 for place in range(1, 101)]
    exact = read("visit_failed", visits(*([(round(0.8 * points, 4), points)] for points in possible)))
    assert (exact.value, exact.n) == (0.0, 100)
    below = read("visit_failed", visits(*([(round(0.8 * points, 4) - 0.0001, points)] for points in possible)))
    assert below.value == 100.0


def test_a_visit_without_a_usable_item_neither_fails_nor_passes(visits: Build) -> None:
    found = read("visit_failed", visits([(4, 5), (None, 5), (0, 0)], [(None, 5)]))
    assert (found.value, found.n, found.excluded) == (0.0, 1, {"no_points": 1})


def test_every_exclusion_has_words() -> None:
    codes = {"no_answer", "still_running", "not_recorded", "not_open", "no_points", "not_compared", "no_mismatch"}
    codes |= {"not_ripe", "not_expected", "not_followed", "other_band", "not_contrary", "by_day", "not_listed"}
    assert codes == set(EXCLUSIONS)
