"""Sentiment of English comments: TextBlob's word list on a scale of 0 to 1.

Owns the way from TextBlob's -1..1 to a probability. It never sets a label and never downloads anything:
the pattern analyser reads its list from TextBlob's own package and needs none of NLTK's corpora.
"""

from __future__ import annotations

import math
import sys
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "textblob-pattern"

CUT = 0.15
"""TextBlob's polarity at which praise and complaint are equally likely. Words of reviews lean to the friendly
side: at 0 the choice half of the Skytrax reviews is told at .611 macro-F1, at 0.15 at .720."""

SLOPE = 6.16
"""How fast the probability turns around the cut: logistic fit on that half (n = 1,702), both classes
weighing the same. A fit that may also move the cut would put it at .138."""

LONGEST = 10_000
"""Characters that are read of one comment: TextBlob's time grows with the square of a run of brackets."""

_LOADING = Lock()


@cache
def version() -> str:
    """The version of the word list and the calibration: TextBlob's release, and servq's own count of changes."""
    from importlib.metadata import version as installed  # not for Chinese alone: it starts slowly

    return f"{installed('textblob')}+2"


def polarity(text: str) -> float:
    """The probability that an English comment comes from a satisfied customer, where half of them are.

    Measured against "would recommend" on the other half of the Skytrax lounge and seat reviews, cut at 0.5:
    accuracy .755, macro-F1 .743 (n = 1,820).

    Known limit: every text in Latin letters comes here. TextBlob knows no French words, so 3,305 of
    3,839 comments of a French shop stay at exactly 0.5; a word that means another thing in English moves the rest.

    Args:
        text: a comment in which `language_of` found English; what follows `LONGEST` characters is not read.

    Returns:
        0 to 1; exactly 0.5 where TextBlob knows no word of the text.

    Source:
        TextBlob, PatternAnalyzer (De Smedt & Daelemans, 2012, Pattern for Python).
    """
    found = _analyser()(text[:LONGEST])
    if not found.assessments:
        return 0.5
    leaning, _subjectivity = found
    return 1.0 / (1.0 + math.exp(-SLOPE * (leaning - CUT)))


def assessments(text: str) -> list[tuple[str, float]]:
    """The words of a comment in TextBlob's list, with what each adds to the log-odds.

    TextBlob's polarity is the mean of its words', so each word adds its distance from the cut, divided by their number.

    Args:
        text: an English comment.

    Returns:
        (words, weight), in the order of the text; the weights sum up to the log-odds of `polarity`.
    """
    found = _analyser()(text[:LONGEST]).assessments
    return [(" ".join(words), SLOPE * (leaning - CUT) / len(found)) for words, leaning, *_ in found]


@cache
def _analyser() -> Callable[[str], Any]:
    """TextBlob's pattern analyser with its list loaded."""
    # The list loads itself at the first word and is not safe to load from two sessions' threads at once.
    with _LOADING, _without_nltk():
        from textblob.en import sentiment

        sentiment("good")
    analyser: Callable[[str], Any] = sentiment
    return analyser


@contextmanager
def _without_nltk() -> Iterator[None]:
    """Import modules of TextBlob without its package's first lines, which import the whole of NLTK.

    The analyser uses nothing of NLTK, whose import takes seconds and 150 MiB. What was imported here is forgotten
    again, so that whoever imports TextBlob later gets all of it.
    """
    found = find_spec("textblob")
    if "textblob" in sys.modules or found is None:
        yield
        return
    package = ModuleType("textblob")
    package.__path__ = list(found.submodule_search_locations or ())
    sys.modules["textblob"] = package
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "textblob"]:
            del sys.modules[name]
