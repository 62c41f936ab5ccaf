"""Feeds: the folders and databases from which sources are pulled, as servq.toml names them.

Owns their frozen forms. Never reads servq.toml (see feed_entries.py) and never opens one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from servq.loaders.maps.map import Map


@dataclass(frozen=True)
class Folder:
    """Files that another system puts into a folder.

    Attributes:
        path: where they lie; symbolic links in it are not followed.
        pattern: which of them are meant, by name; case does not count.
        recursive: whether folders within count too.
        settle_seconds: a file that changed since then may still be written to, and is left for next time.
    """

    path: Path
    pattern: tuple[str, ...] = ("*.csv", "*.xlsx")
    recursive: bool = False
    settle_seconds: int = 10


@dataclass(frozen=True)
class Database:
    """Rows of a database, known to be new by a column that only grows.

    Attributes:
        url: where to connect to, without a password; or `url_env`, the environment variable that holds all of it.
        password_env: the environment variable that holds the password.
        table, query: what is read; one of the two.
        watermark: the column that says what is new.
        watermark_type: one of WATERMARK_TYPES, or "" for whatever its values are.
        lag: how far behind the newest row late ones are looked for: seconds of a time, units of a number.
        batch_rows: rows loaded in one transaction; where a broken-off pull goes on.
        timeout_seconds: how long one statement may take.
    """

    watermark: str
    url: str = ""
    url_env: str = ""
    password_env: str = ""
    table: str = ""
    query: str = ""
    watermark_type: Literal["", "number", "text", "time"] = ""
    lag: int = 0
    batch_rows: int = 100_000
    timeout_seconds: int = 600


@dataclass(frozen=True)
class Feed:
    """One entry: its name, its source, and where and how it is pulled."""

    name: str
    source: str
    origin: Folder | Database
    map_: Map | None = None

    @property
    def kind(self) -> str:
        """`folder` or `database`."""
        return "folder" if isinstance(self.origin, Folder) else "database"

    @property
    def place(self) -> str:
        """The origin of the rows, as shown to readers; it holds no secret."""
        if isinstance(self.origin, Folder):
            return str(self.origin.path)
        return f"{self.origin.url or '$' + self.origin.url_env} {self.origin.table or 'SELECT …'}"
