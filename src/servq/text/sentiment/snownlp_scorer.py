"""SnowNLP as a scorer of Chinese comments, to be compared with servq's own model.

Owns the way from SnowNLP's probability to a sentiment. It is not used for any figure of a warehouse.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from servq.text.language import language_of
from servq.text.sentiment.placeholder_comments import says_nothing
from servq.text.sentiment.scorer import Sentiment, label_between

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAME = "snownlp"

CUTS = (0.5, 0.5)
"""SnowNLP gives two classes and no band between them."""

_LOADING = Lock()


class SnowNlpScorer:
    """SnowNLP's naive Bayes model as it ships: it learned from reviews of books, hotels and laptops."""

    name = NAME

    @property
    def version(self) -> str:
        """SnowNLP's release, and servq's own count of changes around it."""
        from importlib.metadata import version as installed

        return f"{installed('snownlp')}+1"

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        """The sentiment of each text, in order; None for a text that is not Chinese, or that says nothing."""
        version = self.version
        return [self._scored(text, version) for text in texts]

    def _scored(self, text: str, version: str) -> Sentiment:
        language = language_of(text)
        polarity = None if language != "zh" or says_nothing(text) else _classifier()(text)
        return Sentiment(polarity, label_between(polarity, CUTS), language, NAME, version)


@cache
def _classifier() -> Callable[[str], float]:
    """SnowNLP's probability of praise; importing it reads its tables, which takes some three seconds and 400 MiB."""
    with _LOADING:
        from snownlp.sentiment import classify
    found: Callable[[str], float] = classify
    return found
