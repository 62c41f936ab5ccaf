"""Measures of accuracy for polarities, written out independently of servq."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from servq.text.language import Language
from servq.text.sentiment.scorer import CUTS
from tests.text.conftest import Labelled

Told = list[tuple[float, bool]]
"""A polarity, and whether the writer was satisfied."""


def told(polarities: Callable[[Sequence[str]], Sequence[float]], rows: Labelled) -> Told:
    """The polarity of each text beside its label."""
    return list(zip(polarities([text for text, _ in rows]), [satisfied for _, satisfied in rows], strict=True))


def confusion(rows: Told) -> tuple[int, int, int, int]:
    """Counts at 0.5: praise found, complaints taken for praise, praise missed, complaints found."""
    pairs = [(value >= 0.5, satisfied) for value, satisfied in rows]
    tp, fp, fn, tn = (pairs.count(pair) for pair in [(True, True), (True, False), (False, True), (False, False)])
    return tp, fp, fn, tn


def accuracy_and_macro_f1(rows: Told) -> tuple[float, float]:
    """Share told rightly, and the mean of the two classes' F1."""
    tp, fp, fn, tn = confusion(rows)
    return (tp + tn) / len(rows), (2 * tp / (2 * tp + fp + fn) + 2 * tn / (2 * tn + fp + fn)) / 2


def balanced_accuracy(rows: Told) -> float:
    """The mean of the recalls of praise and of complaints."""
    tp, fp, fn, tn = confusion(rows)
    return (tp / (tp + fn) + tn / (tn + fp)) / 2


def calibration_error(rows: Told) -> float:
    """Mean distance of probability and share in ten bins (ECE), where both classes weigh the same."""
    praise = sum(satisfied for _, satisfied in rows)
    weight = {True: 0.5 / praise, False: 0.5 / (len(rows) - praise)}
    distance = [0.0] * 10
    for value, satisfied in rows:
        distance[min(9, int(value * 10))] += weight[satisfied] * (value - satisfied)
    return sum(abs(part) for part in distance)


def balanced_precision(rows: Told, below: float, upwards: float) -> tuple[float, float]:
    """The precision of "negative" and "positive" where half of all customers are satisfied."""
    labels = [(value < below, value >= upwards, satisfied) for value, satisfied in rows]
    praise = sum(satisfied for *_, satisfied in labels)
    complaints = len(labels) - praise
    right = labels.count((True, False, False)) / complaints
    negative = right / (right + labels.count((True, False, True)) / praise)
    right = labels.count((False, True, True)) / praise
    return negative, right / (right + labels.count((False, True, False)) / complaints)


def decided(rows: Told, language: Language) -> Told:
    """The rows outside the uncertain band."""
    below, upwards = CUTS[language]
    return [row for row in rows if not below <= row[0] < upwards]
