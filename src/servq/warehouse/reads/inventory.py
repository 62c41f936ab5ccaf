"""The rows of each source and of the quarantine, as counts and times only."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Connection, func, select

from servq.warehouse.books.quarantine import WAITING
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import FACTS, MOMENTS
from servq.warehouse.tables.ops_tables import quarantine


def newest_moments(connection: Connection) -> dict[str, int | None]:
    """Source -> the moment of its newest fact (UTC seconds), read off an index; None without facts."""
    return {
        source: connection.execute(select(func.max(table.c[MOMENTS[source]]))).scalar()
        for source, table in FACTS.items()
    }


def rows_by_week(connection: Connection, source: str) -> dict[date, int]:
    """Monday -> the rows of a source in that week; weeks without any are not in it."""
    table = FACTS[source]
    query = select(table.c.week, func.count()).group_by(table.c.week).order_by(table.c.week)
    return {week: int(count) for week, count in connection.execute(query)}


def waiting_by_reason(connection: Connection) -> pd.DataFrame:
    """The number of rows in quarantine: source, reason, rows; most first."""
    count = func.count().label("rows")
    query = (
        select(quarantine.c.source, quarantine.c.reason, count)
        .where(quarantine.c.state == WAITING)
        .group_by(quarantine.c.source, quarantine.c.reason)
        .order_by(count.desc(), quarantine.c.source, quarantine.c.reason)
    )
    return fetch_frame(connection, query)
