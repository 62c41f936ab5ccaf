"""Cells of one answer per customer: the first or the last one within a period, picked inside the database.

Answers of nobody known count one each. Ids never leave the store.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, case, func, literal, or_, select

from servq.records import Slice
from servq.warehouse.facts.week_cells import counted_cells
from servq.warehouse.reads.snapshot_reads import conditions, counted_when
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response, text_score


def cells_once(connection: Connection, slice_: Slice, counted: str, last: bool, *, each_week: bool) -> pd.DataFrame:
    """Cells, as `counted_cells` gives them, of the answers picked.

    Args:
        counted: the column of which an answer must have a value to be picked, as in `responses_behind`.
        last: the last answer instead of the first.
        each_week: one answer per customer and week, instead of one in all the slice.
    """
    nobody = or_(response.c.customer_id.is_(None), response.c.customer_id == "")
    whose = case((nobody, literal("r:") + response.c.response_id), else_=literal("c:") + response.c.customer_id)
    ends = (response.c.answered_at, response.c.response_id)
    order = tuple(end.desc() for end in ends) if last else ends
    place = func.row_number().over(partition_by=[whose, *([response.c.week] if each_week else [])], order_by=order)
    asked = (
        select(response.c.response_id, place.label("place"))
        .select_from(response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash))
        .where(*conditions(response, "surveys", slice_), *counted_when(counted))
        .subquery()
    )
    picked = select(asked.c.response_id).where(asked.c.place == 1)
    return fetch_frame(connection, counted_cells().where(response.c.response_id.in_(picked)))
