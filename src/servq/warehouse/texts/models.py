"""Trained models as stored: the comments to learn from, every training with its report, and the model in force.

Owns the log of trainings. A model is bytes and a version here; its quality is judged elsewhere.
"""

from __future__ import annotations

import time
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update

from servq.measures import NPS_BANDS
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response
from servq.warehouse.tables.ops_tables import training

COMPARED = "compared"
"""The outcome of a line that compares scorers and trains nothing."""

PRAISES_FROM, COMPLAINS_TO = NPS_BANDS["promoter"][0], NPS_BANDS["detractor"][1]
"""Likelihood from which on a comment teaches praise, and up to which complaint; what lies between teaches neither."""


def scored_comments(connection: Connection, most: int) -> pd.DataFrame:
    """Distinct comments of answers with a clear score, the newest first.

    Args:
        most: no more than so many.

    Returns:
        One row per text: `comment`, `lowest` and `highest` likelihood given with it, `load_id` that first brought it.
    """
    answers = response.c
    telling = or_(answers.likelihood >= PRAISES_FROM, answers.likelihood <= COMPLAINS_TO)
    query = (
        select(
            func.min(answers.comment).label("comment"),
            func.min(answers.likelihood).label("lowest"),
            func.max(answers.likelihood).label("highest"),
            func.min(answers.load_id).label("load_id"),
        )
        .where(and_(telling, answers.comment.is_not(None), answers.text_hash.is_not(None)))
        .group_by(answers.text_hash)
        .order_by(func.max(answers.answered_at).desc(), answers.text_hash)
        .limit(most)
    )
    return fetch_frame(connection, query)


def enter(
    connection: Connection, report: dict[str, Any], version: str | None, model: bytes | None, load_id: int, who: str
) -> int:
    """Log a training; with a model it is in force from now on. Returns its number."""
    line = {
        "outcome": report["outcome"],
        "version": version,
        "report": report,
        "model": model,
        "load_id": load_id,
        "made_at": int(time.time()),
        "made_by": who,
    }
    done = connection.execute(insert(training).values(line))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def withdraw(connection: Connection) -> str | None:
    """Withdraw the model in force; the one before is in force again. Returns its version; None without any."""
    line = connection.execute(_in_force(training.c.training_id, training.c.version)).first()
    if line is None:
        return None
    gone = update(training).where(training.c.training_id == line.training_id).values(withdrawn_at=int(time.time()))
    connection.execute(gone)
    return str(line.version)


def learned_to(connection: Connection) -> int:
    """The newest load that the own model in force has learned from; 0 where there is none."""
    return int(connection.execute(_in_force(training.c.load_id)).scalar() or 0)


def model_in_force(connection: Connection) -> bytes | None:
    """The own model in force as it was stored; None where there is none."""
    return connection.execute(_in_force(training.c.model)).scalar()


def trainings(connection: Connection, limit: int = 20) -> list[dict[str, Any]]:
    """Every training, newest first, without its model: outcome, version, report, made_at, made_by, withdrawn_at."""
    query = _lines().where(training.c.outcome != COMPARED).limit(limit)
    return [dict(line) for line in connection.execute(query).mappings()]


def last_comparison(connection: Connection) -> dict[str, Any] | None:
    """The newest comparison of scorers, in the form of a training; None where there was none."""
    line = connection.execute(_lines().where(training.c.outcome == COMPARED).limit(1)).mappings().first()
    return None if line is None else dict(line)


def _lines() -> Select[Any]:
    return select(*[column for column in training.c if column.name != "model"]).order_by(training.c.training_id.desc())


def _in_force(*columns: Any) -> Select[Any]:
    kept = and_(training.c.model.is_not(None), training.c.withdrawn_at.is_(None))
    return select(*columns).where(kept).order_by(training.c.training_id.desc()).limit(1)
