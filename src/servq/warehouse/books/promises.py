"""Changes of the promise register as stored: each written once, never changed, read back as versions and as history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select

from servq.standards.promise import Promise, PromiseVersion, versions_after
from servq.warehouse.tables.user_tables import promise_change

if TYPE_CHECKING:
    from collections.abc import Sequence


def add(connection: Connection, changes: Sequence[PromiseVersion]) -> None:
    """Store these lines of history; the caller numbered them after reading the history in the same transaction."""
    rows = [
        {
            "name": one.promise.name,
            "number": one.number,
            "kind": one.kind,
            "valid_from": one.promise.valid_from,
            "content": _written(one.promise),
            "reason": one.reason,
            "changed_at": one.at,
            "changed_by": one.who,
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(promise_change), rows)


def histories(connection: Connection) -> dict[str, tuple[PromiseVersion, ...]]:
    """Every promise that was ever changed, by its first change: its history, the oldest line first."""
    found: defaultdict[str, list[PromiseVersion]] = defaultdict(list)
    for row in connection.execute(select(promise_change).order_by(promise_change.c.change_id)):
        promise = _read(row.name, row.valid_from, row.content)
        found[row.name].append(
            PromiseVersion(row.number, row.kind, promise, row.reason, row.changed_at, row.changed_by)
        )
    return {name: tuple(changes) for name, changes in found.items()}


def kept_versions(connection: Connection) -> dict[str, tuple[Promise, ...]]:
    """Every promise that was ever changed, as it stands now in its versions."""
    return {name: versions_after(changes) for name, changes in histories(connection).items()}


def last_id(connection: Connection) -> int:
    """The newest change of the register; 0 before the first. Cached figures from before it are stale."""
    return int(connection.execute(select(func.coalesce(func.max(promise_change.c.change_id), 0))).scalar_one())


def _written(promise: Promise) -> dict[str, Any]:
    """A version as JSON; its name and its day stand in columns of their own."""
    said = asdict(promise) | {"channels": list(promise.channels), "published_on": promise.published_on.isoformat()}
    return {name: value for name, value in said.items() if name not in ("name", "valid_from")}


def _read(name: str, valid_from: date, content: dict[str, Any]) -> Promise:
    said = content | {
        "channels": tuple(content["channels"]),
        "published_on": date.fromisoformat(content["published_on"]),
    }
    return Promise(name=name, valid_from=valid_from, **said)
