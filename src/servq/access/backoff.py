"""Waits after failed attempts to sign in, per account and per address.

Kept in memory: a restart forgets them, and a restart cannot be brought about from outside.

account: 5 attempts are free, then 1 s, 2 s, 4 s … up to 60 s: short, so that nobody can be locked out for long
address: 10 attempts are free, then 1 s, 2 s, 4 s … up to 900 s
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_KEPT = 10_000
"""Accounts and addresses that are remembered; the oldest are forgotten first."""

FORGET_SECONDS = 3_600
"""Failures are forgotten when there was none for so long."""


@dataclass(frozen=True)
class Patience:
    """Attempts that cost nothing, and the longest wait in seconds."""

    free: int
    longest: int


ACCOUNT, ADDRESS = Patience(5, 60), Patience(10, 900)


@dataclass
class _Failures:
    count: int = 0
    last: float = 0.0


class Backoff:
    """Failures by account and by address.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._guard = Lock()

    def begin(self, account: str, address: str) -> float:
        """Begin an attempt; it counts as failed until `succeeded` says otherwise, so that many at once count too.

        Returns:
            Seconds to wait; 0 where the attempt may be made. An attempt that must wait is not counted.
        """
        now, keys = self._clock(), self._keys(account, address)
        with self._guard:
            wait = max(self._wait(key, patience, now) for key, patience in keys)
            if wait <= 0:
                for key, _ in keys:
                    self._count(key, now)
        return max(0.0, wait)

    def succeeded(self, account: str, address: str) -> None:
        """Take the attempt back: the account has no failures left, the address one less."""
        (own, _), (of_address, _) = self._keys(account, address)
        with self._guard:
            self._failures.pop(own, None)
            if of_address in self._failures:
                self._failures[of_address].count -= 1

    def _wait(self, key: tuple[str, str], patience: Patience, now: float) -> float:
        found = self._failures.get(key)
        if found is None or found.count < patience.free or now - found.last > FORGET_SECONDS:
            return 0.0
        pause: float = min(patience.longest, 2 ** min(found.count - patience.free, 16))
        return found.last + pause - now

    def _count(self, key: tuple[str, str], now: float) -> None:
        found = self._failures.pop(key, None)
        if found is None or now - found.last > FORGET_SECONDS:
            found = _Failures()
        self._failures[key] = found
        found.count, found.last = found.count + 1, now
        while len(self._failures) > MOST_KEPT:
            self._failures.popitem(last=False)

    @staticmethod
    def _keys(account: str, address: str) -> list[tuple[tuple[str, str], Patience]]:
        return [(("account", account), ACCOUNT), (("address", address), ADDRESS)]
