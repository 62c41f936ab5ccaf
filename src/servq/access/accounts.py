"""Accounts as an administrator keeps them: added, changed, switched off and on; all of it goes into the audit trail."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from servq.access.passwords import hashed
from servq.access.roles import Role
from servq.errors import UsageError, unknown
from servq.records.account import Account, AuditLine
from servq.warehouse.books import accounts, audit, sessions
from servq.warehouse.store.engine import Warehouse

LOCAL, PROXY = "local", "proxy"
"""Who vouches for a person: a password here, or the proxy in front."""

_SUBJECT = re.compile(r"[\w.@+-]{1,64}")


def subject_of(said: str) -> str:
    """A name as accounts are kept under it: capitals and blanks around it make no other person.

    >>> subject_of(" Zhang.Wei "), subject_of("张伟")
    ('zhang.wei', '张伟')
    """
    return said.strip().casefold()


def add(warehouse: Warehouse, issuer: str, said: str, name: str, role: Role, password: str | None, by: str) -> Account:
    """Add a person.

    Args:
        issuer: LOCAL, which needs a password, or PROXY, which has none.
        said: the name to sign in with.
        name: what readers call the person; "" for the same.
        by: who adds, for the audit trail.

    Raises:
        UsageError: not a name, a password too short, or the person has an account.
    """
    subject, now = subject_of(said), int(time.time())
    if not _SUBJECT.fullmatch(subject):
        raise UsageError(
            "登录名只能有字母、数字、汉字和 . _ @ + -，最多 64 个",
            "a name to sign in with has letters, digits and . _ @ + - only, 64 at most",
            where=said,
        )
    values: dict[str, Any] = {"issuer": issuer, "subject": subject, "name": name.strip() or subject, "role": role.value}
    values |= {"password_hash": hashed(password) if password is not None else None}
    with warehouse.note() as connection:
        if not accounts.add(connection, values | {"created_at": now, "created_by": by}):
            raise UsageError(
                f"已有账号 {subject}",
                f"there is an account {subject} already",
                hint_zh="换角色用 servq accounts role，换密码用 servq accounts passwd",
                hint_en="For another role use servq accounts role, for another password servq accounts passwd",
            )
        audit.enter(connection, _line(by, "account_added", f"{issuer}:{subject} {role}"))
        found = accounts.find(connection, issuer, subject)
    assert found is not None
    return found


def every(warehouse: Warehouse) -> list[Account]:
    """Every account, the oldest first."""
    with warehouse.read() as connection:
        return accounts.every(connection)


def set_password(warehouse: Warehouse, said: str, password: str, by: str) -> Account:
    """Give a local account another password; all its sessions end."""
    return _change(
        warehouse, said, by, "password_changed", {"password_hash": hashed(password)}, ends=True, issuer=LOCAL
    )


def set_role(warehouse: Warehouse, said: str, role: Role, by: str) -> Account:
    """Give an account another role; it counts from the next click."""
    return _change(warehouse, said, by, "role_changed", {"role": role.value}, detail=f" {role}")


def disable(warehouse: Warehouse, said: str, by: str) -> Account:
    """Switch an account off; all its sessions end."""
    return _change(warehouse, said, by, "disabled", {"disabled_at": int(time.time())}, ends=True)


def enable(warehouse: Warehouse, said: str, by: str) -> Account:
    """Switch an account on again; who was signed in is not."""
    return _change(warehouse, said, by, "enabled", {"disabled_at": None})


def _change(
    warehouse: Warehouse,
    said: str,
    by: str,
    action: str,
    values: dict[str, Any],
    *,
    ends: bool = False,
    issuer: str = "",
    detail: str = "",
) -> Account:
    with warehouse.note() as connection:
        way, subject = _key(said, issuer)
        person = _the_one(said, accounts.named(connection, subject), way, accounts.every(connection))
        accounts.change(connection, person.account_id, values)
        if ends:
            sessions.revoke_all(connection, person.account_id, int(time.time()))
        audit.enter(connection, _line(by, action, f"{person.issuer}:{person.subject}{detail}"))
        found = accounts.find(connection, person.issuer, person.subject)
    assert found is not None
    return found


def _key(said: str, issuer: str) -> tuple[str, str]:
    """Issuer and subject that a name means: `zhang.wei`, or `proxy:zhang.wei` where both ways know one."""
    way, colon, rest = said.partition(":")
    return issuer or (way if colon else ""), subject_of(rest if colon else said)


def _the_one(said: str, named: Sequence[Account], issuer: str, every_: Sequence[Account]) -> Account:
    found = [one for one in named if issuer in ("", one.issuer)]
    if not found:
        raise unknown("账号", "account", said, [one.subject for one in every_])
    if len(found) > 1:
        both = [f"{one.issuer}:{one.subject}" for one in found]
        raise UsageError(
            f"{said} 有两个账号",
            f"there are two accounts {said}",
            hint_zh=f"请写 {' 或 '.join(both)}",
            hint_en=f"Say {' or '.join(both)}",
        )
    return found[0]


def _line(by: str, action: str, what: str) -> AuditLine:
    return AuditLine(int(time.time()), by, "command", "", action, what)
