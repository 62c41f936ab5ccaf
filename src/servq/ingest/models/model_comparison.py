"""Comparison of scorers on the installation's own scored comments, which none of them has learned from.

Owns which comments are judged and by whom. Its figures are stored among the trainings; no model is put into force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servq.ingest.load import who_runs
from servq.ingest.models.training import teaching_comments
from servq.text.sentiment.named_scorers import ScorerName, scorer_named
from servq.text.training.scorer_comparison import ScorerFigures, as_json, figures_of
from servq.warehouse.books import load_log
from servq.warehouse.texts import models

if TYPE_CHECKING:
    from servq.warehouse.store.engine import Warehouse

MOST = 5_000
"""Comments that are judged, the newest: SnowNLP reads some six hundred a second."""


def compare_scorers(warehouse: Warehouse) -> list[ScorerFigures]:
    """servq's shipped model and SnowNLP on the same comments of satisfied (9, 10) and dissatisfied (0 to 6) customers.

    Returns:
        One entry a scorer; none where either class has no comment, because shares of it would have no value.
    """
    with warehouse.read() as connection:
        frame, load_id = models.scored_comments(connection, MOST), load_log.last_load_id(connection)
    labels, _ = teaching_comments(frame, 0)
    if not labels.praise.any() or labels.praise.all():
        return []
    found = []
    for name in ScorerName:
        scorer = scorer_named(name)
        polarities = [0.5 if one.polarity is None else one.polarity for one in scorer.score(labels.texts)]
        found.append(figures_of(name.value, scorer.version, np.array(polarities), labels.praise))
    with warehouse.write() as connection:
        report = {"outcome": models.COMPARED, "scorers": as_json(found)}
        models.enter(connection, report, None, None, load_id, who_runs())
    return found
