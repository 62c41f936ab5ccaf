"""Representative sentences: those whose pairs of characters many other sentences share, no two nearly alike.

Owns the choice. Every sentence is returned word for word.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

READABLE = range(6, 81)
"""Characters: long enough to say something, short enough for a card."""

_ALIKE = 0.6
"""From this share of common pairs on, two sentences are one."""

# "等了三天。没人管！" -> two sentences
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")


def typical_sentences(texts: Sequence[str], count: int, wanted: Callable[[str], bool] = bool) -> list[tuple[int, str]]:
    """At most `count` representative sentences of the texts, each from another text, the most representative first.

    Args:
        wanted: whether a sentence comes into question at all.

    Returns:
        (place of the text, the sentence).

    >>> typical_sentences(["退款一直没到账。谢谢", "退款还没到账，急", "导游不错真不错呀"], 1)
    [(0, '退款一直没到账。')]
    """
    sentences = [
        (place, sentence.strip())
        for place, text in enumerate(texts)
        for sentence in _SENTENCE.findall(text)
        if len(sentence.strip()) in READABLE and wanted(sentence)
    ]
    pairs = [_pairs(sentence) for _, sentence in sentences]
    spoken = Counter(pair for found in pairs for pair in found)
    order = sorted(range(len(sentences)), key=lambda at: (-_weight(pairs[at], spoken), sentences[at][0]))
    chosen: list[int] = []
    for at in order:
        if len(chosen) == count:
            break
        if not any(sentences[at][0] == sentences[one][0] or _alike(pairs[at], pairs[one]) for one in chosen):
            chosen.append(at)
    return [sentences[at] for at in chosen]


def sentences_naming(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    """The sentences of a text that contain one of these places, each with the places within the sentence.

    >>> sentences_naming("订单没问题。客服很有耐心！", [(10, 12)])
    [('客服很有耐心！', ((4, 6),))]
    """
    found = []
    for cut in _SENTENCE.finditer(text):
        sentence = cut[0].strip()
        first = cut.start() + cut[0].index(sentence)
        inside = tuple((a - first, min(b - first, len(sentence))) for a, b in places if first <= a < cut.end())
        if inside:
            found.append((sentence, inside))
    return found


def _pairs(sentence: str) -> frozenset[str]:
    letters = "".join(filter(str.isalnum, sentence))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _weight(pairs: frozenset[str], spoken: Counter[str]) -> float:
    """The average number of sentences that use one of its pairs."""
    return sum(spoken[pair] for pair in pairs) / len(pairs) if pairs else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * min(len(one), len(other))
