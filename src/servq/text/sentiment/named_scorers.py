"""Scorers by name: the model that ships with servq, and SnowNLP to compare with.

Each is imported when it is asked for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servq.text.sentiment.scorer import Scorer


class ScorerName(StrEnum):
    """The names of the scorers."""

    SERVQ = "servq"
    SNOWNLP = "snownlp"


def scorer_named(name: ScorerName) -> Scorer:
    """The scorer of this name."""
    if name is ScorerName.SNOWNLP:
        from servq.text.sentiment.snownlp_scorer import SnowNlpScorer

        return SnowNlpScorer()
    from servq.text.sentiment.scorer import default_scorer

    return default_scorer()
