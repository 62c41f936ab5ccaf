"""Measured accuracy of the cause finder with the shipped tree: the results of `python -m studies.causes`.

Owns the form of measured.json beside it. The tab 模型说明 shows the figures; docs/causes.md describes the sets.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "measured.json"


class MentionScore(NamedTuple):
    """Mentions of causes found rightly, found where there are none, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def n(self) -> int:
        """The number of mentions that people labelled."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of what people labelled that was found; None where they labelled nothing."""
        return self.right / self.n if self.n else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, over all causes together where it is a sum of scores (micro-F1)."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.n else None


class MeasuredSet(NamedTuple):
    """Accuracy of the finder on one part of a set.

    Attributes:
        part: `choice`, for the sake of which the tree was changed, or `report`.
    """

    name: str
    part: str
    score: MentionScore


@cache
def cause_figures() -> tuple[str, tuple[MeasuredSet, ...]]:
    """The version of tree and search that was measured, and every part of every set."""
    said = json.loads(FILE.read_text("utf-8"))
    return said["version"], tuple(
        MeasuredSet(one["name"], one["part"], MentionScore(*one["counts"])) for one in said["sets"]
    )
