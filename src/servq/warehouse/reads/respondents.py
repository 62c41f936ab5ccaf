"""The number of customers behind the answers of a slice."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from servq.records import Slice
from servq.warehouse.reads.snapshot_reads import conditions, counted_when
from servq.warehouse.tables.fact_tables import response, text_score


def customers_in(connection: Connection, slice_: Slice, counted: str) -> int:
    """The number of customers behind a slice's answers with a value in a column; unknown ones count one each."""
    whose = func.nullif(response.c.customer_id, "")
    joined = response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash)
    known = select(func.count(func.distinct(whose)), func.count() - func.count(whose)).select_from(joined)
    people, unknown = connection.execute(
        known.where(*conditions(response, "surveys", slice_), *counted_when(counted))
    ).one()
    return int(people) + int(unknown)
