"""Opening a warehouse: the connection, its SQLite habits, and whether its schema is the one we know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from servq.errors import UsageError, WarehouseUnavailable
from servq.warehouse.schema import SCHEMA_VERSION

BUSY_SECONDS = 15
"""How long a statement waits for another loader before it gives up."""

_VERSION = text("SELECT version_num FROM alembic_version")


class Warehouse:
    """A warehouse that can be read and written; opens no connection before it is used."""

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
            self.engine = _engine(url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(
                "数据库地址无法识别",
                "the database URL is not understood",
                where="--database",
                hint_zh="例：sqlite:////路径/servq.sqlite",
                hint_en="Example: sqlite:////path/servq.sqlite",
            ) from error

    def close(self) -> None:
        """Let go of every connection; SQLite then folds its log into the file."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading; what it sees does not change while it is open."""
        if not self._is_there():
            self.check()
        with self.plainly(), self.engine.connect() as connection:
            if not _is_current(connection):
                self.check()
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or, after any error, nothing."""
        self.check()
        with self.plainly(), self.writing_connection() as connection, connection.begin():
            yield connection

    def check(self) -> None:
        """Raise WarehouseUnavailable unless this is an initialised warehouse of the known schema."""
        version = self.schema_version()
        if version == SCHEMA_VERSION:
            return
        found_zh = "尚未初始化" if version is None else f"的结构版本是 {version}，需要 {SCHEMA_VERSION}"
        found_en = "is not initialised" if version is None else f"has schema {version}, needed is {SCHEMA_VERSION}"
        newer = version is not None and version > SCHEMA_VERSION
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
        with self.plainly(), self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(_VERSION).scalar()

    def _is_there(self) -> bool:
        """Whether there is anything to connect to; SQLite would make the file."""
        return self.url.get_backend_name() != "sqlite" or Path(self.url.database or "").exists()

    @property
    def place(self) -> str:
        """Where the warehouse is, without any password."""
        return self.url.render_as_string(hide_password=True)

    def writing_connection(self) -> Connection:
        """A connection whose transactions take the writer's lock at their start."""
        return self.engine.connect().execution_options(servq_write=True)

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Turn the driver's errors into one that says what to do."""
        try:
            yield
        except OperationalError as error:
            locked = "locked" in str(error.orig)
            raise WarehouseUnavailable(
                "数据仓库正被占用" if locked else "无法打开数据仓库",
                "the warehouse is busy" if locked else "the warehouse cannot be opened",
                where=self.place,
                hint_zh="稍后重试" if locked else "检查路径与权限",
                hint_en="Try again shortly" if locked else "Check the path and the rights",
            ) from error
        except DatabaseError as error:
            raise WarehouseUnavailable(
                "数据仓库文件已损坏或不是 servq 的仓库",
                "the warehouse is damaged or is not one of servq's",
                where=self.place,
                hint_zh="文件未被改动；请从备份恢复",
                hint_en="It was left untouched; restore it from a backup",
            ) from error


def _is_current(connection: Connection) -> bool:
    """Whether this is plainly a warehouse of the known schema: one statement, as every page asks on every rerun."""
    try:
        return bool(connection.execute(_VERSION).scalar() == SCHEMA_VERSION)
    except DatabaseError:
        return False


def _engine(url: str) -> Engine:
    """An engine; on SQLite waiting instead of failing, and with transactions that we begin ourselves."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: object) -> None:
        # sqlite3 would open its transactions late and commit before DDL: we send BEGIN ourselves
        connection.isolation_level = None
        # WAL is not among these: it is kept in the file, which looking at it must not change (see migrate)
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a writer takes its lock at once, so that two loaders queue instead of meeting half-way
        writing = connection.get_execution_options().get("servq_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
