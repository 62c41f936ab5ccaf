"""The words of pointing at single answers, complaints or visits, where no filter names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from servq.records.asking import Label


@dataclass(frozen=True)
class Picked:
    """Answers, complaints, or visits, that no filter can name: those that say a phrase or praise something, that two
    ways of filing put here and there, that came too late, that failed.

    Attributes:
        why: what they have in common, for readers; may hold customers' words.
        ids: the newest first.
        kind: of visits only the checklist items are listed that the slice keeps.
    """

    why: Label
    ids: tuple[str, ...]
    kind: Literal["responses", "complaints", "visits"] = "complaints"
