"""Training on own comments: the models that are tried, their evaluation, and the choice of the winner.

Owns the procedure of `servq train`: labels in, a model or a reason out, and a report of everything that was tried.
Never reads a warehouse and never stores anything.

    labels    tried
    < 50      nothing
    50 …      cuts   the model that ships, its two cuts (with the calibration that they stand on) moved
    200 …     mix    its evidence and that of one's own words, each for what it is worth
    2,000 …   alone  one's own words without it

Each text is scored by a model that was not trained on it: five folds, by a hash of the text, each scored by a model
from the other four. The new model must beat the one in force on texts that neither was trained on. Its probability is
that of the installation's own commenters, in their own proportions, so that the share of complaints that it finds is
near the true one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from servq.text.sentiment.chinese import CUTS, shipped
from servq.text.training.cross_validation import FROM, Labels, Trial
from servq.text.training.evaluation import beyond_chance, brier, calibration_error, gain, judge, narrowest_band

if TYPE_CHECKING:
    from servq.text.sentiment.chinese import ChineseModel
    from servq.text.training.fitting import Flags, Numbers

OWN_CUTS_FROM = 200
"""The number of labels from which the band between the cuts is chosen again; below, the shipped cuts move together."""

LEAST_OF_EACH = 10
"""Texts of each class on which a model must be judged."""

LEAST_FOUND = 0.5
"""The share of each class that a model must find: where nearly all are satisfied, calling all praise is often right."""


@dataclass(frozen=True)
class Score:
    """The result of one model on the texts on which it was evaluated.

    Attributes:
        kind: what was tried, or `in_force`.
        errors: by how many standard errors its Brier score beats that of the model in force.
    """

    kind: str
    n: int
    accuracy: float
    praise_found: float
    complaints_found: float
    macro_f1: float
    ece: float
    brier: float
    errors: float = 0.0


@dataclass(frozen=True)
class TrainingReport:
    """The findings of a training.

    Attributes:
        outcome: `accepted`, or why not: `too_few_labels`, `too_few_of_a_class`, `no_win`.
        accepted: what won: cuts, mix, alone; "" where nothing did.
        satisfied, dissatisfied: labels learned from.
        judged_satisfied, judged_dissatisfied: those of them on which models were judged.
        left_out: why comments with a score taught nothing -> how many.
        in_force: name and version of the model that had to be beaten.
        scores: that model's first, then each that was tried.
        version: of the accepted model.
        cuts: of the accepted model.
    """

    outcome: str
    satisfied: int
    dissatisfied: int
    judged_satisfied: int
    judged_dissatisfied: int
    in_force: tuple[str, str]
    accepted: str = ""
    version: str = ""
    cuts: tuple[float, float] = CUTS
    scores: tuple[Score, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def labels(self) -> int:
        """The number of comments trained on."""
        return self.satisfied + self.dissatisfied

    def as_json(self) -> dict[str, Any]:
        """The report in the form in which it is stored and printed."""
        return asdict(self) | {"labels": self.labels}


def learn(labels: Labels, in_force: ChineseModel | None = None) -> tuple[TrainingReport, ChineseModel | None]:
    """Try models that predict these writers' satisfaction better than the model in force.

    Returns:
        What was found, and the model to put into force; None where the present one stays.
    """
    in_force = in_force or shipped()
    every = labels.of_each(np.ones(len(labels.texts), bool))
    judged = labels.of_each(labels.unseen)
    known = (*every, *judged, (in_force.name, in_force.version))
    if sum(every) < FROM["cuts"]:
        return TrainingReport("too_few_labels", *known), None
    if min(every) < LEAST_OF_EACH or min(judged) < LEAST_OF_EACH:
        return TrainingReport("too_few_of_a_class", *known), None
    trial = Trial.of(labels)
    kinds = [kind for kind, least in FROM.items() if sum(every) >= least]
    told = {kind: trial.told(kind) for kind in kinds}
    old, *tried = _judged(told, np.array(in_force.polarities(labels.texts)), labels)
    best = min(tried, key=lambda score: score.brier)
    if not _wins(best, old, len(tried)):
        return TrainingReport("no_win", *known, scores=(old, *tried)), None
    cuts = narrowest_band(told[best.kind], labels.praise) if sum(every) >= OWN_CUTS_FROM else CUTS
    model = trial.model(best.kind, cuts)
    return TrainingReport("accepted", *known, best.kind, model.version, cuts, (old, *tried)), model


def _judged(told: dict[str, Numbers], by_old: Numbers, labels: Labels) -> list[Score]:
    """The model in force and every other one, on the texts that none of them learned from."""
    fresh = labels.unseen
    every = {"in_force": by_old} | told
    return [_score(kind, values[fresh], by_old[fresh], labels.praise[fresh]) for kind, values in every.items()]


def _wins(best: Score, old: Score, tries: int) -> bool:
    found_enough = min(best.praise_found, best.complaints_found) >= LEAST_FOUND
    return found_enough and best.accuracy >= old.accuracy and beyond_chance(best.errors, tries)


def _score(kind: str, values: Numbers, old: Numbers, praise: Flags) -> Score:
    found = judge(values, praise)
    return Score(
        kind,
        found.n,
        found.accuracy,
        *found.found,
        found.macro_f1,
        calibration_error(values, praise),
        brier(values, praise),
        gain(values, old, praise),
    )
