"""Sentiment of Chinese comments: servq's own linear model, or one trained on the installation's own comments.

Owns the way from a comment to a calibrated probability. Never sets a label and never trains: weights.npz beside it is
made by `python -m studies.training`; docs/model.md gives its accuracy. A model that `servq train` accepted is another
`ChineseModel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from servq.text.sentiment import linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME, OWN_NAME = "servq-linear-zh", "servq-linear-zh-own"
"""The model's name in every score: the shipped one, and one trained on own comments."""

FILE = Path(__file__).parent / "weights.npz"

SLOPE, INTERCEPT = 2.525, -0.344
"""From evidence to a probability; logistic fit, both classes weighing the same."""

CUTS = (0.35, 0.55)
"""Below which probability a comment is negative, and from which on it is positive; see `scorer.CUTS`."""

_KNOWS_NOTHING = 0.5

CHANGES = 3
"""servq's own count of changes by which a text may get another score although the weights are the same: 2 since texts
that say nothing (无, 没有意见) have none, 3 since idioms (没毛病, 不要太好) are read as what they mean."""


@dataclass(frozen=True, eq=False)
class ChineseModel:
    """Weights, the calibration from evidence to a probability, and the two cuts of a label.

    Attributes:
        slope, intercept: log-odds of "satisfied" = slope × evidence + intercept, where half of the writers are.
        cuts: below the first a comment is negative, from the second on positive.
    """

    weights: linear.LinearModel
    slope: float = SLOPE
    intercept: float = INTERCEPT
    cuts: tuple[float, float] = CUTS
    name: str = NAME

    @cached_property
    def version(self) -> str:
        """The version of weights, calibration and cuts; for the shipped ones servq's own count of changes."""
        if self.name == NAME:
            return f"{self.weights.fingerprint}+{CHANGES}"
        constants = np.array([self.slope, self.intercept, *self.cuts, CHANGES]).tobytes()
        return f"{self.weights.fingerprint}+{blake2b(constants, digest_size=2).hexdigest()}"

    def polarities(self, texts: Sequence[str]) -> list[float]:
        """The probability that each comment comes from a satisfied customer, where half of them are."""
        evidence = self.weights.evidence(texts)
        odds = self.slope * evidence + self.intercept
        values: list[float] = np.where(evidence == 0, _KNOWS_NOTHING, logistic(odds)).tolist()
        return values


def logistic(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability for log-odds, exact to the ends.

    >>> logistic(np.array([-1e9, 0.0, 1e9])).tolist()
    [0.0, 0.5, 1.0]
    """
    # tanh neither overflows nor warns where exp would
    half: NDArray[np.float64] = np.tanh(odds / 2)
    return (1.0 + half) / 2


@cache
def shipped() -> ChineseModel:
    """The model that comes with servq; its weights are read on the first use."""
    return ChineseModel(linear.load(FILE))


def version() -> str:
    """The version of the model that comes with servq."""
    return shipped().version


def model() -> linear.LinearModel:
    """The weights that come with servq."""
    return shipped().weights


def polarities(texts: Sequence[str]) -> list[float]:
    """The shipped model's probability for each comment.

    Args:
        texts: comments in which `language_of` found Chinese.

    Returns:
        0 to 1; exactly 0.5 where the model knows nothing of a text.

    Source:
        docs/model.md: training text, accuracy, calibration error and known limits.
    """
    return shipped().polarities(texts)


def polarity(text: str) -> float:
    """The probability for one comment; a list at once is a hundred times as fast."""
    return polarities([text])[0]
