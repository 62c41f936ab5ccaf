"""The rows of a run's table: one per question, ours beside the plain way, and the number of tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from servq.records import Label


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        unit: of `ours` and `plain`.
        plain: the same work done the plain way in the same run; None where there is no such thing.
        ratio: how many times better ours is (more rows, or less time or memory); None without a comparison.
        runs: how many measurements stand behind `ours`.
        goal: what was aimed at, in words; "" where nothing was.
    """

    what: Label
    unit: str
    ours: float | None
    plain: float | None = None
    ratio: float | None = None
    runs: int = 1
    goal: str = ""


def less_is_better(ours: float | None, plain: float | None) -> float | None:
    """The factor by which ours takes less; None when either is unknown or too small to be measured."""
    return plain / ours if ours and plain else None


def more_is_better(ours: float | None, plain: float | None) -> float | None:
    """The factor by which ours does more; None when either is unknown."""
    return ours / plain if ours and plain else None


def middle(values: Sequence[float]) -> float | None:
    """The median of the known values; None without any."""
    return median(values) if values else None
