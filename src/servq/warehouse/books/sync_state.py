"""Sync state: how far each feed of servq.toml has been pulled, and the outcome of the last pull.

Owns the table `sync_state`. A feed has a row under its name, each file of a folder one under `name/…`. The content of
a watermark is the puller's own; it holds no secret and no file name.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from servq.warehouse.tables.ops_tables import sync_state


@dataclass(frozen=True)
class Pulled:
    """One row of the table.

    Attributes:
        watermark: where to go on; None before anything was pulled.
        load_id: the last load that brought something.
        synced_at: when it was last looked at (UTC seconds).
        outcome: loaded, unchanged, nothing_new, refused or unavailable.
    """

    name: str
    watermark: dict[str, Any] | None
    load_id: int | None
    synced_at: int
    outcome: str


def pulled(connection: Connection, name: str) -> Pulled | None:
    """The state of one feed; None if it was never pulled."""
    line = connection.execute(select(sync_state).where(sync_state.c.name == name)).mappings().first()
    return None if line is None else Pulled(**line)


def pulled_feeds(connection: Connection) -> dict[str, Pulled]:
    """The state of every feed, without the single files of folders."""
    lines = connection.execute(select(sync_state).order_by(sync_state.c.name)).mappings()
    return {line["name"]: Pulled(**line) for line in lines if "/" not in line["name"]}


def pulled_files(connection: Connection, name: str) -> dict[str, Pulled]:
    """The files of one folder that were seen, by the key after the `/`."""
    begins = sync_state.c.name.startswith(f"{name}/", autoescape=True)
    lines = connection.execute(select(sync_state).where(begins)).mappings()
    return {line["name"].partition("/")[2]: Pulled(**line) for line in lines}


def keep_pulled(
    connection: Connection, name: str, outcome: str, watermark: dict[str, Any] | None = None, load_id: int | None = None
) -> None:
    """Store the outcome of a pull; a watermark or load that is not given stays as it was."""
    values: dict[str, Any] = {"outcome": outcome, "synced_at": int(time.time())}
    values |= {} if watermark is None else {"watermark": watermark}
    values |= {} if not load_id else {"load_id": load_id}
    done = connection.execute(update(sync_state).where(sync_state.c.name == name).values(values))
    if not done.rowcount:
        connection.execute(insert(sync_state).values({"name": name} | values))


def forget_files(connection: Connection, name: str, gone: set[str]) -> None:
    """Remove files that are no longer in the folder."""
    names = [f"{name}/{file}" for file in sorted(gone)]
    for start in range(0, len(names), 1_000):
        connection.execute(delete(sync_state).where(sync_state.c.name.in_(names[start : start + 1_000])))
