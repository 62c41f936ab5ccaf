"""Vacuum: deleted content removed from the file: SQLite's free pages and log rewritten, PostgreSQL's dead rows cleared.

Runs beside transactions, after the one that deleted. Changes no row.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from servq.warehouse.tables.fact_tables import FACTS, text_cause, text_score, week_block
from servq.warehouse.tables.ops_tables import quarantine
from servq.warehouse.tables.user_tables import cause_card_sentence

if TYPE_CHECKING:
    from servq.warehouse.store.engine import Warehouse


def scrub(warehouse: Warehouse) -> bool:
    """Rewrite the file without deleted content, and empty its log.

    Returns:
        False while somebody else is reading or writing, or where there is no room for the new file: the old words
        still lie in the file or its log, and it is to be done again. On PostgreSQL always True; its own logs and
        backups are its keeper's business.
    """
    if warehouse.engine.dialect.name != "sqlite":
        tables = ", ".join(
            table.name
            for table in (*FACTS.values(), quarantine, text_score, text_cause, week_block, cause_card_sentence)
        )
        with warehouse.plainly(), warehouse.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(f"VACUUM {tables}")
        return True
    with closing(warehouse.engine.raw_connection()) as raw:
        cursor = raw.cursor()
        try:
            cursor.execute("VACUUM")
        except sqlite3.OperationalError as error:
            if not any(reason in str(error) for reason in ("locked", "full")):
                raise
            return False
        (busy, *_rest) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
