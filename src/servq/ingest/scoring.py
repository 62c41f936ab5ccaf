"""How texts sound, on their way in: each distinct text of a source's scored column is scored once and kept by its hash.

Owns which column is scored. Never sees a text that is not masked yet.
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


def score_texts(connection: Connection, texts: pd.Series[Any]) -> pd.Series[Any]:
    """The hash of each text; texts that no load has seen before are scored first."""
    hashes = texts.map(scores.text_hash, na_action="ignore")
    by_hash = dict(zip(hashes.dropna(), texts.dropna(), strict=True))
    new = sorted(scores.unscored(connection, by_hash))
    if new:
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
        scores.keep_scores(connection, lines)
    return hashes
