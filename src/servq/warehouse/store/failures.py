"""Database failures: a driver's error codes turned into messages that say what the user can do.

Owns the meaning of error codes. Errors of servq itself pass unchanged.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError

from servq.errors import WarehouseUnavailable


@dataclass(frozen=True)
class Failure:
    """A kind of failure: what went wrong and what to do, in both languages."""

    zh: str
    en: str
    hint_zh: str
    hint_en: str

    def at(self, place: str) -> WarehouseUnavailable:
        """The error to raise."""
        return WarehouseUnavailable(self.zh, self.en, where=place, hint_zh=self.hint_zh, hint_en=self.hint_en)


BUSY = Failure(
    "数据仓库正被占用",
    "the warehouse is busy",
    "另一次载入正在进行，稍后重试；等待时间见 servq.toml 的 lock_seconds",
    "Another load is under way. Try again shortly; how long to wait is lock_seconds in servq.toml",
)
NOT_OPENED = Failure(
    "无法打开数据仓库", "the warehouse cannot be opened", "检查路径与权限", "Check the path and the rights"
)
NOT_REACHED = Failure(
    "无法连接数据仓库",
    "the warehouse cannot be reached",
    "检查数据库是否在运行，以及地址、账号和密码；恢复后会自动重新连接",
    "Check that the database is running, its address, account and password; servq connects again by itself",
)
READ_ONLY = Failure(
    "数据仓库不可写，没有写入任何内容",
    "the warehouse cannot be written; nothing was",
    "检查文件、文件夹或账号的写权限",
    "Check the rights to write the file, its folder, or those of the account",
)
NO_ROOM = Failure(
    "磁盘已满或写入失败，没有写入任何内容",
    "the disk is full or writing failed; nothing was written",
    "腾出空间后重新运行同一命令",
    "Make room and run the same command again",
)
TOO_LONG = Failure(
    "数据库用时过长，已放弃", "the database took too long", "稍后重试，或缩小范围", "Try again later, or ask for less"
)
DAMAGED = Failure(
    "数据仓库文件已损坏或不是 servq 的仓库",
    "the warehouse is damaged or is not one of servq's",
    "文件未被改动；请从备份恢复：servq restore FILE --replace",
    "It was left untouched; restore it from a backup: servq restore FILE --replace",
)
ALTERED = Failure(
    "数据仓库的表与 servq 建立的不同",
    "the tables of the warehouse are not as servq made them",
    "内容未被改动；请从备份恢复，或查看 servq doctor",
    "They were left untouched; restore them from a backup, or see servq doctor",
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_CANTOPEN: NOT_OPENED,
    sqlite3.SQLITE_PERM: NOT_OPENED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_FULL: NO_ROOM,
    sqlite3.SQLITE_IOERR: NO_ROOM,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
_SQLSTATES = {
    "08": NOT_REACHED,
    "25006": READ_ONLY,
    "28": NOT_REACHED,
    "3D000": NOT_REACHED,
    "3F": ALTERED,
    "40": BUSY,
    "42501": READ_ONLY,
    "42703": ALTERED,
    "42P01": ALTERED,
    "53100": NO_ROOM,
    "53": NOT_REACHED,
    "55P03": BUSY,
    "57014": TOO_LONG,
    "57P": NOT_REACHED,
    "58030": NO_ROOM,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""SQLSTATE, or its beginning -> what it means."""


def failure_of(error: DBAPIError) -> Failure | None:
    """The meaning of a failure for the user; None for one that servq itself must not cause."""
    driver: Any = error.orig
    if isinstance(driver, sqlite3.Error):
        return failure_on_sqlite(driver)
    state = getattr(driver, "sqlstate", None) or ""
    if state == "XX000" and "could not extend file" in str(driver):
        return NO_ROOM  # a quota or a limit; a disk that is really full has its own code
    for length in (5, 3, 2):
        if state[:length] in _SQLSTATES:
            return _SQLSTATES[state[:length]]
    # without a code the server was never heard, or is heard no more
    return NOT_REACHED if error.connection_invalidated or (not state and _is_operational(driver)) else None


def failure_on_sqlite(driver: sqlite3.Error) -> Failure | None:
    """The same for what SQLite itself raises, where SQLAlchemy stands not between."""
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None and code != sqlite3.SQLITE_ERROR:
        return _SQLITE.get(code & 0xFF)
    return ALTERED if str(driver).startswith(("no such table", "no such column")) else None


def _is_operational(driver: object) -> bool:
    return any(kind.__name__ in ("OperationalError", "InterfaceError") for kind in type(driver).__mro__)
