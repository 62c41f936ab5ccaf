"""The stored linear model: one small integer weight per slot, and the table that normalises characters.

Owns the file, the sum over a comment and the parts of that sum. Never trains and never turns a sum into a probability.
The file is written by `python -m studies.training`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.text.idioms import in_plain_words
from servq.text.sentiment.features import families
from servq.text.sentiment.normalise import END, written_alike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from servq.text.sentiment.normalise import Codes

CHARACTERS_AT_ONCE = 50_000
"""Characters that are read together: enough for arrays to pay, few enough for the processor's cache."""


class FeatureContribution(NamedTuple):
    """The contribution of one feature to a comment's evidence, and the feature's start and end in the codes."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, eq=False)
class LinearModel:
    """Weights for the slots of `features`.

    Attributes:
        weights: one signed byte for each slot.
        step: what a weight of 1 means.
        read_as: for each code of a character the code that it is read as, from `letters.reading`.
    """

    weights: NDArray[np.int8]
    step: float
    read_as: Codes

    @cached_property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change with any weight."""
        digest = blake2b(digest_size=4)
        for part in (self.weights, np.float64(self.step), self.read_as):
            digest.update(np.ascontiguousarray(part).data)  # no copy: it would take as long as the digest
        return digest.hexdigest()

    def evidence(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The evidence of each comment: the weights of all its features over the root of their number.

        Returns:
            Above 0 for praise; exactly 0 for a comment of which no feature has a weight.
        """
        plain = [in_plain_words(text) for text in texts]
        found = [self._evidence(plain[at]) for at in _portions(plain)]
        return np.concatenate(found) if found else np.zeros(0)

    def _evidence(self, texts: Sequence[str]) -> NDArray[np.float64]:
        codes = written_alike(texts, self.read_as)
        # one running sum a family, looked up at the comments' ends, is cheaper than adding comment by comment
        edges = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(codes == END) + 1])
        totals, counts = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
        for slots, starts, _ in families(codes):
            first = np.searchsorted(starts, edges)
            running = np.zeros(len(slots) + 1, np.int64)
            np.cumsum(self.weights[slots], out=running[1:])
            totals += np.diff(running[first])
            counts += np.diff(first)
        return totals * self.step / np.sqrt(np.maximum(counts, 1))

    def parts(self, text: str) -> tuple[Codes, list[FeatureContribution]]:
        """The codes of a comment, its idioms in plain words, and what each feature adds: together the evidence."""
        codes = written_alike([in_plain_words(text)], self.read_as)
        found = list(families(codes))
        size = np.sqrt(max(1, sum(len(family.slots) for family in found)))
        return codes, [
            FeatureContribution(int(start), int(end), float(weight) * self.step / size)
            for slots, starts, ends in found
            for start, end, weight in zip(starts, ends, self.weights[slots], strict=True)
            if weight
        ]

    def save(self, path: Path) -> None:
        """Write the file; the same model gives the same arrays."""
        np.savez_compressed(path, weights=self.weights, step=np.float64(self.step), read_as=self.read_as)


def load(path: Path) -> LinearModel:
    """Read a model from its file."""
    with np.load(path, allow_pickle=False) as file:
        return LinearModel(file["weights"], float(file["step"]), file["read_as"])


def _portions(texts: Sequence[str]) -> Iterator[slice]:
    first, characters = 0, 0
    for place, text in enumerate(texts):
        characters += len(text)
        if characters >= CHARACTERS_AT_ONCE:
            yield slice(first, place + 1)
            first, characters = place + 1, 0
    if first < len(texts):
        yield slice(first, len(texts))
