"""Records of drills into single answers, complaints or visits that no filter describes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from servq.records.asking import Label


@dataclass(frozen=True)
class Picked:
    """A list of answers, complaints or visits that no filter describes.

    For example those that say a phrase or praise an item, the disagreements of two coders, late or failed ones.

    Attributes:
        why: what they have in common, for readers; may hold customers' words.
        ids: the newest first.
        kind: of visits only the checklist items are listed that the slice keeps.
    """

    why: Label
    ids: tuple[str, ...]
    kind: Literal["responses", "complaints", "visits"] = "complaints"
