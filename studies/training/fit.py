"""The fitting of the shipped model: from reviews and the written list to one weight per slot.

Owns the arithmetic of training and its constants. Never reads a set that the model is evaluated on; the constants were
chosen on the choice halves (texts whose one-byte BLAKE2b is even) of three such sets, see docs/model.md.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix, diags

from servq.text.sentiment.features import comment_of, families
from servq.text.sentiment.hashing import BITS
from studies.training import lexicon

SHARE_OF_REGRESSION = 0.35
"""The rest is ComplementNB, which carries further into a subject that it has never seen."""

SHARE_OF_LIST = 0.225
"""Of each of the two written tables, against 1 for the reviews; all three scaled to the same spread."""

SEEN_IN_ONE = 0.7
"""What a weight is worth that only one subject supports."""

SMALLEST_SMOOTHING, SMOOTHING, COST = 0.5, 1.0, 4.0


def matrix(codes: np.ndarray) -> csr_matrix:
    """Rows are texts, columns are slots, values are counts."""
    comment = comment_of(codes)
    found = list(families(codes))
    slots = np.concatenate([family.slots for family in found]).astype(np.int64)
    rows = np.concatenate([comment[family.starts] for family in found])
    counts = csr_matrix((np.ones(len(slots)), (rows, slots)), shape=(comment[-1] + 1, 1 << BITS))
    counts.sum_duplicates()
    return counts


def weights(codes: np.ndarray, praise: np.ndarray, subject: np.ndarray) -> np.ndarray:
    """One weight for each slot, above 0 for praise.

    Args:
        codes: the reviews from `written_alike`.
        praise: whether each review is praise.
        subject: the number of what each review is about.
    """
    counts = matrix(codes)
    root = diags(1 / np.sqrt(np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1)))
    rows = (root @ counts).tocsr()

    def even(table: np.ndarray) -> np.ndarray:
        return table / np.std(rows @ table)

    bayes = complement_bayes(counts, praise, SMALLEST_SMOOTHING)
    linear = regression(rows, praise, np.asarray((counts > 0).sum(axis=0)).ravel() > 1)
    learned = (1 - SHARE_OF_REGRESSION) * even(bayes) + SHARE_OF_REGRESSION * even(linear)
    learned[lexicon.neutral_slots()] = 0
    learned[lexicon.slots_of_neutral_pairs(codes)] = 0
    learned *= agreement(counts, praise, subject)
    written = SHARE_OF_LIST * (even(lexicon.written_words()) + even(lexicon.written_runs()))
    return even(learned) + written


def complement_bayes(counts: csr_matrix, praise: np.ndarray, smoothing: float) -> np.ndarray:
    """Log-likelihood ratio of each slot for praise, of slots in at least two texts; each text counts once."""
    held = (counts > 0).astype(float)
    in_praise = np.asarray(held[praise].sum(axis=0)).ravel()
    in_complaints = np.asarray(held[~praise].sum(axis=0)).ravel()
    seen = in_praise + in_complaints > 1
    sizes = [part.sum() + smoothing * seen.sum() for part in (in_praise, in_complaints)]
    ratio = np.log((in_praise + smoothing) / sizes[0]) - np.log((in_complaints + smoothing) / sizes[1])
    return np.where(seen, ratio, 0.0)


def regression(rows: csr_matrix, praise: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Logistic regression in which both classes weigh the same."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=COST, solver="liblinear", dual=True, class_weight="balanced", tol=1e-2, max_iter=1000, random_state=0
    )
    columns = np.flatnonzero(seen)
    table = np.zeros(rows.shape[1])
    table[columns] = model.fit(rows[:, columns], praise).coef_[0]
    return table


def agreement(counts: csr_matrix, praise: np.ndarray, subject: np.ndarray) -> np.ndarray:
    """The agreement of the subjects on a slot: 1 where all agree, 0 where they cancel out."""
    tables = np.array(
        [complement_bayes(counts[subject == one], praise[subject == one], SMOOTHING) for one in np.unique(subject)]
    )
    loud = np.abs(tables).sum(axis=0)
    alike = np.abs(tables.sum(axis=0)) / np.where(loud > 0, loud, 1)
    return alike * np.where((tables != 0).sum(axis=0) > 1, 1.0, SEEN_IN_ONE)
