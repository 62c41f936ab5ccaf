"""Custom causes as stored: written once, withdrawn at most once, never removed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from servq.records.custom_cause import OwnLeaf
from servq.warehouse.tables.user_tables import cause_leaf


def add(connection: Connection, code: str, words: tuple[str, ...], at: int, who: str) -> None:
    """Store a cause as in force."""
    connection.execute(
        insert(cause_leaf).values({"code": code, "words": list(words), "accepted_at": at, "accepted_by": who})
    )


def withdraw(connection: Connection, code: str, at: int, who: str) -> bool:
    """Take a cause out of force; False where it is not in force."""
    there = (cause_leaf.c.code == code) & cause_leaf.c.withdrawn_at.is_(None)
    done = connection.execute(update(cause_leaf).where(there).values(withdrawn_at=at, withdrawn_by=who))
    return bool(done.rowcount)


def in_force(connection: Connection) -> list[OwnLeaf]:
    """The accepted causes that were not withdrawn, the oldest first."""
    return [one for one in every(connection)[::-1] if one.withdrawn_at is None]


def every(connection: Connection) -> list[OwnLeaf]:
    """Every cause that was ever accepted, the newest first."""
    return [_read(row) for row in connection.execute(select(cause_leaf).order_by(cause_leaf.c.leaf_id.desc()))]


def _read(row: Any) -> OwnLeaf:
    return OwnLeaf(row.code, tuple(row.words), row.accepted_at, row.accepted_by, row.withdrawn_at, row.withdrawn_by)
