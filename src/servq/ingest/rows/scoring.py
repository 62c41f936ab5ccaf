"""Sentiment scoring of incoming texts: each distinct text of a source's scored column once, stored by its hash.

Owns which column is scored, which model is in force in a warehouse, and that all texts of a load have the scores of one
model and version. Never sees a text that is not masked yet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from servq.text.sentiment.scorer import ByLanguage, Scorer, default_scorer
from servq.text.training.stored_model import unpacked
from servq.warehouse.texts import models, scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from sqlalchemy import Connection

SCORED = {"surveys": "comment", "complaints": "text"}
"""Source -> the column whose sentiment is scored."""

ONE_OF_EACH = {"zh": "服务", "en": "service", "none": ""}
"""Language -> a text in it. What model scores it now, and in which version, stands in its score."""


def scorer_in_force(connection: Connection) -> Scorer:
    """The scorer of this warehouse: the newest own model that was accepted, else the shipped one."""
    stored = models.model_in_force(connection)
    return default_scorer() if stored is None else _with_own(stored)


def score_texts(connection: Connection, texts: pd.Series[Any]) -> tuple[pd.Series[Any], set[str]]:
    """Score the texts without a score of the present scorer.

    Returns:
        The hash of each text (missing where there is none), and the hashes of which an earlier model's or version's
        score was replaced: the cells of every week that counts them must be rebuilt.
    """
    hashes = texts.map(scores.text_hash, na_action="ignore")
    by_hash = dict(zip(hashes.dropna(), texts.dropna(), strict=True))
    if not by_hash:
        return hashes, set()
    scorer = scorer_in_force(connection)
    new = sorted(scores.unscored(connection, by_hash, lambda language: present(scorer, language)))
    if not new:
        return hashes, set()
    return hashes, scores.keep_scores(connection, lines_of(scorer, new, [by_hash[name] for name in new]))


def lines_of(scorer: Scorer, hashes: Sequence[str], texts: Sequence[str]) -> list[dict[str, Any]]:
    """Scores in the form in which they are stored."""
    return [
        {
            "text_hash": name,
            "polarity": sentiment.polarity,
            "label": sentiment.label,
            "language": sentiment.language,
            "model": sentiment.model,
            "version": sentiment.version,
        }
        for name, sentiment in zip(hashes, scorer.score(texts), strict=True)
    ]


def present(scorer: Scorer, language: str) -> tuple[str, str]:
    """The model and version that score this language's texts now; None for a language without a model."""
    if language not in ONE_OF_EACH:
        return "", ""
    (sentiment,) = scorer.score([ONE_OF_EACH[language]])
    return sentiment.model, sentiment.version


@lru_cache(maxsize=2)
def _with_own(stored: bytes) -> Scorer:
    return ByLanguage(unpacked(stored))
