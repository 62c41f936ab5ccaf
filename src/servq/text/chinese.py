"""How satisfied a Chinese comment sounds: servq's own linear model.

Owns the way from a comment to a calibrated probability. It never sets a label and never learns: weights.npz
beside it is made by `python -m data.train_sentiment`, and docs/model.md says how well it does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from servq.text import linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME = "servq-linear-zh"

FILE = Path(__file__).parent / "weights.npz"

SLOPE, INTERCEPT = 2.525, -0.344
"""From evidence to a probability; logistic fit, both classes weighing the same."""

_KNOWS_NOTHING = 0.5


def version() -> str:
    """Which weights and which calibration: the weights' fingerprint, and servq's own count of changes."""
    return f"{model().fingerprint}+1"


def polarities(texts: Sequence[str]) -> list[float]:
    """The probability that each comment comes from a satisfied customer, where half of them are.

    Args:
        texts: comments in which `language_of` found Chinese.

    Returns:
        0 to 1; exactly 0.5 where the model knows nothing of a text.

    Source:
        docs/model.md: training text, accuracy, calibration error and known limits.
    """
    evidence = model().evidence(texts)
    values: list[float] = np.where(evidence == 0, _KNOWS_NOTHING, probability(evidence)).tolist()
    return values


def polarity(text: str) -> float:
    """The probability for one comment; a list at once is a hundred times as fast."""
    return polarities([text])[0]


def probability(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """The calibrated probability for evidence, exact to the ends.

    >>> probability(np.array([-1e9, 1e9])).tolist()
    [0.0, 1.0]
    """
    # tanh neither overflows nor warns where exp would
    half: NDArray[np.float64] = np.tanh((SLOPE * evidence + INTERCEPT) / 2)
    return (1.0 + half) / 2


@cache
def model() -> linear.LinearModel:
    """The weights, read on the first use."""
    return linear.load(FILE)
