"""The additive measures kept in week cells: names only, shared by those who count and those who compute.

A measure can be summed over any set of cells and stays true; every survey metric is a formula over them.
"""

from __future__ import annotations

LIKELIHOODS = tuple(f"likelihood_{answer}" for answer in range(11))
"""Answers per value 0–10 of the willingness to recommend."""

SCORES = ("csat", "attitude", "responsiveness", "resolution", "communication")
"""Scores 1–5; decimals stay as they came, so their sum and sum of squares are kept."""

ITEMS = SCORES[1:]
"""The four items of the service index."""

SENTIMENTS = ("negative", "uncertain", "positive")

MEASURES: tuple[str, ...] = (
    "responses",
    *LIKELIHOODS,
    "csat_satisfied",
    *(f"{score}_{part}" for score in SCORES for part in ("n", "sum", "squares")),
    *(f"sentiment_{label}" for label in SENTIMENTS),
)
"""Every measure of a cell. `csat_satisfied` counts scores of at least 4; sentiments count scored comments."""

CELL_DIMENSIONS = ("week", "channel", "team", "touchpoint", "segment", "survey_mode")
"""What a cell is a cell of."""
