"""Emerging phrases: words and pairs of words more frequent in a slice of the comments than in its past and elsewhere.

Owns the comparison, the limit of chance, and the grouping of similar phrases. It knows no cause tree: its results are
suggestions for the tree's editor, each with the number of its texts and their places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.special import gammaln

from servq.text.quotes.phrases import Phrases, grouped, phrases_of, with_any
from servq.text.sentiment.features import segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.text.quotes.phrases import Cut
    from servq.text.training.fitting import Numbers

FALSE_ALARMS = 0.05
"""In how many slices where nothing is new anything at all is shown."""

SHUFFLES = 199
"""The number of random redistributions of the texts that give the limit of chance: the 190th of the largest values."""

_AT_ONCE = 20
"""Shuffles that are worked out together: more need memory and gain nothing."""


@dataclass(frozen=True)
class Rise:
    """One group of similar phrases that rise.

    Attributes:
        phrase: the one that rises most.
        also: the others of its group.
        surprise: how surely it rises, -ln p of the weaker of the comparisons made.
        before: texts of the slice's own past with any phrase of the group.
        places: the texts of the slice with any, in their order.
    """

    phrase: str
    also: tuple[str, ...]
    surprise: float
    before: int
    places: tuple[int, ...]

    @property
    def n(self) -> int:
        """Texts of the slice with any phrase of the group."""
        return len(self.places)

    @property
    def phrases(self) -> tuple[str, ...]:
        """All phrases of the group, the most significant first."""
        return self.phrase, *self.also


def rising(
    now: Sequence[str], past: Sequence[str], others: Sequence[str] = (), least: int = 4, cut: Cut = segmented
) -> list[Rise]:
    """The phrases more frequent in a slice than in its own past and than elsewhere, the most significant first.

    A phrase counts once in a text, so that nobody's repetition is news. It rises where it surprises, in each
    comparison, more than chance makes any phrase: the texts of both sides are shuffled, and 95 of 100 shuffles stay
    below. So where nothing is new, anything at all is shown in at most one slice of twenty, however many phrases there
    are. (Log-odds with a prior, Monroe et al. 2008, was measured beside it and finds less: what was never said before
    has a wide error there.)

    Args:
        now: the comments of the slice.
        past: the same channel, team … before; without it nothing can rise.
        others: the same time elsewhere; left out of the comparison where it is empty.
        least: texts of the slice that must have the phrase.
        cut: the segmenter.

    Source:
        Fisher's exact test, one-sided; Westfall & Young (1993), Resampling-Based Multiple Testing: min-P.
    """
    here, *elsewhere = ([phrases_of(text, cut) for text in texts] for texts in (now, past, others))
    if not here or not elsewhere[0]:
        return []
    found: dict[str, float] | None = None
    for side in filter(None, elsewhere):
        passed = _above_chance(here, side, least)
        found = passed if found is None else {one: min(how, passed[one]) for one, how in found.items() if one in passed}
    return [_rise(group, found or {}, here, elsewhere[0]) for group in grouped(found or {}, here)]


def surprises(said: Sequence[int], texts: int, here: int) -> list[Numbers]:
    """The surprisal of so many of a phrase's texts in a slice, if chance alone distributed them.

    Args:
        said: for each phrase how many of all texts say it.
        texts: all texts, of which `here` are in the slice.

    Returns:
        For each phrase -ln P(at least k) for k = 0, 1, … (hypergeometric, as in Fisher's exact test).

    >>> [round(float(one), 3) for one in surprises([2], 4, 2)[0]]  # P = 1, 5/6, 1/6
    [0.0, 0.182, 1.792]
    """
    known: dict[int, Numbers] = {}
    for count in set(said):
        k = np.arange(count + 1, dtype=float)
        left, taken = texts - count, here - k
        possible = (taken >= 0) & (taken <= left)
        chance = _ln_choose(count, k) + _ln_choose(left, np.clip(taken, 0, left)) - _ln_choose(texts, here)
        tail = np.exp(np.where(possible, chance, -np.inf))[::-1].cumsum()[::-1]
        with np.errstate(divide="ignore"):
            known[count] = 0.0 - np.log(np.minimum(tail, 1.0))
    return [known[count] for count in said]


def _ln_choose(n: int, k: Numbers | int) -> Numbers:
    one, other = np.add(k, 1), np.subtract(n + 1, k)
    return np.asarray(gammaln(n + 1) - gammaln(one) - gammaln(other), float)


def _above_chance(here: list[Phrases], there: list[Phrases], least: int) -> dict[str, float]:
    """The phrases of a slice that surprise, against another, more than chance makes any phrase; each with how much."""
    texts = [*here, *there]
    said = Counter(phrase for phrases in texts for phrase in phrases)
    names = [phrase for phrase, count in said.items() if count >= least]
    if not names:
        return {}
    table = _table(names, texts)
    by_count = surprises([said[name] for name in names], len(texts), len(here))
    starts = np.cumsum([0, *map(len, by_count[:-1])])[:, None]
    flat = np.concatenate(by_count)

    def surprise(inside: Numbers) -> Numbers:
        """Of each phrase (rows) for each choice of texts (columns); nothing where too few of them say it."""
        counts = (table @ inside).astype(int)
        return np.where(counts >= least, flat[starts + counts], 0.0)

    actual = np.zeros((len(texts), 1))
    actual[: len(here)] = 1
    found = surprise(actual)[:, 0]
    if not found.any():
        return {}
    chance = np.random.default_rng(len(texts))
    most: list[float] = []
    while len(most) < SHUFFLES:
        dealt = chance.permuted(np.repeat(actual, min(_AT_ONCE, SHUFFLES - len(most)), axis=1), axis=0)
        most += surprise(dealt).max(axis=0).tolist()
    bound = sorted(most)[ceil((SHUFFLES + 1) * (1 - FALSE_ALARMS)) - 1]
    return {name: float(one) for name, one in zip(names, found, strict=True) if one > bound}


def _table(names: list[str], texts: list[Phrases]) -> csr_array:
    """A table of phrases (rows) by texts (columns): which text has which phrase."""
    rows = {name: row for row, name in enumerate(names)}
    pairs = [(rows[phrase], column) for column, phrases in enumerate(texts) for phrase in phrases if phrase in rows]
    where = np.array(pairs).T
    return csr_array((np.ones(len(pairs)), (where[0], where[1])), shape=(len(names), len(texts)))


def _rise(group: list[str], found: dict[str, float], now: list[Phrases], past: list[Phrases]) -> Rise:
    places = tuple(sorted(with_any(group, now)))
    return Rise(group[0], tuple(group[1:]), found[group[0]], len(with_any(group, past)), places)
