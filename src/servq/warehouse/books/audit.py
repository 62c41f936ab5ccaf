"""The audit trail as stored: lines are added and read, never changed."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from servq.records.account import AuditLine
from servq.warehouse.tables.access_tables import audit

_COLUMNS = [column for column in audit.c if column is not audit.c.audit_id]


def enter(connection: Connection, line: AuditLine) -> None:
    """Add a line."""
    connection.execute(insert(audit).values(asdict(line)))


def newest(connection: Connection, limit: int, who: str | None = None, action: str | None = None) -> list[AuditLine]:
    """The newest lines, the newest first.

    Args:
        limit: how many at most; 0 is all.
        who: only of this person.
        action: only of this kind.
    """
    wanted = select(*_COLUMNS).order_by(audit.c.audit_id.desc())
    if who is not None:
        wanted = wanted.where(audit.c.who == who)
    if action is not None:
        wanted = wanted.where(audit.c.action == action)
    if limit:
        wanted = wanted.limit(limit)
    return [AuditLine(**row) for row in connection.execute(wanted).mappings()]
