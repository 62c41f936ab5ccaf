"""Migration: creating a warehouse and bringing an older one up to date, through Alembic's numbered steps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from servq.errors import WarehouseUnavailable
from servq.warehouse.store.connections import reading
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.failures import failure_on_sqlite
from servq.warehouse.tables.fact_tables import SCHEMA_VERSION
from servq.warehouse.tables.ops_tables import metadata


def migrate(warehouse: Warehouse) -> bool:
    """Create or migrate the warehouse; safe to run again.

    Returns:
        Whether anything had to be done.

    Raises:
        WarehouseUnavailable: when the file cannot be created, is not a warehouse, or is one of a newer servq.
    """
    before = warehouse.schema_version()
    if before is not None and before > SCHEMA_VERSION:
        warehouse.check()
    if warehouse.url.get_backend_name() == "sqlite" and warehouse.url.database:
        file = Path(warehouse.url.database)
        _make_folder(file.parent, warehouse.place)
        with _nothing_half_made(warehouse, file):
            if before is None:
                _make_file(file, warehouse.place)
                _refuse_taken(warehouse)
                _settle_file(warehouse)
            _upgrade(warehouse)
    else:
        if before is None:
            _refuse_other_text(warehouse)
            _refuse_taken(warehouse)
        _upgrade(warehouse)
    return before != warehouse.schema_version()


def _upgrade(warehouse: Warehouse) -> None:
    with warehouse.in_turn() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _nothing_half_made(warehouse: Warehouse, file: Path) -> Iterator[None]:
    """A file that was not there before goes again where no warehouse comes into it."""
    new = not file.exists()
    try:
        yield
    except BaseException:
        if new:
            warehouse.close()
            for beside in ("", "-wal", "-shm", "-journal"):
                Path(f"{file}{beside}").unlink(missing_ok=True)
        raise


def _make_folder(folder: Path, place: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(f"无法建立文件夹 {folder}", f"the folder {folder} cannot be created", place) from error


def _make_file(file: Path, place: str) -> None:
    """A new warehouse is its owner's alone: customers' words lie in it. An existing file keeps its rights."""
    try:
        file.touch(mode=0o600)
    except OSError as error:
        raise _not_writable(f"无法写入 {file}", f"{file} cannot be written", place) from error


def _not_writable(zh: str, en: str, place: str) -> WarehouseUnavailable:
    return WarehouseUnavailable(
        zh,
        en,
        where=place,
        hint_zh="用 SERVQ_HOME 或 --database 指定可写的位置",
        hint_en="Give a writable place with SERVQ_HOME or --database",
    )


def _refuse_taken(warehouse: Warehouse) -> None:
    """A file is ours alone; a PostgreSQL schema may hold other tables, but none that are called as ours are."""
    with warehouse.plainly(), reading(warehouse.engine) as connection:
        taken = set(inspect(connection).get_table_names())
    if warehouse.url.get_backend_name() != "sqlite":
        taken &= set(metadata.tables)
    if taken:
        raise WarehouseUnavailable(
            "这个数据库里已有别的表",
            "this database holds other tables already",
            where=warehouse.place,
            hint_zh="请用 SERVQ_HOME 或 --database 指定一个新的数据库",
            hint_en="Give a new one with SERVQ_HOME or --database",
        )


def _refuse_other_text(warehouse: Warehouse) -> None:
    """Chinese text, and every other, needs a database in UTF-8."""
    with warehouse.plainly(), reading(warehouse.engine) as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise WarehouseUnavailable(
            f"数据库的编码是 {encoding}，需要 UTF8",
            f"the encoding of the database is {encoding}, needed is UTF8",
            where=warehouse.place,
            hint_zh="请新建：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
            hint_en="Make a new one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
        )


def _settle_file(warehouse: Warehouse) -> None:
    """Let readers of a new SQLite file never wait for its writer."""
    with warehouse.plainly(), closing(warehouse.engine.raw_connection()) as raw:
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:  # SQLAlchemy has no part in a raw connection
            failure = failure_on_sqlite(error)
            if failure is None:
                raise
            raise failure.at(warehouse.place) from error
