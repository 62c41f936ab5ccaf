"""The written list of service words as weights for the model's slots.

Owns the way from words.toml to slots. Never sees a review.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from servq.text.sentiment.features import (
    NEGATIONS,
    families_of_words,
    segmented,
    slot_of_pair,
    slot_of_run,
    slot_of_word,
    words_of,
)
from servq.text.sentiment.hashing import BITS, hash_of
from servq.text.sentiment.normalise import COMPLAINT_MARK, PRAISE_MARK

WORDS = Path(__file__).parent / "words.toml"

STRONG, PLAIN = 2.0, 1.0

NEGATED = -0.75
"""不满意 is nearly as bad as 满意 is good, but 不差 is not as good as 差 is bad: a turned word speaks less."""


def strengths() -> dict[str, float]:
    """Word -> its written strength, above 0 for praise; the two marks of emoji are strong."""
    book = tomllib.loads(WORDS.read_text("utf-8"))
    found = {PRAISE_MARK: STRONG, COMPLAINT_MARK: -STRONG}
    for kind, sign in (("praise", 1.0), ("complaint", -1.0)):
        for degree, size in (("strong", STRONG), ("plain", PLAIN)):
            found |= dict.fromkeys(book[kind][degree].split(), sign * size)
    return found


def neutral_words() -> list[str]:
    """Words that name a matter of service and no feeling."""
    words: list[str] = tomllib.loads(WORDS.read_text("utf-8"))["neutral"]["words"].split()
    return words


def written_words() -> np.ndarray:
    """The list's weight of each slot, where it stands for a word or for a pair of words.

    Raises:
        ValueError: rjieba cuts an entry into more than two words, so that no slot stands for it.
    """
    weights = np.zeros(1 << BITS)
    for word, strength in strengths().items():
        match segmented(word):
            case [whole]:
                weights[slot_of_word(whole)] = strength
                weights[slot_of_word(whole, turned=True)] = NEGATED * strength
            case [first, second] if first in NEGATIONS:
                weights[slot_of_word(second, turned=True)] = strength
            case [first, second]:
                weights[slot_of_pair(first, second)] = strength
            case more:
                raise ValueError(f"{word} is {len(more)} words: {' '.join(more)}")
    return weights


def written_runs() -> np.ndarray:
    """The list's weight of each slot, where it stands for two or three characters in a row."""
    weights = np.zeros(1 << BITS)
    for word, strength in strengths().items():
        for turned, share in ((False, 1.0), (True, NEGATED)):
            if (slot := slot_of_run(word, turned)) is not None:
                weights[slot] = share * strength
    return weights


def neutral_slots() -> list[int]:
    """The slots of the neutral words: as words, and as all runs of two or three characters inside them."""
    words = [slot_of_word(word) for word in neutral_words() if len(segmented(word)) == 1]
    inside = {word[at : at + size] for word in neutral_words() for size in (2, 3) for at in range(len(word))}
    return words + [slot for run in sorted(inside) if (slot := slot_of_run(run)) is not None]


def slots_of_neutral_pairs(codes: np.ndarray) -> np.ndarray:
    """The slots of two neutral words beside each other (客服 电话), as far as they stand in the text."""
    words = words_of(codes)
    neutral = np.isin(words.hashes, np.array([hash_of(word) for word in neutral_words()], np.uint64))
    _, pairs = families_of_words(words)
    places = np.flatnonzero(words.real[1:] & words.real[:-1])
    return pairs.slots[neutral[places] & neutral[places + 1]]
