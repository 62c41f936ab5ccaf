"""Copy of every row of one warehouse into another, between any two databases.

Owns the order of the tables and the counters of new rows. Transactions are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, delete, func, select, text

from servq.warehouse.store.bulk import insert_rows
from servq.warehouse.tables import fact_tables  # its tables must be known
from servq.warehouse.tables.ops_tables import metadata

ROWS_AT_ONCE = 10_000

Progress = Callable[[int], None]
"""Told how many rows have been copied so far."""

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
"""All tables, each after those that it refers to."""

assert fact_tables.response in TABLES


def rows_in(connection: Connection) -> int:
    """The number of rows in all tables of a warehouse."""
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES)


def empty(connection: Connection) -> None:
    """Take every row out. Readers go on seeing them until the transaction ends."""
    for table in reversed(TABLES):
        connection.execute(delete(table))


def copy_all(source: Connection, target: Connection, progress: Progress | None = None) -> int:
    """Copy every row into empty tables; returns how many there were."""
    done = 0
    for table in TABLES:
        names = table.c.keys()
        with source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)) as result:
            for rows in result.partitions():
                insert_rows(target, table, dict(zip(names, zip(*rows, strict=True), strict=True)))
                done += len(rows)
                if progress is not None:
                    progress(done)
        count_on(target, table)
    return done


def count_on(connection: Connection, table: Table) -> None:
    """New rows are numbered after the copied ones; SQLite sees to that itself."""
    (key, *others) = table.primary_key.columns
    if connection.dialect.name != "postgresql" or others or table.autoincrement_column is None:
        return
    highest = connection.execute(select(func.max(key))).scalar()
    if highest is not None:
        statement = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        connection.execute(statement, {"table": table.name, "column": key.name, "highest": highest})
