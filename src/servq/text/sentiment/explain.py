"""Explanation of a score: the words of a comment that moved it, and by how much.

Owns the way from the model's many small features to words that a person recognises. Never scores; the weights that it
names add up to the scorer's score. Its words are plain text, which the caller escapes when showing them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from servq.text.language import language_of
from servq.text.sentiment import chinese, english
from servq.text.sentiment.features import Words, words_of
from servq.text.sentiment.normalise import COMPLAINT_MARK, PRAISE_MARK
from servq.text.sentiment.placeholder_comments import says_nothing

if TYPE_CHECKING:
    from servq.text.sentiment.normalise import Codes

SIGNS = {PRAISE_MARK: "☺", COMPLAINT_MARK: "☹"}
"""The marks for emoji and 颜文字 as shown to a reader."""


def explain(text: str, model: chinese.ChineseModel | None = None) -> list[tuple[str, float]]:
    """The words that moved a comment's score, the strongest first.

    A negation stands with what it turns round (不干净). A weight is what the word adds to the log-odds of
    "satisfied": with the model's intercept the weights of a Chinese comment sum up to the log-odds of its polarity.
    Characters that reach over two words count half for each.

    Args:
        text: any comment.
        model: the one that scored it, where Chinese (default: the one that comes with servq).

    Returns:
        (word, weight); above 0 speaks for "satisfied"; empty where nothing was read. A word that stands
        several times is named once, with its sum.
    """
    language = language_of(text)
    if language == "none" or says_nothing(text):
        return []
    if language == "en":
        return _strongest(english.assessments(text))
    model = model or chinese.shipped()
    codes, parts = model.weights.parts(text)
    share = np.zeros(len(codes))
    for start, end, weight in parts:
        share[start:end] += weight * model.slope / (end - start)
    return _strongest(
        [(_shown(codes, *place), float(share[slice(*place)].sum())) for place in _groups(words_of(codes))]
    )


def _groups(words: Words) -> list[tuple[int, int]]:
    """From where to where each word stands, a negation together with the first word that it turns round."""
    places: list[tuple[int, int]] = []
    joined = False
    for start, end, real, negating in zip(words.starts, words.ends, words.real, words.negating, strict=True):
        if not real:
            joined = False
            continue
        if joined:
            start = places.pop()[0]
        places.append((int(start), int(end)))
        joined = bool(negating)
    return places


def _shown(codes: Codes, start: int, end: int) -> str:
    word = codes[start:end].tobytes().decode("utf-32-le")
    return SIGNS.get(word, word)


def _strongest(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    sums: dict[str, float] = defaultdict(float)
    for word, weight in found:
        sums[word] += weight
    return sorted(((word, weight) for word, weight in sums.items() if weight), key=lambda pair: -abs(pair[1]))
