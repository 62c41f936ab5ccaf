"""Measured accuracy of the shipped sentiment model: the results of `python -m studies.sentiment`, stored only here.

Owns the form of measured.json beside it. The tab 模型说明 and docs/model.md show the figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from servq.text.training.evaluation import ConfusionMatrix

FILE = Path(__file__).parent / "measured.json"


@dataclass(frozen=True)
class Told:
    """The result of one scorer on one part of a set.

    Attributes:
        scorer: servq, snownlp or textblob.
        part: `choice`, on which constants were chosen, or `report`.
        ece: calibration error in ten bins, both classes weighing the same.
    """

    name: str
    part: str
    scorer: str
    counts: ConfusionMatrix
    ece: float


@dataclass(frozen=True)
class LearningCurvePoint:
    """The result of `servq train` with so many own labels, over several draws.

    Attributes:
        accuracy, low, high: mean, lowest and highest accuracy on texts that were not among the labels.
        praise_found, complaints_found: mean shares.
        in_force: what was in force afterwards (shipped, cuts, mix, alone) -> in how many draws.
    """

    name: str
    labels: int
    draws: int
    n: int
    accuracy: float
    low: float
    high: float
    praise_found: float
    complaints_found: float
    in_force: dict[str, int]


@dataclass(frozen=True)
class Measured:
    """All measured results of one version of the model."""

    version: str
    told: tuple[Told, ...]
    curve: tuple[LearningCurvePoint, ...]

    def of(self, name: str, part: str, scorer: str) -> Told | None:
        """The result of a scorer on a part of a set; None where it was not measured."""
        wanted = (name, part, scorer)
        return next((one for one in self.told if (one.name, one.part, one.scorer) == wanted), None)


@cache
def measured() -> Measured:
    """The measured results of the shipped model."""
    said: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    told = tuple(Told(**one | {"counts": ConfusionMatrix(*one["counts"])}) for one in said["told"])
    return Measured(said["version"], told, tuple(LearningCurvePoint(**one) for one in said["curve"]))
