"""How well the shipped cause tree finds causes, as `python -m studies.causes` measured it.

Owns the form of cause_measured.json. The page 模型说明 shows what stands there; docs/causes.md says what the sets are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "measured.json"


@dataclass(frozen=True)
class Found:
    """How well causes were found in one part of a set.

    Attributes:
        part: `choice`, for the sake of which the tree was changed, or `report`.
        right, wrong, missed: causes found, found where there are none, and not found.
    """

    name: str
    part: str
    right: int
    wrong: int
    missed: int

    @property
    def n(self) -> int:
        """How many causes people labelled."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what people labelled that was found."""
        return self.right / self.n

    @property
    def f1(self) -> float:
        """The harmonic mean of both, over all causes together (micro-F1)."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


@cache
def cause_figures() -> tuple[str, tuple[Found, ...]]:
    """The version of tree and search that was measured, and every part of every set."""
    said = json.loads(FILE.read_text("utf-8"))
    return said["version"], tuple(Found(one["name"], one["part"], *one["counts"]) for one in said["sets"])
