"""The viewer: who looks at a page, in which role, and at which part of the data.

No viewer is an error, never "everybody": what cannot say who looks shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servq.access.roles import Role, may
from servq.errors import ServqError


class Scope(Enum):
    """The part of the data that a viewer sees. Only the whole exists so far, and it is always said."""

    EVERYTHING = "everything"


@dataclass(frozen=True)
class Viewer:
    """A reader of the dashboard.

    Attributes:
        who: the account's subject, as books and the audit trail name it.
        name: what the menu calls the reader.
        scope: given by whoever makes a viewer; there is no default.
        way: how the reader came in: `local`, `proxy`, or `none` where nobody signs in.
        session: hash of the session's token; "" where nobody signs in.
        here: whether the reader may change anything at all (without sign-in: only on this machine).
    """

    who: str
    name: str
    role: Role
    scope: Scope
    way: str
    session: str = ""
    here: bool = True

    def may(self, surface: str) -> bool:
        """Whether this viewer may open a surface or do what it stands for."""
        changes = surface.startswith("action:")
        return may(self.role, surface) and (self.here or not changes)


class NotSignedIn(ServqError):
    """Nobody is signed in: the session was never there, has ended, or was revoked."""

    def __init__(self) -> None:
        super().__init__(
            "您没有登录，或登录已失效",
            "you are not signed in, or no longer",
            hint_zh="请重新登录",
            hint_en="Sign in again",
        )


class NotPermitted(ServqError):
    """The viewer's role does not open this surface."""

    def __init__(self) -> None:
        super().__init__(
            "您的角色不能看这里或这样做",
            "your role does not open this",
            hint_zh="如有需要，请联系管理员",
            hint_en="Ask your administrator if you need it",
        )
