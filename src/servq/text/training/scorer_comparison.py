"""Figures of several scorers on the same comments, as they are stored and read again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from servq.text.training.evaluation import ConfusionMatrix, calibration_error, judge

if TYPE_CHECKING:
    from servq.text.training.fitting import Flags, Numbers


class ScorerFigures(NamedTuple):
    """How one scorer, as it ships, judged the comments.

    Attributes:
        counts: cut at .5.
        ece: the calibration error, both classes weighing the same.
    """

    scorer: str
    version: str
    counts: ConfusionMatrix
    ece: float


def figures_of(scorer: str, version: str, values: Numbers, praise: Flags) -> ScorerFigures:
    """The figures of probabilities, where both classes have comments."""
    alike = np.where(praise, 0.5 / praise.sum(), 0.5 / (~praise).sum())
    return ScorerFigures(scorer, version, judge(values, praise), calibration_error(values, praise, alike))


def as_json(figures: list[ScorerFigures]) -> list[dict[str, Any]]:
    """The figures as they are stored."""
    return [one._asdict() | {"counts": asdict(one.counts)} for one in figures]


def from_json(scorers: list[dict[str, Any]]) -> tuple[ScorerFigures, ...]:
    """The figures again.

    >>> one = ScorerFigures("servq", "1", ConfusionMatrix(3, 1, 2, 4), 0.05)
    >>> from_json(as_json([one])) == (one,)
    True
    """
    return tuple(
        ScorerFigures(one["scorer"], one["version"], ConfusionMatrix(**one["counts"]), one["ece"]) for one in scorers
    )
