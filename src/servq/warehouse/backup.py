"""A warehouse in one file, and back: the file is an SQLite warehouse of the same schema, whatever store it came from.

A backup is taken while loads and readers go on, and holds one state. Restoring is one transaction: all of the backup
or, after any error, what was there before. Who was erased since stays erased. The key that hides customer ids is not
in a backup.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from servq.errors import FileRefused, UsageError, WarehouseUnavailable
from servq.warehouse import log
from servq.warehouse.books import forgotten
from servq.warehouse.checks import examine, integrity
from servq.warehouse.connecting import reading
from servq.warehouse.copying import Progress, copy_all, empty, rows_in
from servq.warehouse.engine import Warehouse
from servq.warehouse.erase import forget
from servq.warehouse.failures import DAMAGED
from servq.warehouse.migrate import migrate
from servq.warehouse.schema import SCHEMA_VERSION


@dataclass(frozen=True)
class Copied:
    """What a backup holds or a restore brought back.

    Attributes:
        load_id: the newest load in it.
        set_aside: where the damaged file that stood in the way is now; "" when there was none.
        forgotten: persons who were erased since the backup was taken, and now again.
    """

    rows: int
    load_id: int
    set_aside: str = ""
    forgotten: int = 0


def take_backup(warehouse: Warehouse, file: Path, progress: Progress | None = None) -> Copied:
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
        copied = _write(warehouse, part, progress)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise UsageError("备份无法写入", "the backup cannot be written", where=f"{file}: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return copied


def restore(warehouse: Warehouse, file: Path, *, replace: bool = False, progress: Progress | None = None) -> Copied:
    """Bring a backup's state back, on the store that it came from or on the other one.

    Args:
        replace: what the warehouse holds now may be lost; a damaged SQLite file is set aside, never deleted.

    Raises:
        FileRefused: the backup is not whole, or is no backup of servq; nothing was changed.
        UsageError: the warehouse holds something and `replace` was not given.
        WarehouseUnavailable: it cannot be reached or written; nothing was changed.
    """
    with _whole_backup(file) as backup:
        set_aside = _make_ready(warehouse, replace)
        with backup.read() as source, warehouse.write() as target:
            if rows_in(target) and not replace:
                raise _not_empty(warehouse)
            erased = set(target.scalars(select(forgotten.c.customer_id)))
            empty(target)
            rows = copy_all(source, target, progress)
            erased -= set(source.scalars(select(forgotten.c.customer_id)))
            for customer in sorted(erased):
                forget(target, customer, "restore")
            return Copied(rows, log.last_load_id(source), set_aside, len(erased))


def _write(warehouse: Warehouse, part: Path, progress: Progress | None) -> Copied:
    written = Warehouse(f"sqlite:///{part.absolute()}")
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
        copied = Copied(rows_in(connection), log.last_load_id(connection))
    written.close()
    with closing(sqlite3.connect(part)) as target:
        target.execute("PRAGMA journal_mode=DELETE")
    return copied


@contextmanager
def _whole_backup(file: Path) -> Iterator[Warehouse]:
    """A copy of the backup that passed every check, brought up to the present schema."""
    if not file.is_file():
        raise FileRefused("没有这个备份文件", "there is no such backup", where=str(file))
    with tempfile.TemporaryDirectory(prefix="servq-restore-") as folder:
        copy = Path(folder) / "backup.sqlite"
        for beside in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{file}{beside}", f"{copy}{beside}")
        backup = Warehouse(f"sqlite:///{copy}")
        try:
            version = backup.schema_version()
            if version is not None and version < SCHEMA_VERSION:
                migrate(backup)
            wrong = [check.found for check in examine(backup) if not check.ok]
        except WarehouseUnavailable as error:
            raise _refused(file, error.zh, error.en) from error
        if wrong:
            raise _refused(file, wrong[0].zh, wrong[0].en)
        try:
            yield backup
        finally:
            backup.close()


def _make_ready(warehouse: Warehouse, replace: bool) -> str:
    """Make a warehouse that a backup can be put into; returns where a damaged one was set aside to."""
    try:
        migrate(warehouse)
        with warehouse.read() as connection:
            if integrity(connection).damaged:
                raise DAMAGED.at(warehouse.place)
    except WarehouseUnavailable as error:
        if error.zh != DAMAGED.zh or warehouse.url.get_backend_name() != "sqlite":
            raise
        if not replace:
            raise _not_empty(warehouse) from error
        warehouse.close()
        aside = _set_aside(Path(warehouse.url.database or ""))
        migrate(warehouse)
        return aside
    return ""


def _set_aside(file: Path) -> str:
    aside = f"{file}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    for beside in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{file}{beside}").rename(f"{aside}{beside}")
    return aside


def _not_empty(warehouse: Warehouse) -> UsageError:
    return UsageError(
        "数据仓库里已有内容，未作任何改动",
        "the warehouse holds something already; nothing was changed",
        where=warehouse.place,
        hint_zh="确定要以备份代替时加 --replace",
        hint_en="To put the backup in its place give --replace",
    )


def _refused(file: Path, zh: str, en: str) -> FileRefused:
    return FileRefused(
        f"备份不完整或不是 servq 的备份：{zh}",
        f"the backup is not whole, or is none of servq's: {en}",
        where=str(file),
        hint_zh="数据仓库未作任何改动；请换一个备份",
        hint_en="The warehouse was left as it is: take another backup",
    )
