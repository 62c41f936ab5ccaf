"""Access tables, written by the door and by `servq accounts`: accounts, sessions, audit trail. Times are UTC epochs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from servq.warehouse.tables.ops_tables import metadata

account = Table(
    "account",
    metadata,
    Column("account_id", Integer, primary_key=True, autoincrement=True),
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("password_hash", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("disabled_at", BigInteger),
    sqlite_autoincrement=True,
)
"""A person is issuer and subject, never an e-mail address; `password_hash` only where the issuer is `local`."""
Index("ix_account_issuer_subject", account.c.issuer, account.c.subject, unique=True)

session = Table(
    "session",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.account_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("way", String, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
)
"""The SHA-256 of a token that only the browser has; `ends_at` is the end whatever the reader does."""

audit = Table(
    "audit",
    metadata,
    Column("audit_id", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("way", String, nullable=False),
    Column("address", String, nullable=False),
    Column("action", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("rows", Integer),
    sqlite_autoincrement=True,
)
"""Who did what, and to how many rows; never the values."""
