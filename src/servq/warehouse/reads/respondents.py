"""The number of customers behind the answers of a slice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from servq.records import Slice
from servq.warehouse.reads.snapshot_reads import conditions, counted_when, storable
from servq.warehouse.tables.fact_tables import response, some_at_a_time, text_score

if TYPE_CHECKING:
    from collections.abc import Iterable


def customers_in(connection: Connection, slice_: Slice, counted: str) -> int:
    """The number of customers behind a slice's answers with a value in a column; unknown ones count one each."""
    whose = func.nullif(response.c.customer_id, "")
    joined = response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash)
    known = select(func.count(func.distinct(whose)), func.count() - func.count(whose)).select_from(joined)
    people, unknown = connection.execute(
        known.where(*conditions(response, "surveys", slice_), *counted_when(counted))
    ).one()
    return int(people) + int(unknown)


def customers_named(connection: Connection, ids: Iterable[str]) -> int:
    """The number of customers behind these answers; unknown ones count one each."""
    pieces = some_at_a_time([name for name in ids if storable(name)])
    query = select(response.c.customer_id)
    found = [
        whose for some in pieces for (whose,) in connection.execute(query.where(response.c.response_id.in_(some))).all()
    ]
    known = [whose for whose in found if whose]
    return len(set(known)) + len(found) - len(known)
