"""The gate of one process: its way in, its warehouse, and the sessions behind it.

The door and the pages ask the same gate, so that a change of servq.toml takes effect for both at the next start.
"""

from __future__ import annotations

import logging
import secrets
import time
from hashlib import sha256

from servq.access.roles import Role
from servq.access.viewer import NotSignedIn, Scope, Viewer
from servq.configuration import Access
from servq.errors import WarehouseUnavailable
from servq.records.account import Account, AuditLine, Session
from servq.warehouse.books import audit, sessions
from servq.warehouse.store.engine import Warehouse

_LOG = logging.getLogger("servq")

TOUCH_SECONDS = 60
"""A session's last use is written down at most once in so long."""

_TOKEN_BYTES = 32
_WAIT_SECONDS, _SHORT_WAIT = 10, 0.2
"""How long a line waits for a load on SQLite: of somebody who stands at the door, and of a session's last use."""

_KEPT_DAYS = 30
"""Sessions that ended are removed after so long."""


class Gate:
    """Sessions of readers.

    Args:
        access: the configured way in.
        warehouse: where accounts and sessions are kept.
    """

    def __init__(self, access: Access, warehouse: Warehouse) -> None:
        self.access, self.warehouse = access, warehouse

    @property
    def open_to_all(self) -> bool:
        """Whether nobody signs in here."""
        return self.access.sign_in == "none"

    def begin(self, account: Account, way: str, address: str, before: str = "") -> str:
        """Begin a session; returns its token, which only the browser keeps.

        Args:
            before: the hash of the session that this browser had; it ends, so that none can be fixed on a person.
        """
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), int(time.time())
        ends_at = now + self.access.longest_hours * 3_600
        with self.warehouse.note(_WAIT_SECONDS) as connection:
            sessions.clear_away(connection, now - _KEPT_DAYS * 86_400)
            if before:
                sessions.revoke(connection, before, now)
            sessions.add(connection, hash_of(token), account.account_id, way, now, ends_at)
            audit.enter(connection, AuditLine(now, account.subject, way, address, "signed_in", account.role))
        return token

    def session(self, token_hash: str) -> Session | None:
        """The session in force under a hash; its use is written down now and then."""
        now = int(time.time())
        with self.warehouse.read() as connection:
            found = sessions.find(connection, token_hash, now, now - self.access.idle_minutes * 60)
        if found is not None and found.seen_at < now - TOUCH_SECONDS:
            self._touch(token_hash, now)
        return found

    def viewer(self, token_hash: str) -> Viewer:
        """The viewer of a session.

        Raises:
            NotSignedIn: there is none in force.
        """
        found = self.session(token_hash) if token_hash else None
        if found is None:
            raise NotSignedIn
        person = found.account
        return Viewer(person.subject, person.name, Role(person.role), Scope.EVERYTHING, found.way, token_hash)

    def end(self, viewer: Viewer) -> None:
        """Sign a viewer out: the session, in every tab of that browser."""
        now = int(time.time())
        with self.warehouse.note(_WAIT_SECONDS) as connection:
            sessions.revoke(connection, viewer.session, now)
            audit.enter(connection, AuditLine(now, viewer.who, viewer.way, "", "signed_out", ""))

    def record(self, who: str, way: str, address: str, action: str, what: str, rows: int | None = None) -> None:
        """Add a line to the audit trail."""
        with self.warehouse.note(_WAIT_SECONDS) as connection:
            audit.enter(connection, AuditLine(int(time.time()), who, way, address, action, what, rows))

    def _touch(self, token_hash: str, now: int) -> None:
        try:
            with self.warehouse.note(_SHORT_WAIT) as connection:
                sessions.touch(connection, token_hash, now)
        except WarehouseUnavailable:  # a load writes, on SQLite: the next use is written down
            _LOG.debug("the use of a session could not be written down")


def hash_of(token: str) -> str:
    """The hash under which a token's session is kept.

    >>> hash_of("token")[:16]
    '3c469e9d6c5875d3'
    """
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
