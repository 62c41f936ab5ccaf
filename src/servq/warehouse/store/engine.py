"""The opened warehouse: transactions for reading and writing, and the check of its schema version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from servq.configuration import Loading
from servq.errors import UsageError, WarehouseUnavailable
from servq.warehouse.store.connections import TurnNotCome, make_engine, noting, read_url, reading, writing
from servq.warehouse.store.failures import BUSY, failure_of
from servq.warehouse.tables.fact_tables import SCHEMA_VERSION

_VERSION = text("SELECT version_num FROM alembic_version")


class Warehouse:
    """A warehouse that can be read and written; opens no connection before it is used.

    Args:
        url: an SQLite file or a PostgreSQL database, as SQLAlchemy writes it.
        lock_seconds: how long a writer waits for another one.
    """

    def __init__(self, url: str, lock_seconds: float = Loading.lock_seconds) -> None:
        try:
            self.engine = make_engine(read_url(url), lock_seconds)
        except (ArgumentError, NoSuchModuleError, ValueError) as error:
            # not chained: what a parser says of an address may repeat its password
            raise UsageError(
                "数据库地址无法识别",
                "the database URL is not understood",
                where="--database",
                hint_zh="例：sqlite:////路径/servq.sqlite 或 postgresql://用户@主机/库名",
                hint_en="Example: sqlite:////path/servq.sqlite or postgresql://user@host/name",
            ) from (None if "@" in url else error)
        self.url = self.engine.url

    def close(self) -> None:
        """Close every connection; SQLite then writes its log into the file."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; what it sees does not change while it is open."""
        if not self._is_there():
            self.check()
        with self.plainly(), reading(self.engine) as connection:
            if not _is_current(connection):
                connection.rollback()
                self.check()
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or, after any error, nothing. Writers wait for each other."""
        self.check()
        with self.in_turn() as connection:
            yield connection

    @contextmanager
    def in_turn(self) -> Iterator[Connection]:
        """A writer's transaction on a warehouse of any schema version."""
        with self.plainly(), writing(self.engine) as connection, connection.begin():
            try:
                yield connection
            except (KeyboardInterrupt, SystemExit):
                if self.url.get_backend_name() != "sqlite":
                    # broken off in mid-COPY a session takes no ROLLBACK; closed, the server rolls it back by itself
                    connection.invalidate()
                raise

    @contextmanager
    def note(self, seconds: float = Loading.lock_seconds) -> Iterator[Connection]:
        """One transaction of a line or two in tables that no load writes: it waits for a load on SQLite only."""
        self.check()
        with self.plainly(), noting(self.engine, seconds) as connection, connection.begin():
            yield connection

    def check(self) -> None:
        """Raise WarehouseUnavailable unless this is an initialised warehouse of the known schema."""
        version = self.schema_version()
        if version == SCHEMA_VERSION:
            return
        older = version is not None and version < SCHEMA_VERSION
        found_zh = "尚未初始化" if version is None else f"的结构版本是 {version}，需要 {SCHEMA_VERSION}"
        found_en = "is not initialised" if version is None else f"has schema {version}, needed is {SCHEMA_VERSION}"
        newer = version is not None and not older
        raise WarehouseUnavailable(
            f"数据仓库{found_zh}",
            f"the warehouse {found_en}",
            where=self.place,
            hint_zh="它由更新的 servq 建立，请升级本机的 servq" if newer else "请先运行 servq init",
            hint_en="A newer servq made it: upgrade this one" if newer else "Run servq init first",
        )

    def schema_version(self) -> str | None:
        """The migration that this warehouse stands at, or None when it has no tables yet."""
        if not self._is_there():
            return None
        with self.plainly(), reading(self.engine) as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(_VERSION).scalar()

    def _is_there(self) -> bool:
        """Whether there is anything to connect to; SQLite would make the file."""
        return self.url.get_backend_name() != "sqlite" or Path(self.url.database or "").exists()

    @property
    def place(self) -> str:
        """The address of the warehouse, without any password."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Turn the driver's errors into one that says what to do; errors of servq itself pass unchanged."""
        try:
            yield
        except TurnNotCome as error:
            raise BUSY.at(self.place) from error
        except DBAPIError as error:
            failure = failure_of(error)
            if failure is None:
                raise
            raise failure.at(self.place) from error


def _is_current(connection: Connection) -> bool:
    """Whether this is plainly a warehouse of the known schema: one statement, as every page asks on every rerun."""
    try:
        return bool(connection.execute(_VERSION).scalar() == SCHEMA_VERSION)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return False
