"""Reasons of sentiment scores: the words that moved each score, by the model that gave it.

Only the model in force explains: a score that another model gave has no reasons here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from servq.query.data.model import own_or_shipped
from servq.query.snapshot import Snapshot
from servq.text.sentiment.explain import explain
from servq.text.sentiment.scorer import ByLanguage
from servq.warehouse.texts import models

MOST, LEAST = 6, 0.1
"""The largest number of words named, and the least weight (log-odds of "satisfied") of one."""

_SAME = 1e-9


@dataclass(frozen=True)
class Reasons:
    """The reasons of one text's score.

    Attributes:
        words: (word, what it adds to the log-odds of "satisfied"), the strongest first.
        older: the score is another version's, so that nothing can be said before `servq rescore`.
    """

    words: tuple[tuple[str, float], ...]
    older: bool = False


def reasons(snapshot: Snapshot, scored: Iterable[tuple[str | None, float | None]]) -> list[Reasons | None]:
    """The reasons for each (text, stored polarity); None where there is no score."""
    with snapshot.warehouse.read() as connection:
        model = own_or_shipped(models.model_in_force(connection))
    found: list[Reasons | None] = []
    for text, polarity in scored:
        if not text or polarity is None:
            found.append(None)
        elif _differs(ByLanguage(model).score([text])[0].polarity, polarity):
            found.append(Reasons((), older=True))
        else:
            found.append(Reasons(tuple(pair for pair in explain(text, model) if abs(pair[1]) >= LEAST)[:MOST]))
    return found


def _differs(now: Any, then: float) -> bool:
    return now is None or abs(now - then) > _SAME
