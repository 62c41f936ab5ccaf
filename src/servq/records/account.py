"""An account, a session and a line of the audit trail, as the warehouse and the door exchange them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """A person who may sign in. Times are UTC epoch seconds.

    Attributes:
        issuer: who vouches for the person: `local` (a password here) or `proxy`.
        subject: the person's name there, which never changes; with the issuer it is the key.
        name: what readers call the person.
        role: a role's code, such as `quality`.
        disabled_at: when the account was switched off; None while it is on.
    """

    account_id: int
    issuer: str
    subject: str
    name: str
    role: str
    created_at: int
    created_by: str
    disabled_at: int | None


@dataclass(frozen=True)
class Session:
    """One signed-in browser.

    Attributes:
        token_hash: SHA-256 of the token in its cookie, in hexadecimal.
        way: how the person came in: `local` or `proxy`.
        seen_at: the last use, known to a minute or so.
        ends_at: the end, whatever the reader does.
    """

    token_hash: str
    account: Account
    way: str
    seen_at: int
    ends_at: int


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit trail: when, who, from where, what, and how many rows; never the values.

    Attributes:
        who: the account's subject; "" where nobody known is meant.
        way: `local`, `proxy` or `command`.
        what: the thing that it was done to, by its id or kind.
        rows: how many rows it concerned; None where rows have no part in it.
    """

    at: int
    who: str
    way: str
    address: str
    action: str
    what: str
    rows: int | None = None
