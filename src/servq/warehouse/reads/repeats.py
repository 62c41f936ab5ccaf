"""Repeat complaints by customer and by order: the counts, and the complaints themselves. Never a customer's id."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from servq.records import Slice
from servq.warehouse.reads.snapshot_reads import conditions
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import complaint

WHO = {"customer": complaint.c.customer_id, "order": complaint.c.order_id}
"""By whom complaints are brought together."""

_NOT_TOLD = {"customer_id", "order_id", "raw", "load_id", "row_hash", "text_hash", "week"}


def complaints_per(connection: Connection, by: str, slice_: Slice) -> dict[int, int]:
    """The number of customers (or orders) with one complaint in the slice, with two …; those without an id are not
    counted."""
    each = select(func.count().label("complaints")).where(*_named(by, slice_)).group_by(WHO[by]).subquery()
    counted = select(each.c.complaints, func.count()).group_by(each.c.complaints).order_by(each.c.complaints)
    return {int(number): int(count) for number, count in connection.execute(counted)}


def complaints_of(connection: Connection, by: str, slice_: Slice, least: int, most: int | None) -> pd.DataFrame:
    """The complaints of those who have from `least` to `most` of them in the slice, newest first, without any id but
    the complaint's own.
    """
    how_many: list[ColumnElement[bool]] = [func.count() >= least]
    how_many += [] if most is None else [func.count() <= most]
    those = select(WHO[by]).where(*_named(by, slice_)).group_by(WHO[by]).having(*how_many)
    told = [column for column in complaint.c if column.name not in _NOT_TOLD]
    query = select(*told).where(*_named(by, slice_), WHO[by].in_(those))
    return fetch_frame(connection, query.order_by(complaint.c.opened_at.desc(), complaint.c.complaint_id))


def _named(by: str, slice_: Slice) -> list[ColumnElement[bool]]:
    return [*conditions(complaint, "complaints", slice_), WHO[by].is_not(None)]
