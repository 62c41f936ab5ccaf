"""Database connections: SQLite's locks and transactions, PostgreSQL's sessions, and the queue of writers.

One writer at a time, on both databases: the second waits, and then sees what the first has written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, bindparam, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

BUSY_SECONDS = 15
"""The seconds that SQLite waits where no other writer is the reason, as while a log is folded into the file."""

WRITER_KIB = 32_768
"""Memory for the pages that a writer changes on SQLite; with its usual 2 MiB a load writes most of them twice."""

READ_SECONDS = 600
"""After how long PostgreSQL breaks off a statement that only reads."""

TURN = 0x5E27_9001
"""The advisory lock of a PostgreSQL database that one writer of servq holds; any number, always the same."""

_PAUSE_SECONDS = 0.1

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_NETWORK = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""So that a server that has vanished is noticed within a minute or so, and not never."""


class TurnNotCome(Exception):
    """The wait for another writer took too long."""


def read_url(said: str) -> URL:
    """The address of a warehouse, with the one driver that is tested.

    Raises:
        ArgumentError: not an address, or one of another kind of database.

    >>> read_url("postgres://quality@db/servq").drivername
    'postgresql+psycopg'
    """
    url = make_url(said)
    if url.drivername not in _DRIVERS:
        raise ArgumentError(f"no warehouse can stand on {url.drivername}")
    return url.set(drivername=_DRIVERS[url.drivername])


def make_engine(url: URL, lock_seconds: float) -> Engine:
    """An engine that begins its transactions itself; opens no connection yet.

    Args:
        lock_seconds: how long a writer waits for its turn; then `TurnNotCome` is raised.
    """
    if url.get_backend_name() == "sqlite":
        if url.database:
            # not in TMPDIR, which may be small: where the warehouse grows there must be room, and its words stay there
            os.environ.setdefault("SQLITE_TMPDIR", str(Path(url.database).absolute().parent))
        engine = create_engine(url, hide_parameters=True)  # what a statement was given may be a person's
        event.listen(engine, "connect", _settle_sqlite)
        take_turn: Callable[[Connection], bool] = _begin_immediately
    else:
        # the engine, which may be shown, does not know what the driver alone needs to know
        secret = {name: value for name, value in url.query.items() if "pass" in name.lower()}
        usual = {name: value for name, value in _usual(lock_seconds).items() if name not in url.query}
        url = url.difference_update_query(secret)
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=usual | secret)
        take_turn = _take_advisory_lock

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("servq_write", False):
            _wait(lambda: take_turn(connection), options.get("servq_wait", lock_seconds))
        elif connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")

    return engine


def reading(engine: Engine) -> Connection:
    """A connection that changes nothing and always sees one state."""
    if engine.dialect.name == "sqlite":
        return engine.connect()
    return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing(engine: Engine) -> Connection:
    """A connection whose transactions wait for their turn at their start."""
    return engine.connect().execution_options(servq_write=True)


def noting(engine: Engine, seconds: float) -> Connection:
    """A connection whose transactions write a line or two beside a load.

    PostgreSQL lets them by; SQLite has one writer, so they wait their turn for so many seconds.
    """
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(servq_write=True, servq_wait=seconds)
    return engine.connect()


def _usual(lock_seconds: float) -> dict[str, str]:
    timeouts = {"lock_timeout": max(1, round(lock_seconds * 1000)), "statement_timeout": READ_SECONDS * 1000}
    options = " ".join(f"-c {name}={value}" for name, value in timeouts.items())
    return _NETWORK | {"application_name": "servq", "client_encoding": "utf8", "options": options}


def _settle_sqlite(connection: Any, _record: object) -> None:
    # sqlite3 would open its transactions late and commit before DDL: we send BEGIN ourselves
    connection.isolation_level = None
    # WAL is not among these: it is kept in the file, which looking at it must not change (see migrate)
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _wait(take_turn: Callable[[], bool], seconds: float) -> None:
    """Ask again and again, as a wait inside the driver would not listen to Ctrl-C."""
    deadline = time.monotonic() + seconds
    while not take_turn():
        if time.monotonic() >= deadline:
            raise TurnNotCome
        time.sleep(_PAUSE_SECONDS)


def _begin_immediately(connection: Connection) -> bool:
    """Begin with the writer's lock, so that two loaders queue instead of meeting half-way."""
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    connection.exec_driver_sql(f"PRAGMA cache_size=-{WRITER_KIB}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        return False
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return True


_LOCK = text("SELECT pg_try_advisory_xact_lock(:turn)").bindparams(bindparam("turn", TURN))


def _take_advisory_lock(connection: Connection) -> bool:
    """Lock out other loaders until the transaction ends, and readers never; a load may take its time."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    return bool(connection.execute(_LOCK).scalar_one())
