"""Unanswered questionnaires: the ids of empty rows, kept until they are answered.

Owns the stored part of such a row: time and place of the question, and nothing of the person. Rows without an id or a
time cannot be stored; their load then has no response rate (`not_placed` in the load log).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, delete, insert, select

from servq.measures import CELL_DIMENSIONS
from servq.warehouse.tables.fact_tables import response, some_at_a_time, unanswered

KEPT = ("response_id", "answered_at", *CELL_DIMENSIONS)


def keep(connection: Connection, frame: pd.DataFrame, load_id: int) -> set[date]:
    """Store the unanswered rows of a chunk; those whose answer is known already are skipped.

    Args:
        frame: the columns of KEPT that the file has; each row with its id and time, the rest missing as NA.

    Returns:
        The weeks whose cells must be counted again.
    """
    placed = frame.drop_duplicates("response_id", keep="last")
    ids = placed["response_id"].tolist()
    answered = {name for some in some_at_a_time(ids) for name in connection.scalars(_ids(some))}
    lines = [_line(row, load_id) for row in placed.to_dict("records") if row["response_id"] not in answered]
    weeks = answered_meanwhile(connection, [line["response_id"] for line in lines])  # where each was asked before
    if lines:
        connection.execute(insert(unanswered), lines)
    return weeks | {line["week"] for line in lines}


def answered_meanwhile(connection: Connection, ids: Sequence[str]) -> set[date]:
    """Remove questionnaires that are answered now; returns the weeks in which they were asked."""
    if connection.scalar(select(unanswered.c.load_id).limit(1)) is None:  # as in most warehouses
        return set()
    weeks = set[date]()
    for some in some_at_a_time(ids):
        weeks |= taken_out(connection, unanswered.c.response_id.in_(some))
    return weeks


def taken_out(connection: Connection, where: ColumnElement[bool]) -> set[date]:
    """Remove rows; returns the weeks in which they were."""
    weeks = set(connection.scalars(select(unanswered.c.week).where(where).distinct()))
    if weeks:
        connection.execute(delete(unanswered).where(where))
    return weeks


def _ids(some: Sequence[str]) -> Any:
    return select(response.c.response_id).where(response.c.response_id.in_(some))


def _line(row: dict[Any, Any], load_id: int) -> dict[str, Any]:
    found = {name: row.get(name) for name in KEPT}
    plain = {name: None if value is None or pd.isna(value) else value for name, value in found.items()}
    return plain | {"answered_at": int(row["answered_at"]), "load_id": load_id}
