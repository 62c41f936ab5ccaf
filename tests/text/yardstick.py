"""How well a polarity tells satisfied customers from others, written out by hand."""

from __future__ import annotations

from collections.abc import Callable

from servq.text.scorer import NEGATIVE_BELOW, POSITIVE_FROM

from .conftest import Labelled

Polarity = Callable[[str], float]


def confusion(polarity: Polarity, rows: Labelled) -> tuple[int, int, int, int]:
    """Counts at the cut 0.5: praise found, complaints taken for praise, praise missed, complaints found."""
    told = [(polarity(text) >= 0.5, satisfied) for text, satisfied in rows]
    pairs = [(True, True), (True, False), (False, True), (False, False)]
    tp, fp, fn, tn = (told.count(pair) for pair in pairs)
    return tp, fp, fn, tn


def accuracy_and_macro_f1(polarity: Polarity, rows: Labelled) -> tuple[float, float]:
    """Share told rightly, and the mean of the two classes' F1."""
    tp, fp, fn, tn = confusion(polarity, rows)
    return (tp + tn) / len(rows), (2 * tp / (2 * tp + fp + fn) + 2 * tn / (2 * tn + fp + fn)) / 2


def balanced_precision(
    polarity: Polarity, rows: Labelled, below: float = NEGATIVE_BELOW, upwards: float = POSITIVE_FROM
) -> tuple[float, float]:
    """How often "negative" and "positive" are right where half of all customers are satisfied."""
    told = [(value < below, value >= upwards, satisfied) for text, satisfied in rows for value in [polarity(text)]]
    praise = sum(satisfied for *_, satisfied in told)
    complaints = len(told) - praise
    right = told.count((True, False, False)) / complaints
    negative = right / (right + told.count((True, False, True)) / praise)
    right = told.count((False, True, True)) / praise
    positive = right / (right + told.count((False, True, False)) / complaints)
    return negative, positive


def decided(
    polarity: Polarity, rows: Labelled, below: float = NEGATIVE_BELOW, upwards: float = POSITIVE_FROM
) -> Labelled:
    """The rows outside the uncertain band."""
    return [row for row in rows if not below <= polarity(row[0]) < upwards]
