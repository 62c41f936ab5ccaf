"""Cross-validation of own models: the evidence for each text, from models trained on the other texts.

Owns the folds, the evidence that each kind of model uses, and the final model from all labels. Never judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from servq.text.sentiment.chinese import INTERCEPT, OWN_NAME, SLOPE, ChineseModel, logistic, shipped
from servq.text.sentiment.linear import LinearModel
from servq.text.training.fitting import blend, complement_bayes, count, regression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.text.training.fitting import Counted, Flags, Numbers

FROM = {"cuts": 50, "mix": 200, "alone": 2_000}
"""The kinds of model that are tried -> the least number of labels."""

FOLDS = 5

LOUDEST = 99.999
"""The percentile of weights that a signed byte can still hold; the few louder ones are cut to it."""

_SHIPPED, _OWN = [0], [1, 2]
_USES = {"cuts": _SHIPPED, "mix": _SHIPPED + _OWN, "alone": _OWN}
"""The kinds of model -> the columns of evidence that they use: the shipped model's, ComplementNB's, the
regression's."""

_START = np.array([SLOPE, 0.0, 0.0])
_HOLD = np.array([20.0, 2.0, 2.0])
"""The strength with which the weight of each kind of evidence is held at its start, in texts."""


@dataclass(frozen=True, eq=False)
class Labels:
    """Comments with their writers' own satisfaction; each text once.

    Attributes:
        praise: whether its writer is satisfied.
        unseen: whether the model in force has never learned from it.
    """

    texts: Sequence[str]
    praise: Flags
    unseen: Flags

    def of_each(self, which: Flags) -> tuple[int, int]:
        """The numbers of satisfied and of dissatisfied writers."""
        return int((self.praise & which).sum()), int((~self.praise & which).sum())


def fold_of(text: str) -> int:
    """The fold (one of five) of a text; equal texts always have the same."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=2, person=b"servq-fold").digest()[0] % FOLDS


@dataclass(frozen=True, eq=False)
class Trial:
    """The evidence for each text: the shipped model's, and that of models trained on the other folds."""

    praise: Flags
    folds: Numbers
    counted: Counted
    evidence: Numbers

    @classmethod
    def of(cls, labels: Labels) -> Trial:
        """Train on four folds and score the fifth, five times."""
        folds = np.array([fold_of(text) for text in labels.texts])
        base = shipped().weights
        counted = count(labels.texts, base.read_as)
        own = np.zeros((len(labels.texts), len(_OWN)))
        if len(labels.texts) >= FROM["mix"]:
            for fold in range(FOLDS):
                here = folds == fold
                for place, weights in enumerate(_own_weights(counted, labels.praise, ~here)):
                    own[here, place] = counted.rows[here] @ weights
        return cls(labels.praise, folds, counted, np.column_stack([base.evidence(labels.texts), own]))

    def told(self, kind: str) -> Numbers:
        """The probability of each text, with calibration and mixture fitted on the other folds too."""
        values = np.zeros(len(self.praise))
        for fold in range(FOLDS):
            here = self.folds == fold
            worth = self._worth(kind, ~here)
            values[here] = logistic(self.evidence[here] @ worth[:-1] + worth[-1])
        return values

    def model(self, kind: str, cuts: tuple[float, float]) -> ChineseModel:
        """The model from all labels together."""
        worth, base = self._worth(kind, np.ones(len(self.praise), bool)), shipped().weights
        table = worth[0] * base.step * base.weights.astype(np.float64)
        if worth[1:-1].any():
            for share, weights in zip(worth[1:-1], _own_weights(self.counted, self.praise), strict=True):
                table += share * self.counted.table(weights)
        step = float(np.percentile(np.abs(table[table != 0]), LOUDEST)) / 127
        small = np.clip(np.rint(table / step), -127, 127).astype(np.int8)
        return ChineseModel(LinearModel(small, step, base.read_as), 1.0, float(worth[-1]), cuts, OWN_NAME)

    def _worth(self, kind: str, which: Flags) -> Numbers:
        """The weight of each column of evidence, 0 where the kind does not use it, and the intercept."""
        used = _USES[kind]
        start = np.append(_START[used], INTERCEPT if kind == "cuts" else 0.0)
        found = blend(self.evidence[which][:, used], self.praise[which], start, np.append(_HOLD[used], 0.0))
        worth = np.zeros(self.evidence.shape[1] + 1)
        worth[[*used, -1]] = found
        return worth


def _own_weights(counted: Counted, praise: Flags, which: Flags | None = None) -> list[Numbers]:
    """ComplementNB and regression on these texts, each scaled so that their evidence spreads by 1."""
    rows, told = (counted.rows, praise) if which is None else (counted.rows[which], praise[which])
    tables = [complement_bayes(rows, told), regression(rows, told)]
    return [table / max(float(np.std(rows @ table)), 1e-9) for table in tables]
