"""Hashes of words and runs of characters, and the slots that they fall into.

Owns the arithmetic modulo 2^64. Never cuts a text into words and knows no weights; changing any constant here means
training the model again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from servq.text.sentiment.normalise import Codes

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]

BITS = 22
"""Four million slots: 200,000 things have a weight, so that one in twenty unknown things borrows a stranger's."""

# Odd 64-bit constants with well-mixed digits (golden ratio, MurmurHash3, SplitMix64); any such would do.
_BASE = 0x9E3779B97F4A7C15
FIRST, SECOND, THIRD = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA5A3564E27F8862B), np.uint64(0xC2B2AE3D27D4EB4F)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def spelled_between(codes: Codes, starts: Places, ends: Places) -> Hashes:
    """A number for each stretch that depends on its characters alone, by a polynomial in arithmetic modulo 2^64.

    The sum over a stretch is the difference of two running sums; dividing by the power at its start (an odd
    base has an inverse) makes it independent of where the stretch stands.
    """
    size = 1 << max(16, len(codes).bit_length())
    powers, inverses = _powers(_BASE, size), _powers(pow(_BASE, -1, 1 << 64), size)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(7)) * powers[: len(codes)], out=sums[1:])
    spelled = (sums[ends] - sums[starts]) * inverses[starts]
    mixed: Hashes = (spelled ^ (spelled >> np.uint64(29))) * _MIX
    return mixed


def hash_of(word: str) -> int:
    """The number of one word as it stands in `Words.hashes`."""
    codes = np.array([ord(letter) for letter in word], np.uint32)
    return int(spelled_between(codes, np.array([0]), np.array([len(word)]))[0])


def under_negation(hashes: Hashes, turned: Flags) -> Hashes:
    """Other numbers for what stands under a negation."""
    return np.where(turned, hashes * FIRST + SECOND, hashes)


def slots_of(hashes: Hashes, kind: int) -> Hashes:
    """The slots of things of one kind; the same characters as a word and as a run are two things."""
    mixed = (hashes + np.uint64(kind)) * _MIX
    mixed ^= mixed >> np.uint64(32)
    mixed *= THIRD
    return mixed >> np.uint64(64 - BITS)


@lru_cache(maxsize=4)
def _powers(base: int, size: int) -> Hashes:
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
