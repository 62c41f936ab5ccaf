"""The learning curve of `servq train`: simulated with labels of a set as own labels, evaluated on the rest.

Owns the draws. Each label count is drawn several times, each time with other texts to evaluate on.
"""

from __future__ import annotations

import numpy as np

from servq.text.sentiment.chinese import shipped
from servq.text.training.cross_validation import Labels
from servq.text.training.evaluation import judge
from servq.text.training.learning import learn
from servq.text.training.measured import LearningCurvePoint
from studies.sentiment.sets import Labelled

LABELS = {"waimai": (0, 50, 200, 500, 2_000, 9_000), "homestay": (0, 50, 200, 500, 1_200)}
"""Set -> how many labels are simulated; the homestays have no more."""

DRAWS = 5


def curve(name: str, rows: Labelled) -> list[LearningCurvePoint]:
    """One point for each number of labels; a text counts once, contradicting ones not at all."""
    found: dict[str, set[bool]] = {}
    for text, satisfied in rows:
        found.setdefault(text, set()).add(satisfied)
    texts = [text for text, labels in found.items() if len(labels) == 1]
    praise = np.array([True in found[text] for text in texts])
    return [_point(name, texts, praise, labels) for labels in LABELS[name]]


def _point(name: str, texts: list[str], praise: np.ndarray, labels: int) -> LearningCurvePoint:
    kinds: dict[str, int] = {}
    judged = []
    for draw in range(DRAWS):
        order = np.random.default_rng(draw).permutation(len(texts))
        own, rest = order[:labels], order[max(LABELS[name]) :]
        report, model = learn(Labels([texts[at] for at in own], praise[own], np.ones(labels, bool)))
        kinds[report.accepted or "shipped"] = kinds.get(report.accepted or "shipped", 0) + 1
        values = np.array((model or shipped()).polarities([texts[at] for at in rest]))
        judged.append(judge(values, praise[rest]))
    shares = [one.accuracy for one in judged]
    praise_found, complaints_found = (float(np.mean(part)) for part in zip(*(one.found for one in judged), strict=True))
    return LearningCurvePoint(
        name,
        labels,
        DRAWS,
        judged[0].n,
        *(round(value, 4) for value in (float(np.mean(shares)), min(shares), max(shares))),
        round(praise_found, 4),
        round(complaints_found, 4),
        kinds,
    )
