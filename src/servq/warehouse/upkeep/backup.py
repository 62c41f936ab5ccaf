"""Backup: the warehouse in one SQLite file of the same schema, from either database.

A backup is taken while loads and readers go on, and holds one state. The key that hides customer ids is not in it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from servq.errors import UsageError
from servq.settings import sqlite_url
from servq.warehouse.books import load_log
from servq.warehouse.store.connections import reading
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.failures import DAMAGED
from servq.warehouse.store.migrate import migrate
from servq.warehouse.upkeep.copy import Progress, copy_all, rows_in
from servq.warehouse.upkeep.doctor import integrity


@dataclass(frozen=True)
class Taken:
    """The content of a backup: the number of rows, up to which load."""

    rows: int
    load_id: int


def take_backup(warehouse: Warehouse, file: Path, progress: Progress | None = None) -> Taken:
    """Write the present state of a warehouse into a new file, readable by its owner alone.

    Raises:
        UsageError: the file is there already, or cannot be written; nothing is left behind.
        WarehouseUnavailable: there is nothing to be backed up.
    """
    warehouse.check()
    if file.exists():
        raise UsageError(
            "文件已存在，不会覆盖",
            "the file exists and is not overwritten",
            where=str(file),
            hint_zh="换一个名字，例如加上日期",
            hint_en="Give another name, with the date for instance",
        )
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        taken = _write(warehouse, part, progress)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise UsageError("备份无法写入", "the backup cannot be written", where=f"{file}: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return taken


def _write(warehouse: Warehouse, part: Path, progress: Progress | None) -> Taken:
    written = Warehouse(sqlite_url(part.absolute()))
    if warehouse.url.get_backend_name() == "sqlite":
        with warehouse.plainly(), reading(warehouse.engine) as source, closing(sqlite3.connect(part)) as target:
            driver = source.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, whole without its neighbours
    else:
        migrate(written)
        with warehouse.read() as source, written.write() as target:
            copy_all(source, target, progress)
    with written.read() as connection:
        if not integrity(connection).ok:
            raise DAMAGED.at(warehouse.place)
        taken = Taken(rows_in(connection), load_log.last_load_id(connection))
    written.close()
    with closing(sqlite3.connect(part)) as target:
        target.execute("PRAGMA journal_mode=DELETE")
    return taken
