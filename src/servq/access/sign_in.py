"""The check of a name and a password: waits after failures, two verifications at a time, equal time for strangers."""

from __future__ import annotations

from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread

from servq.access.accounts import LOCAL, subject_of
from servq.access.backoff import Backoff
from servq.access.gate import Gate
from servq.access.passwords import AT_ONCE, matches
from servq.records.account import Account
from servq.warehouse.books import accounts

MOST_WAITING = 20
"""Attempts that wait for one of the two places; more are sent away at once."""

_BUSY_SECONDS = 2.0


@dataclass(frozen=True)
class Attempt:
    """The outcome of one attempt.

    Attributes:
        account: whose name and password these are; None where they are nobody's.
        wait: seconds to wait before another attempt is looked at; 0 where this one was.
    """

    account: Account | None = None
    wait: float = 0.0


class SignIn:
    """Attempts to sign in with a local account."""

    def __init__(self, gate: Gate, backoff: Backoff | None = None) -> None:
        self._gate, self._backoff = gate, backoff or Backoff()
        self._places = CapacityLimiter(AT_ONCE)

    async def attempt(self, said: str, password: str, address: str) -> Attempt:
        """Look at a name and a password from an address."""
        subject = subject_of(said)
        if self._places.statistics().tasks_waiting >= MOST_WAITING:
            return Attempt(wait=_BUSY_SECONDS)
        wait = self._backoff.begin(subject, address)
        if wait > 0:
            return Attempt(wait=wait)
        found = await to_thread.run_sync(self._verify, subject, password, address, limiter=self._places)
        if found is not None:
            self._backoff.succeeded(subject, address)
        return Attempt(found)

    def _verify(self, subject: str, password: str, address: str) -> Account | None:
        with self._gate.warehouse.read() as connection:
            person = accounts.find(connection, LOCAL, subject)
            stored = None if person is None else accounts.password_hash(connection, person.account_id)
        right = matches(password, stored)
        if person is not None and right and person.disabled_at is None:
            return person
        # a name that nobody has may be a password typed into the wrong field: it is not written down
        known = "" if person is None else subject
        why = "unknown" if person is None else "disabled" if right else "password"
        self._gate.record(known, LOCAL, address, "refused", why)
        return None
