"""The stored form of an own model: the bytes kept in the warehouse.

The table that normalises characters is not in them: it comes with servq's own weights.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np

from servq.text.sentiment.chinese import OWN_NAME, ChineseModel, shipped
from servq.text.sentiment.linear import LinearModel


def packed(model: ChineseModel) -> bytes:
    """The model as bytes: weights by slot, and the constants."""
    out = BytesIO()
    constants = np.array([model.weights.step, model.slope, model.intercept, *model.cuts])
    np.savez_compressed(out, weights=model.weights.weights, constants=constants)
    return out.getvalue()


def unpacked(stored: bytes) -> ChineseModel:
    """The model from the bytes of `packed`."""
    with np.load(BytesIO(stored), allow_pickle=False) as file:
        step, slope, intercept, below, upwards = file["constants"].tolist()
        weights = LinearModel(file["weights"], step, shipped().weights.read_as)
    return ChineseModel(weights, slope, intercept, (below, upwards), OWN_NAME)
