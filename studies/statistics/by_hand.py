"""Section `by_hand`: every method of a page worked once by hand, with the test that holds the example."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from studies.statistics.section import Section, table

ROOT = Path(__file__).resolve().parents[2]


class Example(NamedTuple):
    """One method, worked by hand.

    Attributes:
        method: what it gives, and the module that does it.
        worked: the example; or the page that works it.
        test: `file::name` under tests/.
    """

    method: str
    worked: str
    test: str


EXAMPLES = (
    Example(
        "NPS, adjusted Wald (`intervals`)",
        "50 promoters, 20 detractors of 100: 30; with ¾ more of each and n + 3: 29.1 ± 1.96 · 100 √(0.609 / "
        "103) = 14.1 … 44.2",
        "metrics/statistics/test_intervals.py::test_nps_adjusted_wald_vectors",
    ),
    Example(
        "shares, Wilson (`intervals`)",
        "8 of 10: (0.8 + 0.192 ± 1.96 √(0.016 + 0.0096)) / 1.384 = 49.0 … 94.3 %",
        "metrics/statistics/test_intervals.py::test_wilson_vectors",
    ),
    Example(
        "visit score (`intervals`)",
        "8, 6 and 10 of 10: 80 %; residuals 0, −2, 2; √(8 · 3/2) / 30 = 11.5; t(2) = 4.303: 30.3 … 100",
        "metrics/statistics/test_intervals.py::test_ratio_interval_by_hand",
    ),
    Example(
        "a count, Garwood (`intervals`)",
        "10 complaints on 400 answers: 2.5 per 100; the count's 4.80 … 18.39 gives 1.20 … 4.60",
        "metrics/definitions/test_hand_worked.py::test_complaints_per_100_answers",
    ),
    Example(
        "median of clocks, Kaplan–Meier (`survival`)",
        "answered after 1, 2, 3 h, two still open at 50 and 60: half are through at 3 h; without the open "
        "ones it would be 2",
        "metrics/definitions/test_hand_worked.py::test_open_cases_are_censored_not_dropped",
    ),
    Example(
        "two figures, MOVER (`comparison`)",
        "40 (33 … 46) against 30 (26 … 33): 10 − √(7² + 3²) = 2.4, 10 + √(6² + 4²) = 17.2; p = .010",
        "metrics/judgement/test_comparison.py::test_mover_by_hand",
    ),
    Example(
        "many cells, Benjamini–Hochberg (`comparison`)",
        "of 20 cells the second clearest has p = .04: .04 · 20 / 2 = .4 > .1, not told, though alone it would be",
        "metrics/judgement/test_comparison.py::test_many_cells_are_judged_together",
    ),
    Example(
        "best and worst (`comparison`)",
        "40 ± 4 and 10 ± 4 of three: three pairs, z 2.394: 30 ± √(4² + 4²) · 2.394 / 1.960 = 23.1 … 36.9",
        "metrics/judgement/test_comparison.py::test_spread_between_best_and_worst_channel",
    ),
    Example(
        "control chart (`xmr`)",
        "NIST's ten batches: moving ranges 16.9 / 9 = 1.878; 50.81 ± 2.660 · 1.878 = 45.8 … 55.8; a step "
        "above 6.14 is unusual",
        "metrics/statistics/test_xmr.py::test_they_are_those_of_the_handbook",
    ),
    Example(
        "restless weeks (`watching`)",
        "each week 2.256 from the one before: deviation 2.256 / 1.128 = 2; a past of 26 weeks with ±1.96 / "
        "√26 explains 1: "
        "all is widened twice, p = .05 becomes .33",
        "metrics/judgement/test_watching.py::test_how_restless_a_metric_is_is_the_middle_of_its_groups",
    ),
    Example(
        "within the survey mode, equivalence (`strata`, `equivalence`)",
        "above: 渠道是否一致",
        "metrics/judgement/test_equivalence.py::test_two_modes_are_compared_within_and_weighted_by_how_many_were_asked",
    ),
    Example(
        "asked alike (`standardised`)",
        "web 40, phone 60; in the common mix of 80 % web and 20 % phone 0.8 · 40 + 0.2 · 60 = 44",
        "metrics/judgement/test_equivalence.py::test_a_channel_is_reckoned_as_if_it_were_asked_as_all_are",
    ),
    Example(
        "since when a promise is broken (`turning_point`)",
        "of 10 each 9, 10, 2, 1 in time: 19 of 20 and 3 of 20 differ most, so from the third week on",
        "metrics/judgement/test_equivalence.py::test_the_turn_of_a_share_is_where_the_two_sides_differ_most",
    ),
    Example(
        "the same customers (`paired`)",
        "[journey.md](journey.md)",
        "metrics/judgement/test_paired.py::test_three_customers_by_hand",
    ),
    Example(
        "the three sources, rank correlation (`lenses`)",
        "above: 三源对照",
        "metrics/judgement/test_lenses.py::test_a_rank_correlation_and_its_interval_by_hand",
    ),
    Example(
        "customers of two channels (`crossing`)",
        "of 40 customers of one channel 10 were seen in another: 25.0 %, Wilson 14.2 … 40.2",
        "query/customers/test_crossing.py::test_the_overlap_of_two_channels_by_hand",
    ),
    Example(
        "expected and experienced (`gaps`)",
        "5 → 4, 4 → 4, 5 → 4: −1, 0, −1; mean −0.67; variance 1/3; −0.67 ± 4.303 · √(1/9) = −2.10 … 0.77",
        "metrics/definitions/test_hand_worked.py::test_a_gap_is_each_answer_against_itself",
    ),
    Example(
        "score against text (`mismatch`)",
        "41 of 50 answers say 0–6 or 9–10 and a text; 6 and 3 contradict: 9 of 41 = 22.0 %, Wilson 12.0 … 36.7",
        "metrics/definitions/test_hand_worked.py::"
        "test_a_high_score_with_an_angry_text_and_a_low_one_with_praise_contradict_each_other",
    ),
    Example(
        "words and deeds (repurchase)",
        "20 of 100 promoters and 25 of 50 detractors came back: −30, down √(6.66² + 13.36²), up √(8.88² + "
        "13.36²): −44.9 … −14.0",
        "metrics/definitions/test_hand_worked.py::test_words_and_deeds_are_compared_by_newcombes_interval",
    ),
    Example(
        "what a cause costs in NPS (`servq.query.causes.costs`)",
        "two answers, 3 (one cause) and 10 (two causes): −100 / 2 = −50 to the first; +50 split evenly: 25 each; all "
        "parts: 0 = the NPS",
        "query/causes/test_costs.py::test_parts_by_hand",
    ),
    Example(
        "few are hidden (`suppression`)",
        "4, 60 and 40 answers: 4 is hidden, and with it the 40, because 104 − 60 − 40 would leave it",
        "metrics/test_suppression.py::test_a_single_hidden_group_takes_the_smallest_other_with_it",
    ),
    Example(
        "funnel, adjusted verdict, shoppers, α, drivers, the sheet of a talk",
        "[teams.md](teams.md); drivers: above",
        "metrics/judgement/test_funnel.py::test_the_error_of_the_adjusted_figure_is_that_worked_by_hand",
    ),
)


def write() -> str:
    """The table."""
    rows = [[one.method, one.worked, f"`{one.test}`"] for one in EXAMPLES]
    text = table(["method", "by hand", "test"], rows).replace("|---|---:|---:|", "|---|---|---|")
    return f"Modules: `servq.metrics.…`; tests: `tests/…`.\n\n{text}"


def out_of_step(printed: str) -> list[str]:
    """Examples that are not printed, and tests that do not exist."""
    wrong = [f"not printed: {one.method}" for one in EXAMPLES if one.worked not in printed]
    for one in EXAMPLES:
        file, _, name = one.test.partition("::")
        path = ROOT / "tests" / file
        if not path.is_file() or (name and f"def {name}(" not in path.read_text(encoding="utf-8")):
            wrong.append(f"no such test: {one.test}")
    return wrong


SECTION = Section("by_hand", "手算例 Worked by hand", write, out_of_step)
