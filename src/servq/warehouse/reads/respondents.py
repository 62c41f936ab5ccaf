"""Answers of customers with more than one answer, and the number of customers behind answers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select, true

from servq.measures import CELL_DIMENSIONS
from servq.records import Slice
from servq.warehouse.reads.snapshot_reads import conditions, counted_when
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response, text_score

AT_MOST = 400_000
"""Answers of returning customers that are read, the newest first; of older ones each counts as a customer's own."""


def answers_of_returning(connection: Connection, columns: Sequence[str], limit: int = AT_MOST) -> pd.DataFrame:
    """The answers of every customer with more than one.

    Args:
        columns: counted columns (`Metric.counted`).

    Returns:
        CELL_DIMENSIONS, `answered_at`, `customer_id`, and each counted column as 1 where the answer counts, else 0.
    """
    whose = response.c.customer_id
    several = select(whose).where(whose.is_not(None), whose != "").group_by(whose).having(func.count() > 1)
    given = [case((and_(true(), *counted_when(name)), 1), else_=0).label(name) for name in columns]
    query = (
        select(*(response.c[name].label(name) for name in CELL_DIMENSIONS), response.c.answered_at, whose, *given)
        .select_from(response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash))
        .where(whose.in_(several))
        .order_by(response.c.answered_at.desc())
        .limit(limit)
    )
    return fetch_frame(connection, query)


def customers_in(connection: Connection, kept: Slice, counted: str) -> int:
    """The number of customers behind a slice's answers with a value in a column; unknown ones count one each."""
    whose = func.nullif(response.c.customer_id, "")
    joined = response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash)
    known = select(func.count(func.distinct(whose)), func.count() - func.count(whose)).select_from(joined)
    people, unknown = connection.execute(
        known.where(*conditions(response, "surveys", kept), *counted_when(counted))
    ).one()
    return int(people) + int(unknown)
