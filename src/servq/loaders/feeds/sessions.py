"""Read-only sessions on databases of others: they change nothing and never wait without limit.

Owns the settings of a session, and that no secret leaves with a driver's error.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from servq.errors import SourceUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servq.loaders.feeds.connections import Address

CONNECT_SECONDS = 10
DRIVER_ERRORS = (SQLAlchemyError, OSError, ValueError, ArithmeticError, LookupError)
"""The errors that drivers raise: for a server that is gone, and for a value that Python cannot hold."""

_NO_FILE = f"{os.devnull}/none"
"""A path where no file can be: the driver then reads no password file of its own, and does not complain."""

_STEPS = 20_000
"""SQLite's own steps between two looks at the clock."""


@contextmanager
def connected(address: Address, seconds: int, where: str) -> Iterator[Connection]:
    """A session that can only read and sees one moment of the database, however long it is looked at.

    Args:
        seconds: how long one statement may take.

    Raises:
        SourceUnavailable: the database cannot be reached.
    """
    arguments = _arguments(address.url, seconds)
    engine = create_engine(_url(address.url), connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    with telling(address, where):
        connection = engine.connect()
    try:
        with telling(address, where):
            _hold_to_reading(connection, seconds)
        yield connection
    finally:
        # rows that are still on their way would be waited for; nobody wants them any more
        with suppress(*DRIVER_ERRORS):
            connection.invalidate()
            connection.close()
        engine.dispose()


@contextmanager
def telling(address: Address, where: str) -> Iterator[None]:
    """Turn a driver's error into one of ours, without secrets and without a trace.

    Raises:
        SourceUnavailable: a statement failed, or a value cannot be held.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        raise _unavailable(error, address, where) from None


def _unavailable(error: Exception, address: Address, where: str) -> SourceUnavailable:
    """A driver's error in our words, with the first line of its own, less every secret."""
    said = str(getattr(error, "orig", None) or error)
    for secret in address.secrets:
        said = said.replace(secret, "***")
    first = next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)[:300]
    return SourceUnavailable(
        f"数据源无法读取（{first}）",
        f"the source cannot be read ({first})",
        where=where,
        hint_zh="检查地址、账号的读取权限与网络；下次同步会从上次停下的地方继续",
        hint_en="Check the address, the account's right to read and the network; the next sync goes on from here",
    )


def _url(url: URL) -> URL:
    """An SQLite file is opened as it is, and never made."""
    if url.get_backend_name() != "sqlite":
        return url
    path = quote(os.path.abspath(url.database or ""))
    return URL.create("sqlite", database=f"file:{path}", query={"mode": "ro", "uri": "true"})


def _arguments(url: URL, seconds: int) -> dict[str, Any]:
    """The driver's arguments besides the URL; the driver reads no file of its own for anything missing."""
    backend = url.get_backend_name()
    if backend == "sqlite":
        return {"timeout": CONNECT_SECONDS}
    if backend == "postgresql":
        patience = {"keepalives_idle": 30, "tcp_user_timeout": (seconds + CONNECT_SECONDS) * 1000}
        return patience | {"connect_timeout": CONNECT_SECONDS, "passfile": _NO_FILE, "client_encoding": "utf8"}
    patience = {"connect_timeout": CONNECT_SECONDS, "read_timeout": seconds + CONNECT_SECONDS}
    # the driver would take a password of text for Latin-1
    secret = {} if url.password is None else {"password": str(url.password).encode()}
    return patience | secret | {"charset": "utf8mb4", "local_infile": False}


def _hold_to_reading(connection: Connection, seconds: int) -> None:
    """Nothing can be written in this session, and its times are told in UTC where the server would translate them."""
    dialect = connection.dialect
    if dialect.name == "sqlite":
        statements = ["PRAGMA query_only=ON", "PRAGMA trusted_schema=OFF", "BEGIN"]
        raw: Any = connection.connection.driver_connection
        end = time.monotonic() + seconds
        raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    elif dialect.name == "postgresql":
        statements = [
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            "SET default_transaction_read_only = on",
            f"SET statement_timeout = '{seconds}s'",
            f"SET idle_in_transaction_session_timeout = '{seconds}s'",
        ]
    else:
        mariadb = getattr(dialect, "is_mariadb", False)
        limit = f"max_statement_time = {seconds}" if mariadb else f"max_execution_time = {seconds * 1000}"
        statements = [
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION TRANSACTION READ ONLY",
            f"SET SESSION {limit}",
            f"SET SESSION net_write_timeout = {seconds}",
            "SET SESSION time_zone = '+00:00'",
        ]
    for statement in statements:
        connection.exec_driver_sql(statement)
    if dialect.name != "sqlite":
        connection.commit()
