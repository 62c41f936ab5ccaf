"""Roles, and the one table of what each may open and do: role × surface. What has no row is open to nobody."""

from __future__ import annotations

from enum import StrEnum

from servq.errors import unknown
from servq.records import Label


class Role(StrEnum):
    """A role by its code, as accounts and the command line name it."""

    ADMIN = "admin"
    QUALITY = "quality"
    LEAD = "lead"
    EXECUTIVE = "executive"
    READER = "reader"


NAMES: dict[Role, Label] = {
    Role.ADMIN: Label("管理员", "Administrator"),
    Role.QUALITY: Label("质量经理", "Quality manager"),
    Role.LEAD: Label("班组长", "Team lead"),
    Role.EXECUTIVE: Label("管理层", "Executive"),
    Role.READER: Label("只读", "Reader"),
}

_A, _Q, _L, _E, _R = Role
_EVERYBODY = frozenset(Role)
_KEEPERS = frozenset({_A, _Q})
"""Who answers for the data and for what is promised."""

_WORKING = frozenset({_A, _Q, _L})
"""Who works on what customers say."""

SURFACES: dict[str, frozenset[Role]] = {
    # pages, by their file's name
    "page:weekly": _EVERYBODY,
    "page:mystery": _EVERYBODY,
    "page:voices": _EVERYBODY,
    "page:causes": _EVERYBODY,
    "page:team": _EVERYBODY,
    "page:cards": _EVERYBODY,
    "page:consistency": _EVERYBODY,
    "page:journey": _EVERYBODY,
    "page:health": _KEEPERS,
    "page:definitions": _EVERYBODY,
    # further tabs of a page, by their name in the address
    "tab:drivers": _EVERYBODY,
    "tab:tree": _WORKING,
    "tab:contradictions": _WORKING,
    "tab:promises": _EVERYBODY,
    "tab:lenses": _EVERYBODY,
    "tab:silos": _EVERYBODY,
    "tab:upload": _KEEPERS,
    "tab:model": _EVERYBODY,
    # what changes something
    "action:load": _KEEPERS,
    "action:undo_load": _KEEPERS,
    "action:quarantine": _KEEPERS,
    "action:promise": _KEEPERS,
    "action:cause": _KEEPERS,
    "action:card": _WORKING,
    # files that hold customers' words or single rows
    "download:rows": _WORKING,
    "download:quarantine": _KEEPERS,
    "download:cards": _WORKING,
    "download:coaching": _WORKING,
    "download:weekly": _WORKING,
    "download:consistency": _EVERYBODY,
    # files without any
    "download:promises": _EVERYBODY,
    # the command line is guarded by the operating system: who has a shell there is an administrator
    "command:servq": frozenset({_A}),
}
"""Surface -> the roles that it is open to."""


def may(role: Role, surface: str) -> bool:
    """Whether a role may open a surface; a surface that the table does not know is closed to all.

    >>> may(Role.LEAD, "action:card"), may(Role.EXECUTIVE, "download:rows"), may(Role.ADMIN, "page:unknown")
    (True, False, False)
    """
    return role in SURFACES.get(surface, frozenset())


def read_role(said: str) -> Role:
    """A role by its code or by its Chinese name.

    Raises:
        UsageError: there is none of this name.

    >>> read_role("班组长").value, read_role("Admin").value
    ('lead', 'admin')
    """
    for role, label in NAMES.items():
        if said.strip().lower() == role or said.strip() == label.zh:
            return role
    raise unknown("角色", "role", said, [f"{role} ({label.zh})" for role, label in NAMES.items()])
