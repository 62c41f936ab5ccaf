"""Creating a warehouse and bringing an older one up to date, through Alembic's numbered steps."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from servq.errors import WarehouseUnavailable
from servq.warehouse.engine import Warehouse
from servq.warehouse.schema import SCHEMA_VERSION


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
        _make_folder(Path(warehouse.url.database).parent, warehouse.place)
        if before is None:
            _make_file(Path(warehouse.url.database), warehouse.place)
            _settle_file(warehouse)
    with warehouse.in_turn() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before != warehouse.schema_version()


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


def _settle_file(warehouse: Warehouse) -> None:
    """Let readers of a new SQLite file never wait for its writer; refuse a file that holds something else."""
    with warehouse.plainly(), warehouse.engine.connect() as connection:
        taken = inspect(connection).get_table_names()
    if taken:
        raise WarehouseUnavailable(
            "这个数据库里已有别的表",
            "this database holds other tables already",
            where=warehouse.place,
            hint_zh="请用 SERVQ_HOME 或 --database 指定一个新文件",
            hint_en="Give a new file with SERVQ_HOME or --database",
        )
    with warehouse.plainly(), closing(warehouse.engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
