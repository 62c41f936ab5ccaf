"""Passwords: argon2id hashes, and a check that takes the same time for a name that does not exist."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from servq.errors import UsageError

SHORTEST, LONGEST = 12, 200
"""Characters of a password: NIST SP 800-63B asks for length, not for kinds of characters."""

AT_ONCE = 2
"""Verifications at the same time: each takes 64 MiB and a core for a third of a second or so."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """The hash that is stored, with its salt and costs.

    Raises:
        UsageError: too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"密码需要 {SHORTEST} 至 {LONGEST} 个字符",
            f"a password needs {SHORTEST} to {LONGEST} characters",
            hint_zh="几个不相干的词连在一起就好",
            hint_en="A few unrelated words in a row will do",
        )
    return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the one of a hash; without a hash a dummy is verified, which takes as long."""
    try:
        return _HASHER.verify(stored or _dummy(), password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _dummy() -> str:
    return _HASHER.hash("nobody has this password")
