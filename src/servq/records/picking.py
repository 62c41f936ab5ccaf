"""The words of pointing at single complaints, where no filter names them."""

from __future__ import annotations

from dataclasses import dataclass

from servq.records.asking import Label


@dataclass(frozen=True)
class Picked:
    """Complaints that no filter can name: those that say a phrase, or that two ways of filing put here and there.

    Attributes:
        why: what they have in common, for readers; may hold customers' words.
        ids: the newest first.
    """

    why: Label
    ids: tuple[str, ...]
