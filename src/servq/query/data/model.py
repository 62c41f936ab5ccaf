"""The sentiment model in force: its version, its training data, and the stored scores that other models gave.

Owns which model gave which score. Training and rescoring are in `ingest/models`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from servq.query.snapshot import Snapshot
from servq.text.sentiment.chinese import ChineseModel, shipped
from servq.text.sentiment.scorer import ByLanguage, Scorer
from servq.text.training.scorer_comparison import ScorerFigures, from_json
from servq.text.training.stored_model import unpacked
from servq.warehouse.texts import models, scores


@dataclass(frozen=True)
class Compared:
    """One run of `servq train --compare`: when (UTC seconds), by whom, and each scorer's figures."""

    made_at: int
    made_by: str
    scorers: tuple[ScorerFigures, ...]


@dataclass(frozen=True)
class InForce:
    """The model that scores new texts.

    Attributes:
        name, version: as they stand in each score of a Chinese text.
        cuts: below the first a Chinese text is negative, from the second on positive.
        training: the line of the books that put an own model into force; None for the one that ships.
        trained: every training so far, newest first.
        compared: the scorers on the installation's own scored comments, as they were last compared; or None.
    """

    name: str
    version: str
    cuts: tuple[float, float]
    scorer: Scorer
    model: ChineseModel
    training: dict[str, Any] | None
    trained: tuple[dict[str, Any], ...]
    compared: Compared | None = None


def model_in_force(snapshot: Snapshot) -> InForce:
    """The model in force now: a training changes it without a load."""
    with snapshot.warehouse.read() as connection:
        stored, lines = models.model_in_force(connection), models.trainings(connection)
        last = models.last_comparison(connection)
    model = own_or_shipped(stored)
    training = next((line for line in lines if line["version"] == model.version and not line["withdrawn_at"]), None)
    compared = Compared(last["made_at"], last["made_by"], from_json(last["report"]["scorers"])) if last else None
    return InForce(model.name, model.version, model.cuts, ByLanguage(model), model, training, tuple(lines), compared)


def stored_scores(snapshot: Snapshot) -> list[tuple[str, str, str, int]]:
    """Language, model and version of the stored scores, and how many texts have them; most first."""
    with snapshot.warehouse.read() as connection:
        return scores.versions(connection)


def own_or_shipped(stored: bytes | None) -> ChineseModel:
    """The model of the Chinese comments: the own one as the warehouse stores it, else the one that comes with servq."""
    return shipped() if stored is None else _own(stored)


@lru_cache(maxsize=2)
def _own(stored: bytes) -> ChineseModel:
    return unpacked(stored)
