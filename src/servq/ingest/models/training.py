"""Training on the comments in the warehouse: the choice of comments, and the storing of the model.

Owns the way from answers with a score and a comment to a logged training. No transaction is open while it learns.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from servq.ingest.load import who_runs
from servq.text.language import language_of
from servq.text.sentiment.placeholder_comments import says_nothing
from servq.text.training.cross_validation import Labels
from servq.text.training.learning import learn
from servq.text.training.stored_model import packed, unpacked
from servq.warehouse.books import load_log
from servq.warehouse.texts import models

if TYPE_CHECKING:
    import pandas as pd

    from servq.text.training.learning import TrainingReport
    from servq.warehouse.store.engine import Warehouse

MOST = 50_000
"""Comments that are learned from, the newest: more teach little and cost memory."""


def train(warehouse: Warehouse, trial: bool = False) -> TrainingReport:
    """Train on the installation's own scored comments, and put the model into force if it beats the present one.

    Args:
        trial: say what would come of it and keep nothing.

    Returns:
        What was tried, how it did, and what became of it.
    """
    with warehouse.read() as connection:
        frame = models.scored_comments(connection, MOST)
        load_id = load_log.last_load_id(connection)
        learned_to, stored = models.learned_to(connection), models.model_in_force(connection)
    labels, left_out = teaching_comments(frame, learned_to)
    report, model = learn(labels, None if stored is None else unpacked(stored))
    report = replace(report, left_out=left_out)
    if not trial:
        with warehouse.write() as connection:
            kept = None if model is None else packed(model)
            models.enter(connection, report.as_json(), report.version or None, kept, load_id, who_runs())
    return report


def go_back(warehouse: Warehouse) -> str | None:
    """Withdraw the own model in force; the one before, or finally the shipped one, is in force again.

    Returns:
        The version that was withdrawn; None where there was no own model.
    """
    with warehouse.write() as connection:
        return models.withdraw(connection)


def teaching_comments(frame: pd.DataFrame, learned_to: int) -> tuple[Labels, dict[str, int]]:
    """The comments that teach, and why the others do not.

    Args:
        learned_to: the newest load that the model in force has learned from.
    """
    left_out: Counter[str] = Counter()
    kept: list[tuple[str, bool, bool]] = []
    for text, lowest, highest, load_id in frame[["comment", "lowest", "highest", "load_id"]].itertuples(
        index=False, name=None
    ):
        satisfied = lowest >= models.PRAISES_FROM
        if not satisfied and highest > models.COMPLAINS_TO:
            left_out["contradicting"] += 1
        elif language_of(text) != "zh":
            left_out["not_chinese"] += 1
        elif says_nothing(text):
            left_out["not_written"] += 1
        else:
            kept.append((text, bool(satisfied), load_id > learned_to))
    praise = np.array([satisfied for _, satisfied, _ in kept], bool)
    unseen = np.array([fresh for _, _, fresh in kept], bool)
    return Labels([text for text, _, _ in kept], praise, unseen), dict(left_out)
