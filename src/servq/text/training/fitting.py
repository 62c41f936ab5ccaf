"""Model fitting: the sparse table of texts and features, ComplementNB and logistic regression.

On numpy and scipy alone, because scikit-learn is not installed with servq. Never decides whether a model is good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from servq.text.sentiment.chinese import logistic
from servq.text.sentiment.features import comment_of, families
from servq.text.sentiment.hashing import BITS
from servq.text.sentiment.normalise import written_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from servq.text.sentiment.normalise import Codes

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SMOOTHING, COST = 0.5, 4.0
"""Of ComplementNB and of the regression: those of the model that ships, not tuned to anybody's comments."""

STEPS = 120
"""Of gradient descent: the evidence is then within a hundredth of where it would end."""

TEXTS_AT_ONCE = 2_000


@dataclass(frozen=True, eq=False)
class Counted:
    """Texts as rows, the slots that two of them hold as columns.

    Attributes:
        rows: how often each slot stands in each text, over the root of the number of all its features, as in
            `LinearModel.evidence`: a table of weights times these is evidence.
        slots: for each column its slot.
    """

    rows: csr_array
    slots: NDArray[np.int64]

    def table(self, weights: Numbers) -> Numbers:
        """One weight for each slot there is, from one for each column."""
        whole = np.zeros(1 << BITS)
        whole[self.slots] = weights
        return whole


def count(texts: Sequence[str], read_as: Codes) -> Counted:
    """Count the features of texts; features of one text only are left out."""
    found, holders, first = [], [], 0
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        some = texts[start : start + TEXTS_AT_ONCE]
        codes = written_alike(some, read_as)
        comment = comment_of(codes)
        for family in families(codes):
            found.append(family.slots.astype(np.int32))
            holders.append((comment[family.starts] + first).astype(np.int32))
        first += len(some)
    slots, rows = np.concatenate(found), np.concatenate(holders)
    known, columns = np.unique(slots, return_inverse=True)
    size = np.bincount(rows, minlength=len(texts))
    table = csr_array((np.ones(len(slots)), (rows, columns)), shape=(len(texts), len(known)))
    table.sum_duplicates()
    shared = np.bincount(table.indices, minlength=len(known)) > 1
    kept = csr_array(table[:, np.flatnonzero(shared)])
    kept.data /= np.repeat(np.sqrt(np.maximum(size, 1)), np.diff(kept.indptr))
    return Counted(kept, known[shared].astype(np.int64))


def complement_bayes(rows: csr_array, praise: Flags) -> Numbers:
    """Log-likelihood ratio of each slot for praise, of slots in at least two texts; each text counts once.

    Source: Rennie et al. (2003), Tackling the Poor Assumptions of Naive Bayes; for two classes.
    """
    held = csr_array((np.ones(len(rows.data)), rows.indices, rows.indptr), shape=rows.shape)
    in_praise, in_complaints = (held.T @ praise.astype(float), held.T @ (~praise).astype(float))
    seen = in_praise + in_complaints > 1
    sizes = [part.sum() + SMOOTHING * seen.sum() for part in (in_praise, in_complaints)]
    ratio = np.log((in_praise + SMOOTHING) / sizes[0]) - np.log((in_complaints + SMOOTHING) / sizes[1])
    return np.asarray(np.where(seen, ratio, 0.0))


def regression(rows: csr_array, praise: Flags) -> Numbers:
    """Logistic regression in which both classes weigh the same; without an intercept, which `blend` gives.

    Accelerated gradient descent: a step costs two looks at the table. Longer vectors than ten thousand would send
    scipy's own minimiser to every core of the machine, which takes ten times as long when others use them too.

    Source: Nesterov (2004), Introductory Lectures on Convex Optimization, 2.2.1, for a strongly convex loss.
    """
    sign, weight = np.where(praise, 1.0, -1.0), COST * len(praise) * alike(praise)
    turned = csr_array(rows.T)
    steepest = 1.0 + 0.25 * _largest(rows, turned, weight)
    momentum = (np.sqrt(steepest) - 1) / (np.sqrt(steepest) + 1)
    ahead = found = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        slope = ahead - turned @ (weight * sign * logistic(-sign * (rows @ ahead)))
        before, found = found, ahead - slope / steepest
        ahead = found + momentum * (found - before)
    return np.asarray(found)


def _largest(rows: csr_array, turned: csr_array, weight: Numbers) -> float:
    """The largest eigenvalue of the weighted table times itself, by the power method; a little too large is safe."""
    along = np.ones(rows.shape[1])
    size = 1.0
    for _ in range(15):
        along = turned @ (weight * (rows @ along))
        size = float(np.sqrt(np.square(along).sum()))
        along = along / max(size, 1e-12)
    return 1.05 * size


def blend(evidence: Numbers, praise: Flags, start: Numbers, hold: Numbers) -> Numbers:
    """The weight of each kind of evidence, and the intercept: a logistic fit in which each text weighs the same.

    Args:
        evidence: a row for each text, a column for each kind.
        start: the worth of each and the intercept, if nothing were learned.
        hold: how strongly each is held there, in texts: at 0 the texts alone decide.
    """
    rows = np.column_stack([evidence, np.ones(len(evidence))])
    sign = np.where(praise, 1.0, -1.0)

    def loss(worth: Numbers) -> tuple[float, Numbers]:
        margin, away = sign * (rows @ worth), worth - start
        slope = rows.T @ (-sign * logistic(-margin)) + hold * away
        return float(np.logaddexp(0.0, -margin).sum()) + 0.5 * float(hold @ away**2), slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def alike(praise: Flags) -> Numbers:
    """A weight for each text, so that each class weighs one half."""
    weight: Numbers = np.where(praise, 0.5 / max(1, praise.sum()), 0.5 / max(1, (~praise).sum()))
    return weight
