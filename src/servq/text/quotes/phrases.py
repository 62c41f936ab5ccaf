"""Phrases of a text, and groups of similar ones.

Owns the definition of a phrase: a word, or two neighbouring words. Never counts any.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from servq.text.causes.rules import read_alike
from servq.text.sentiment.features import segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Cut = Callable[[str], list[str]]

Phrases = frozenset[str]

TOGETHER = 0.5
"""From this share of common texts on, two phrases are one piece of news."""


@lru_cache(maxsize=5_000)
def phrases_of(text: str, cut: Cut = segmented) -> Phrases:
    """The words of a text that have at least two letters, and its pairs of neighbours; no digits and no signs.

    A word that no dictionary knows falls into single letters, so pairs of these count too: 闸机 is 闸 and 机.

    Args:
        cut: the segmenter, with the operator's own words if there are any.
    """
    found: set[str] = set()
    before = ""
    for word in cut(read_alike(text)):
        if not word.isalpha():
            before = ""
            continue
        if len(word) > 1:
            found.add(word)
        if before:
            found.add(before + word if not (before + word).isascii() else f"{before} {word}")
        before = word
    return frozenset(found)


def grouped(found: dict[str, float], here: list[Phrases]) -> list[list[str]]:
    """Groups of phrases that are similar, or that occur in the same texts; most significant first, within groups
    too."""
    texts = {phrase: with_any([phrase], here) for phrase in found}
    groups: list[list[str]] = []
    for phrase in sorted(found, key=lambda phrase: (-found[phrase], -len(phrase), phrase)):
        for group in groups:
            if any(_alike(phrase, one) or _together(texts[phrase], texts[one]) for one in group):
                group.append(phrase)
                break
        else:
            groups.append([phrase])
    return groups


def _alike(one: str, other: str) -> bool:
    """Whether one phrase contains the other, or half of all their characters stand in both.

    >>> _alike("押金", "退押金"), _alike("没有退款", "退款没有到"), _alike("押金", "退款")
    (True, True, False)
    """
    if one.isascii() or other.isascii():
        return bool(set(one.split()) & set(other.split()))
    both, any_ = set(one) & set(other), set(one) | set(other)
    return one in other or other in one or 2 * len(both) >= len(any_)


def _together(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= TOGETHER * len(one | other)


def with_any(group: Sequence[str], texts: list[Phrases]) -> set[int]:
    """The indices of the texts with any of these phrases."""
    wanted = set(group)
    return {place for place, phrases in enumerate(texts) if not wanted.isdisjoint(phrases)}
