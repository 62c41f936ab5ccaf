"""The recompute log: one line per recomputation without a load, so that cached figures are known to be stale."""

from __future__ import annotations

import time

from sqlalchemy import Connection, func, insert, select

from servq.warehouse.tables.ops_tables import rework


def enter(connection: Connection, kind: str, version: str, texts: int, who: str) -> None:
    """Log a recomputation of texts: rescored, or searched with another cause tree."""
    line = {"kind": kind, "version": version, "texts": texts, "done_at": int(time.time()), "done_by": who}
    connection.execute(insert(rework).values(line))


def last_id(connection: Connection) -> int:
    """The newest recomputation; 0 before the first. Cached figures from before it are stale."""
    return int(connection.execute(select(func.coalesce(func.max(rework.c.rework_id), 0))).scalar_one())
