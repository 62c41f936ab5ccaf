"""Comparison of scorers on the installation's own scored comments, which none of them has learned from.

Owns which comments are judged and by whom. Keeps nothing and puts no model into force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.ingest.models.training import teaching_comments
from servq.text.sentiment.named_scorers import ScorerName, scorer_named
from servq.text.training.evaluation import ConfusionMatrix, judge
from servq.warehouse.texts import models

if TYPE_CHECKING:
    from servq.warehouse.store.engine import Warehouse

MOST = 5_000
"""Comments that are judged, the newest: SnowNLP reads some six hundred a second."""


class ScorerFigures(NamedTuple):
    """How one scorer, as it ships, judged the comments; cut at .5."""

    scorer: str
    version: str
    counts: ConfusionMatrix


def compare_scorers(warehouse: Warehouse) -> list[ScorerFigures]:
    """servq's shipped model and SnowNLP on the same comments of satisfied (9, 10) and dissatisfied (0 to 6) customers.

    Returns:
        One entry a scorer; none where either class has no comment, because shares of it would have no value.
    """
    with warehouse.read() as connection:
        frame = models.scored_comments(connection, MOST)
    labels, _ = teaching_comments(frame, 0)
    if not labels.praise.any() or labels.praise.all():
        return []
    found = []
    for name in ScorerName:
        scorer = scorer_named(name)
        polarities = [0.5 if one.polarity is None else one.polarity for one in scorer.score(labels.texts)]
        found.append(ScorerFigures(name.value, scorer.version, judge(np.array(polarities), labels.praise)))
    return found
