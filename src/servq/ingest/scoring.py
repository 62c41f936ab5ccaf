"""How texts sound, on their way in: each distinct text of a source's scored column is scored once and kept by its hash.

Owns which column is scored, and that all texts of a load have the scores of one model and version. Never sees a
text that is not masked yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servq.text.scorer import default_scorer
from servq.warehouse import scores

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

SCORED = {"surveys": "comment", "complaints": "text"}
"""Source -> the column whose sentiment is scored."""

ONE_OF_EACH = {"zh": "服务", "en": "service", "none": ""}
"""Language -> a text in it. What model scores it now, and in which version, stands in its score."""


def score_texts(connection: Connection, texts: pd.Series[Any]) -> tuple[pd.Series[Any], set[str]]:
    """Score the texts that the present scorer has not scored yet.

    Returns:
        The hash of each text (missing where there is none), and the hashes of which an earlier model's or version's
        score was replaced: the cells of every week that counts them must be rebuilt.
    """
    hashes = texts.map(scores.text_hash, na_action="ignore")
    by_hash = dict(zip(hashes.dropna(), texts.dropna(), strict=True))
    new = sorted(scores.unscored(connection, by_hash, _present))
    if not new:
        return hashes, set()
    found = default_scorer().score([by_hash[name] for name in new])
    lines = [
        {
            "text_hash": name,
            "polarity": sentiment.polarity,
            "label": sentiment.label,
            "language": sentiment.language,
            "model": sentiment.model,
            "version": sentiment.version,
        }
        for name, sentiment in zip(new, found, strict=True)
    ]
    return hashes, scores.keep_scores(connection, lines)


def _present(language: str) -> tuple[str, str]:
    """The model and version that score this language's texts now; a language that is no longer told apart has none."""
    if language not in ONE_OF_EACH:
        return "", ""
    (sentiment,) = default_scorer().score([ONE_OF_EACH[language]])
    return sentiment.model, sentiment.version
