"""The index of first words of all rules, by which the finder looks up where a leaf may begin in a text.

It makes the search fast: places are found on whole arrays, words in dictionaries, and an expression is only tried
after a first word was found. Never judges what it finds: negation and the like are in finder.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from servq.text.causes.rules import NUMERALS, any_of, beginnings, is_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from servq.text.causes.rules import WordRule
    from servq.text.sentiment.normalise import Codes

_RUN = re.compile(rf"(?<![{NUMERALS}])[{NUMERALS}]{{1,5}}")
# 3小时, 3多小时, 3个小时, 3个多小时
_BEHIND_NUMBERS = ("", "多", "个", "个多", "多个")


class Index:
    """The first words of all rules, each with the leaf that it may stand for and what has to follow."""

    def __init__(self, rules: Iterable[tuple[int, WordRule]]) -> None:
        # what has to follow, what that may begin with, and how far on; 0 is nothing
        self._rests: list[tuple[str, frozenset[str], int]] = [("", frozenset(), 0)]
        self._compiled: dict[int, re.Pattern[str]] = {}
        # word -> (leaf, number of what has to follow)
        self._words: dict[str, list[tuple[int, int]]] = {}
        self._counted: dict[str, list[tuple[int, int]]] = {}
        self._shapes: dict[str, list[tuple[re.Pattern[str], int, int]]] = {}
        for leaf, rule in rules:
            if rest := rule.rest():
                self._rests.append((rest, beginnings(rule.elements[1]), rule.gaps[0][0] + 1))
            entry = (leaf, len(self._rests) - 1 if rest else 0)
            for word in rule.elements[0]:
                self._add(word, entry)
        self._lengths: dict[str, tuple[int, ...]] = {}
        for key in {word[:2] for word in self._words}:
            self._lengths[key] = tuple(sorted({len(word) for word in self._words if word[:2] == key}))
        self._units = sorted({len(word) for word in self._counted})
        self._make_tables()

    def _add(self, word: str, entry: tuple[int, int]) -> None:
        if word[0] == "#":
            self._counted.setdefault(word[1:], []).append(entry)
        elif "#" in word:
            self._shapes.setdefault(word[0], []).append((re.compile(any_of((word,))), *entry))
        else:
            self._words.setdefault(word, []).append(entry)

    def _make_tables(self) -> None:
        self._alone, self._first = np.zeros(0x20000, bool), np.zeros(0x20000, bool)
        singles = [
            *self._shapes,
            *(NUMERALS if self._counted else ""),
            *(key for key in self._lengths if len(key) == 1),
        ]
        pairs = [key for key in self._lengths if len(key) == 2]
        self._alone[[ord(sign) for sign in singles]] = True
        self._first[[ord(key[0]) for key in pairs]] = True
        self._pairs = np.unique(np.array([0, *(ord(key[0]) << 16 | ord(key[1]) for key in pairs)], np.int64))

    def places(self, codes: Codes) -> NDArray[np.int64]:
        """The places at which a first word may begin."""
        here = self._alone[codes[:-1]]
        maybe = np.flatnonzero(self._first[codes[:-1]])
        pairs = codes[maybe].astype(np.int64) << 16 | codes[maybe + 1]
        nearest = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
        here[maybe[self._pairs[nearest] == pairs]] = True
        return np.flatnonzero(here)

    def beginning_at(self, whole: str, at: int) -> Iterator[tuple[int, int]]:
        """The leaves that begin at a place of the text, each with the place where its words end."""
        for end, (leaf, rest) in self._first_words(whole, at):
            if not rest:
                yield leaf, end
                continue
            _, signs, reach = self._rests[rest]
            # most often nothing of it follows, and a set says so sooner than an expression
            if not signs.isdisjoint(whole[end : end + reach]) and (found := self._expression(rest).match(whole, end)):
                yield leaf, found.end()

    def _first_words(self, whole: str, at: int) -> Iterator[tuple[int, tuple[int, int]]]:
        for key in (whole[at : at + 2], whole[at]):
            for length in self._lengths.get(key, ()):
                word = whole[at : at + length]
                entries = self._words.get(word)
                if entries and _stands_alone(word, whole, at):
                    for entry in entries:
                        yield at + length, entry
        for shape, leaf, rest in self._shapes.get(whole[at], ()):
            if found := shape.match(whole, at):
                yield found.end(), (leaf, rest)
        if whole[at] in NUMERALS and (number := _RUN.match(whole, at)):
            yield from self._after_number(whole, number.end())

    def _after_number(self, whole: str, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
        for between in _BEHIND_NUMBERS:
            if whole.startswith(between, end):
                start = end + len(between)
                for length in self._units:
                    for entry in self._counted.get(whole[start : start + length], ()):
                        yield start + length, entry

    def _expression(self, rest: int) -> re.Pattern[str]:
        """The expression that must follow; made on first use, because few of them ever are."""
        if rest not in self._compiled:
            self._compiled[rest] = re.compile(self._rests[rest][0])
        return self._compiled[rest]


def _stands_alone(word: str, whole: str, at: int) -> bool:
    """Whether a Latin word is not part of a longer one; Chinese words need no such care."""
    if is_latin(word[0]) and at and is_latin(whole[at - 1]):
        return False
    return not (is_latin(word[-1]) and is_latin(whole[at + len(word)]))
