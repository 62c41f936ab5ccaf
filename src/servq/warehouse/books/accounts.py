"""Accounts as stored: one row per person; a password only as its hash."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from servq.records.account import Account
from servq.warehouse.tables.access_tables import account

COLUMNS = [column for column in account.c if column is not account.c.password_hash]
"""All that is read of an account, except for the one column that nobody needs to see."""


def add(connection: Connection, values: dict[str, Any]) -> bool:
    """Store a new account; False where the person has one."""
    try:
        with connection.begin_nested():
            connection.execute(insert(account).values(values))
    except IntegrityError:
        return False
    return True


def find(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account of a person, switched off or not; None for a stranger."""
    key = (account.c.issuer == issuer) & (account.c.subject == subject)
    row = connection.execute(select(*COLUMNS).where(key)).mappings().first()
    return None if row is None else Account(**row)


def named(connection: Connection, subject: str) -> list[Account]:
    """The accounts of this name, one per issuer."""
    rows = connection.execute(select(*COLUMNS).where(account.c.subject == subject).order_by(account.c.issuer))
    return [Account(**row) for row in rows.mappings()]


def every(connection: Connection) -> list[Account]:
    """Every account, the oldest first."""
    return [Account(**row) for row in connection.execute(select(*COLUMNS).order_by(account.c.account_id)).mappings()]


def password_hash(connection: Connection, account_id: int) -> str | None:
    """The hash of an account's password; None where it has none."""
    return connection.execute(select(account.c.password_hash).where(account.c.account_id == account_id)).scalar()


def change(connection: Connection, account_id: int, values: dict[str, Any]) -> None:
    """Change columns of an account."""
    connection.execute(update(account).where(account.c.account_id == account_id).values(values))
