"""Bulk inserts: prepared statements on SQLite, COPY on PostgreSQL.

Owns making whole columns ready for the driver. Which rows are new is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Date, Integer, Table, insert
from sqlalchemy.exc import DBAPIError

Columns = Mapping[str, Sequence[Any]]
"""Column -> its plain Python values, one per row; every column of the table."""


def insert_rows(connection: Connection, table: Table, columns: Columns, places: Sequence[int] | None = None) -> None:
    """Store rows that are not there yet, within the connection's transaction.

    Args:
        places: which of the rows; all of them when left out.
    """
    ready = _ready(connection, table, columns, places)
    if not next(iter(ready.values()), ()):
        return
    rows = zip(*ready.values(), strict=True)
    if connection.dialect.name == "postgresql":
        _copy(connection, table, tuple(ready), rows)
    else:
        statement = insert(table).compile(dialect=connection.dialect, column_keys=list(ready))
        connection.exec_driver_sql(str(statement), list(rows))


def _ready(
    connection: Connection, table: Table, columns: Columns, places: Sequence[int] | None
) -> dict[str, Sequence[Any]]:
    """The rows as columns, each made ready for the driver as a whole: value by value costs half of a load.

    A column without any value is left out: its rows have none anyway.
    """
    dialect = connection.dialect
    ready: dict[str, Sequence[Any]] = {}
    for column in table.c:
        values = columns[column.name]
        picked = values if places is None or len(places) == len(values) else [values[place] for place in places]
        if column.nullable and column.server_default is None and picked.count(None) == len(picked):
            continue
        process: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
        if isinstance(column.type, Integer):
            # looking at the kinds as a whole is many times quicker than at each value
            process = _whole if float in set(map(type, picked)) else None
        if process is not None and isinstance(column.type, Integer | Date):
            process = {value: process(value) for value in set(picked)}.__getitem__
        ready[column.name] = picked if process is None else list(map(process, picked))
    return ready


def _whole(value: Any) -> Any:
    """A whole number that came as 9.0 is 9 everywhere; one that is not whole is left for the database to refuse."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    import psycopg  # a quarter of a second that no command on SQLite needs to wait
    from psycopg import sql

    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), listed)
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # SQLAlchemy did not see this statement: it must hear of the failure, and of a lost connection, as of any other
        gone = connection.dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type]  # no cursor is left
        if gone:
            connection.invalidate(error)
        raise DBAPIError.instance(
            f"COPY {table.name}", None, error, psycopg.Error, connection_invalidated=gone
        ) from error
