"""Restore: a backup put in the place of a warehouse's content, on the same database or on the other.

One transaction: all of the backup or, after any error, what was there before. Persons erased since stay erased.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from servq.errors import FileRefused, UsageError, WarehouseUnavailable
from servq.settings import sqlite_url
from servq.warehouse.books import load_log, sessions
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.failures import DAMAGED
from servq.warehouse.store.migrate import migrate
from servq.warehouse.tables.fact_tables import SCHEMA_VERSION
from servq.warehouse.tables.ops_tables import erasure, forgotten
from servq.warehouse.upkeep.copy import Progress, copy_all, count_on, empty, rows_in
from servq.warehouse.upkeep.doctor import examine, integrity
from servq.warehouse.upkeep.erase import forget


@dataclass(frozen=True)
class Restored:
    """The outcome of a restore.

    Attributes:
        load_id: the newest load in it.
        set_aside: where the damaged file that stood in the way is now; "" when there was none.
        forgotten: persons who were erased since the backup was taken, and now again.
    """

    rows: int
    load_id: int
    set_aside: str = ""
    forgotten: int = 0


def restore(warehouse: Warehouse, file: Path, *, replace: bool = False, progress: Progress | None = None) -> Restored:
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
            held = rows_in(target)
            if held and not replace:
                raise _not_empty(warehouse)
            erased, entries = set(target.scalars(select(forgotten.c.customer_id))), load_log.last_erasure_id(target)
            empty(target)
            rows = copy_all(source, target, progress)
            sessions.drop_all(target)
            erased -= set(source.scalars(select(forgotten.c.customer_id)))
            for customer in sorted(erased):
                forget(target, customer, "restore")
            if held:
                _enter(target, entries)
            return Restored(rows, load_log.last_load_id(source), set_aside, len(erased))


def _enter(target: Connection, entries: int) -> None:
    """Write into the books that this state took another's place, under a number that was never used: whoever keeps
    figures of the other state then knows that they are not this one's.
    """
    number = max(entries, load_log.last_erasure_id(target)) + 1
    line = {"kind": "restore", "source": "", "rows": 0, "reason": "", "done_at": int(time.time()), "done_by": ""}
    target.execute(insert(erasure).values(erasure_id=number, **line))
    count_on(target, erasure)


@contextmanager
def _whole_backup(file: Path) -> Iterator[Warehouse]:
    """A copy of the backup that passed every check, brought up to the present schema."""
    if not file.is_file():
        raise FileRefused("没有这个备份文件", "there is no such backup", where=str(file))
    with tempfile.TemporaryDirectory(prefix="servq-restore-") as folder:
        copy = Path(folder) / "backup.sqlite"
        _copy_whole(file, copy)
        backup = Warehouse(sqlite_url(copy))
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


def _copy_whole(file: Path, copy: Path) -> None:
    try:
        for beside in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{file}{beside}", f"{copy}{beside}")
    except OSError as error:
        raise UsageError(
            f"临时文件夹放不下备份的副本：{error.strerror}",
            f"the folder for temporary files cannot take a copy of the backup: {error.strerror}",
            where=str(copy.parent),
            hint_zh="请腾出空间，或用环境变量 TMPDIR 指定别的文件夹",
            hint_en="Make room there, or name another folder with the environment variable TMPDIR",
        ) from error


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
