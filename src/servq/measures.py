"""The additive measures kept in week cells: their names, shared by the modules that count and those that compute.

A measure can be summed over any set of cells and stays true; every survey metric is a formula over them.
"""

from __future__ import annotations

NPS_BANDS: dict[str, tuple[int, int]] = {"promoter": (9, 10), "passive": (7, 8), "detractor": (0, 6)}
"""Band of the willingness to recommend -> its lowest and its highest answer. The one home of these cut-offs.

Source: Reichheld 2003, Harvard Business Review 81(12).
"""

SATISFIED_FROM = 4
"""Satisfaction score (1–5, decimals too) from which on a customer counts as satisfied. The one home of this cut-off."""

STANCES: dict[str, int] = {"promoter": 1, "passive": 0, "detractor": -1}
"""Band -> what one answer of it adds to the difference of the NPS; how an answer that tells its band alone is kept."""

BAND_ANSWERS: dict[str, str] = {band: f"band_{band}s" for band in NPS_BANDS}
"""Band -> the measure that counts answers which tell the band alone, and no number of it."""

EASY_FROM: dict[str, int] = {"effort": 5, "effort_5": 4}
"""Effort question, by its scale (1–7 and 1–5, the highest is easy) -> its lowest answer that counts as easy.

Source: Dixon, Toman & DeLisi 2013, The Effortless Experience (1–7: 5–7 agree that it was easy); of 1–5 the two highest.
"""

EFFORT_SCALES: dict[str, tuple[float, float]] = {"effort": (1.0, 7.0), "effort_5": (1.0, 5.0)}
"""Effort question -> its lowest and its highest answer; the highest is very easy."""

OTHER_SCALE = "csat_other"
"""Satisfaction on another scale than 1–5, each answer kept beside its scale and what counts as satisfied there."""

LIKELIHOODS = tuple(f"likelihood_{answer}" for answer in range(11))
"""Answers per value 0–10 of the willingness to recommend."""

SCORES = ("csat", "attitude", "responsiveness", "resolution", "communication")
"""Scores 1–5; decimals stay as they came, so their sum and sum of squares are kept."""

ITEMS = SCORES[1:]
"""The four items of the service index."""

EXPECTED = tuple(f"{item}_expected" for item in ITEMS)
"""The customer's expectation of each item, on the item's scale; few surveys ask."""

GAPS = tuple(f"{item}_gap" for item in ITEMS)
"""Experience − expectation of each item, within one answer that gives both."""

REPURCHASES: dict[str, tuple[int, int]] = {f"repurchase_{band}s": ends for band, ends in NPS_BANDS.items()}
"""Answers of one band of likelihood of which it is known whether the customer bought again -> that band."""

BY_DAY = {"opened_at": 1, "first_response_at": 2, "resolved_at": 4, "reopened_at": 8}
"""Time of a complaint -> its bit in `by_day`, which is set where only the day is known."""

SENTIMENTS = ("negative", "uncertain", "positive")

MISMATCHES = ("high_negative", "low_positive")
"""The contradictions of score and text: a promoter with a negative text, a detractor with a positive one."""

COMPARED = "score_and_text"
"""Answers of promoters and detractors whose text has a sentiment: of these it can be said whether the two agree."""

ASKED = ("answered_of_asked", "unanswered")
"""The parts of a response rate: answers from loads that also list who did not answer, and those who did not."""

MEASURES: tuple[str, ...] = (
    "responses",
    *LIKELIHOODS,
    "csat_satisfied",
    *(f"{score}_{part}" for score in SCORES for part in ("n", "sum", "squares")),
    *(f"sentiment_{label}" for label in SENTIMENTS),
    COMPARED,
    *MISMATCHES,
    *(f"{gap}_{part}" for gap in GAPS for part in ("n", "sum", "squares")),
    *(f"{band}_{part}" for band in REPURCHASES for part in ("n", "yes")),
    *ASKED,
    f"{OTHER_SCALE}_n",
    f"{OTHER_SCALE}_satisfied",
    *(f"{effort}_{part}" for effort in EASY_FROM for part in ("n", "sum", "squares", "easy")),
    *BAND_ANSWERS.values(),
)
"""Every measure of a cell. `csat_satisfied` counts scores from `SATISFIED_FROM` on, sentiments scored comments."""

CELL_DIMENSIONS = ("week", "channel", "team", "touchpoint", "segment", "survey_mode")
"""The dimensions of a week cell."""

CAUSE_DIMENSIONS = (*CELL_DIMENSIONS, "cause", "named", "leads")
"""What a cause cell is a cell of: an answer whose words name k causes is in k of them, with `named` = k in each.
`leads` is 1 for the first of an answer's causes in its category and 0 for the others, so that an answer is counted once
for a category too.
"""

CAUSE_MEASURES = ("responses", *LIKELIHOODS, *BAND_ANSWERS.values())
"""The measures of a cause cell."""
