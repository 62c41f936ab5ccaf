"""The settings of this machine: the places of the warehouse and the data, read once from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_data_path

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
"""Times are stored in UTC and belong to the business day of this zone."""

_SIGNS = {ord(sign): f"%{ord(sign):02X}" for sign in "%?#"}


@dataclass(frozen=True)
class Settings:
    """The settings that differ between machines.

    Attributes:
        home: folder of the warehouse file and of the key that hides customer ids.
        database_url: SQLAlchemy URL of the warehouse.
        data: the project's `data/` folder (sample files, dictionaries, standards).
    """

    home: Path
    database_url: str
    data: Path


def sqlite_url(file: Path) -> str:
    """The address of a file; signs that mean something in an address are written so that they do not.

    >>> sqlite_url(Path("/srv/100%/a?b#c.sqlite"))
    'sqlite:////srv/100%25/a%3Fb%23c.sqlite'
    """
    return f"sqlite:///{str(file).translate(_SIGNS)}"


def read_settings(database: str | None = None) -> Settings:
    """Settings from the environment; `database` (the `--database` option) wins over it.

    Reads SERVQ_HOME, SERVQ_DATABASE_URL and SERVQ_DATA. Creates nothing.
    """
    home = Path(os.environ.get("SERVQ_HOME") or user_data_path("servq", appauthor=False))
    url = database or os.environ.get("SERVQ_DATABASE_URL") or sqlite_url(home / "servq.sqlite")
    data = Path(os.environ.get("SERVQ_DATA") or Path(__file__).resolve().parents[2] / "data")
    return Settings(home=home, database_url=url, data=data)
