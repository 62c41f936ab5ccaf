"""Sessions as stored: by the hash of their token, each with its account."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from servq.records.account import Account, Session
from servq.warehouse.books.accounts import COLUMNS
from servq.warehouse.tables.access_tables import account, session


def add(connection: Connection, token_hash: str, account_id: int, way: str, now: int, ends_at: int) -> None:
    """Store a session that begins now."""
    times = {"began_at": now, "seen_at": now, "ends_at": ends_at}
    connection.execute(insert(session).values({"token_hash": token_hash, "account_id": account_id, "way": way} | times))


def find(connection: Connection, token_hash: str, now: int, seen_since: int) -> Session | None:
    """The session of a token's hash, if it is in force: not revoked, not at its end, not idle, its account on."""
    in_force = (
        (session.c.token_hash == token_hash)
        & session.c.revoked_at.is_(None)
        & (session.c.ends_at > now)
        & (session.c.seen_at >= seen_since)
        & account.c.disabled_at.is_(None)
    )
    own = [session.c.way, session.c.seen_at, session.c.ends_at]
    row = connection.execute(select(*own, *COLUMNS).join_from(session, account).where(in_force)).mappings().first()
    if row is None:
        return None
    person = Account(**{column.name: row[column] for column in COLUMNS})
    return Session(token_hash, person, *(row[column] for column in own))


def touch(connection: Connection, token_hash: str, now: int) -> None:
    """Write down that a session was used."""
    connection.execute(update(session).where(session.c.token_hash == token_hash).values(seen_at=now))


def revoke(connection: Connection, token_hash: str, now: int) -> None:
    """End one session."""
    still = (session.c.token_hash == token_hash) & session.c.revoked_at.is_(None)
    connection.execute(update(session).where(still).values(revoked_at=now))


def revoke_all(connection: Connection, account_id: int, now: int) -> int:
    """End every session of an account; returns how many were open."""
    still = (session.c.account_id == account_id) & session.c.revoked_at.is_(None) & (session.c.ends_at > now)
    return int(connection.execute(update(session).where(still).values(revoked_at=now)).rowcount)


def clear_away(connection: Connection, before: int) -> None:
    """Remove sessions that ended before a moment."""
    connection.execute(delete(session).where(session.c.ends_at < before))


def drop_all(connection: Connection) -> None:
    """Remove every session, as those of a backup: one that was revoked since would be open again."""
    connection.execute(delete(session))
