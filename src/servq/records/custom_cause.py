"""Records of custom causes: causes accepted into the tree beside those that ship with servq."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnLeaf:
    """One accepted cause.

    Attributes:
        code: its category's code and its own name: "money.押金迟退". So the stored code is readable by itself.
        words: what says it.
        at, who: when it was accepted, and by whom.
        withdrawn_at, withdrawn_by: when it was taken out again; None while it is in force.
    """

    code: str
    words: tuple[str, ...]
    at: int
    who: str
    withdrawn_at: int | None = None
    withdrawn_by: str | None = None

    @property
    def category(self) -> str:
        """The code of its category."""
        return self.code.partition(".")[0]

    @property
    def name(self) -> str:
        """Its label."""
        return self.code.partition(".")[2]
