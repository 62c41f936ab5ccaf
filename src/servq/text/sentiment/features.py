"""Features of the linear model: words with their negation, pairs of words, and runs of two or three characters.

Owns the numbers (slots) that stand for them. Knows no weights. Everything is arithmetic on whole arrays, because a
Python loop over some fifty features per comment would be too slow.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.text.sentiment.hashing import FIRST, SECOND, THIRD, hash_of, slots_of, spelled_between, under_negation
from servq.text.sentiment.normalise import END, is_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servq.text.sentiment.hashing import Flags, Hashes, Places
    from servq.text.sentiment.normalise import Codes

# fmt: off
NEGATIONS = (
    "不", "没", "无", "别", "未", "没有", "不是", "不要", "不会", "不能", "并不", "并非",
    "不够", "不太", "不大", "不那么", "没那么", "不怎么", "从不", "毫不", "毫无", "没什么", "不想", "不用",
    "难以", "非", "勿", "莫", "没能", "不如", "从未", "从没", "绝不", "决不", "不再", "未能",
    "未必", "不曾", "没法", "无法", "不该", "不见得", "不算", "不至于", "算不上", "谈不上", "称不上", "说不上",
)
# fmt: on
"""Words that turn round what follows. 不错, 不好 and the like are words of their own and not here."""

WORD, PAIR, RUN = 1, 2, 10
"""Kinds of features; a run of n characters is of kind RUN + n."""


class FeatureFamily(NamedTuple):
    """All features of one kind: their slots, and the start and end of each one in the array."""

    slots: Hashes
    starts: Places
    ends: Places


class Words(NamedTuple):
    """The words of the array with their places; `turned` says whether a negation stands before."""

    hashes: Hashes
    starts: Places
    ends: Places
    real: Flags
    negating: Flags
    turned: Flags


def families(codes: Codes) -> Iterator[FeatureFamily]:
    """All features of the comments in an array from `written_alike`, by kind."""
    words = words_of(codes)
    yield from families_of_words(words)
    yield from families_of_runs(codes, np.repeat(words.turned, words.ends - words.starts))


def words_of(codes: Codes) -> Words:
    """rjieba's words, and which of them stand under a negation.

    A negation reaches over two words of its clause (不太干净); two in a row cancel out (不是不干净).
    """
    cut = _segmenter()(codes.tobytes().decode("utf-32-le"))
    ends = np.cumsum(np.fromiter(map(len, cut), np.int64, len(cut)))
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    hashes = spelled_between(codes, starts, ends)
    real = is_letter(codes[starts])
    nearest = np.minimum(np.searchsorted(_negations(), hashes), len(_negations()) - 1)
    negating = _negations()[nearest] == hashes
    once, twice = _later(negating, 1), _later(negating, 1) & _later(negating, 2)
    turned = once & ~twice & real
    turned |= _later(turned, 1) & real & ~negating
    return Words(hashes, starts, ends, real, negating, turned)


def families_of_words(words: Words) -> Iterator[FeatureFamily]:
    """Single words and pairs of neighbours, under negation other ones than without."""
    hashes = under_negation(words.hashes, words.turned)
    real = words.real
    yield FeatureFamily(slots_of(hashes[real], WORD), words.starts[real], words.ends[real])
    both = real[1:] & real[:-1]
    pairs = hashes[1:][both] * FIRST + hashes[:-1][both]
    yield FeatureFamily(slots_of(pairs, PAIR), words.starts[:-1][both], words.ends[1:][both])


def families_of_runs(codes: Codes, turned: Flags) -> Iterator[FeatureFamily]:
    """Runs of two and of three characters that no gap interrupts.

    Not of one: single characters gain .003 on food deliveries, but make 退 and 客 of 客服 sound like complaints.

    Args:
        codes: the comments from `written_alike`.
        turned: for each character whether its word stands under a negation; a run that wholly does is another one.
    """
    wide, letter = codes.astype(np.uint64), is_letter(codes)
    hashes = wide[:-1] * FIRST + wide[1:] * SECOND
    starts = np.flatnonzero(letter[:-1] & letter[1:])
    both = turned[starts] & turned[starts + 1]
    yield FeatureFamily(slots_of(under_negation(hashes[starts], both), RUN + 2), starts, starts + 2)
    more = letter[starts + 1] & letter[starts + 2]
    starts, both = starts[more], both[more]
    hashes = hashes[starts] + wide[starts + 2] * THIRD
    yield FeatureFamily(slots_of(under_negation(hashes, both & turned[starts + 2]), RUN + 3), starts, starts + 3)


def comment_of(codes: Codes) -> Places:
    """For each place in the array the number of the comment that it belongs to."""
    end = codes == END
    numbers: Places = np.cumsum(end) - end
    return numbers


def _later(flags: Flags, by: int) -> Flags:
    moved = np.zeros_like(flags)
    moved[by:] = flags[:-by]
    return moved


@cache
def _negations() -> Hashes:
    return np.sort(np.array([hash_of(word) for word in NEGATIONS], np.uint64))


def slot_of_word(word: str, turned: bool = False) -> int:
    """The slot of a word of rjieba's; `turned`: of the same word under a negation."""
    hashes = np.array([hash_of(word)], np.uint64)
    return int(slots_of(under_negation(hashes, np.array([turned])), WORD)[0])


def slot_of_pair(one: str, next_one: str) -> int:
    """The slot of two neighbouring words, neither of them under a negation."""
    hashes = np.array([hash_of(one), hash_of(next_one)], np.uint64)
    return int(slots_of(hashes[1:] * FIRST + hashes[:1], PAIR)[0])


def slot_of_run(run: str, turned: bool = False) -> int | None:
    """The slot of two or three characters; None for a run of another length, which the model does not look at."""
    if len(run) not in (2, 3):
        return None
    codes = np.array([*map(ord, run), END], np.uint32)
    families = list(families_of_runs(codes, np.full(len(codes), turned)))
    return int(families[len(run) - 2].slots[0])


def segmented(word: str) -> list[str]:
    """The parts into which rjieba cuts a word that a person would write as one."""
    return _segmenter()(word)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """rjieba's cut without its hidden Markov model, which invents words that no table holds."""
    import rjieba

    def words(text: str) -> list[str]:
        found: list[str] = rjieba.cut(text, False)
        return found

    return words
