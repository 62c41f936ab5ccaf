"""What was worked over again without a load: a line in the books for each, so that kept figures know they are stale."""

from __future__ import annotations

import time

from sqlalchemy import Connection, func, insert, select

from servq.warehouse.tables.ops_tables import rework


def enter(connection: Connection, kind: str, version: str, texts: int, who: str) -> None:
    """Write down that texts were worked over: scored again, or coded again by another tree."""
    line = {"kind": kind, "version": version, "texts": texts, "done_at": int(time.time()), "done_by": who}
    connection.execute(insert(rework).values(line))


def last_id(connection: Connection) -> int:
    """The newest rework; 0 before the first. Figures that were kept before it are stale."""
    return int(connection.execute(select(func.coalesce(func.max(rework.c.rework_id), 0))).scalar_one())
