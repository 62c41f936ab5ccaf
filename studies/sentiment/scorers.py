"""Sentiment scorers on the same texts in the same run: servq's, SnowNLP's, TextBlob's.

Owns the conversion of each one's result to a probability. TextBlob's -1..1 becomes 0..1, so that its own 0 is .5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from servq.text.sentiment.chinese import polarities
from servq.text.sentiment.english import polarity
from servq.text.training.evaluation import calibration_error, judge
from servq.text.training.fitting import alike
from servq.text.training.measured import Told
from studies.sentiment.sets import ENGLISH, Labelled, half

Scorer = Callable[[Sequence[str]], Sequence[float]]


def by_snownlp(texts: Sequence[str]) -> list[float]:
    """SnowNLP's own probability of praise."""
    from snownlp import SnowNLP

    return [SnowNLP(text).sentiments if text.strip() else 0.5 for text in texts]


def by_textblob(texts: Sequence[str]) -> list[float]:
    """TextBlob's polarity at its own middle."""
    from textblob import TextBlob

    return [(TextBlob(text).sentiment.polarity + 1) / 2 for text in texts]


def by_servq_in_english(texts: Sequence[str]) -> list[float]:
    """TextBlob with servq's cut and calibration."""
    return [polarity(text) for text in texts]


def told(name: str, rows: Labelled) -> list[Told]:
    """The result of every scorer that reads a set's language; of others than servq's on the report half only."""
    ours: Scorer = by_servq_in_english if name == ENGLISH else polarities
    others: dict[str, Scorer] = {"textblob": by_textblob} | ({} if name == ENGLISH else {"snownlp": by_snownlp})
    report, choice = half(rows, "report"), half(rows, "choice")
    return [
        _told(name, "report", "servq", ours, report),
        *(_told(name, "report", scorer, by, report) for scorer, by in sorted(others.items())),
        _told(name, "choice", "servq", ours, choice),
    ]


def _told(name: str, part: str, scorer: str, by: Scorer, rows: Labelled) -> Told:
    values, praise = np.array(by([text for text, _ in rows])), np.array([satisfied for _, satisfied in rows])
    error = calibration_error(values, praise, alike(praise))
    return Told(name, part, scorer, judge(values, praise), round(error, 4))
