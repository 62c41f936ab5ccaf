"""The scorer of comments: the form of a sentiment score, and the choice of a model by language.

Owns the label and its two cuts. Never opens a file, and loads nothing heavy before the first text is scored.
`ingest/rows/scoring.py` decides which scorer is in force in a warehouse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from servq.text.language import Language, language_of
from servq.text.sentiment import chinese, english
from servq.text.sentiment.placeholder_comments import says_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

SentimentLabel = Literal["negative", "uncertain", "positive"]

CUTS: dict[Language, tuple[float, float]] = {"zh": chinese.CUTS, "en": (0.42, 0.58), "none": (0.5, 0.5)}
"""Language -> below which probability a comment is negative, and from which on it is positive.

The narrowest band around 0.5, in steps of .05 for Chinese, outside which a label is right nine times in ten
(mean of the choice halves of three sets; English, in steps of .01, four times in five on one) if half of the
customers are satisfied. docs/model.md says what that gives on other texts.
"""


@dataclass(frozen=True)
class Sentiment:
    """The sentiment of one comment.

    Attributes:
        polarity: probability of "satisfied", 0 to 1, where half of the customers are; None where the text
            has no words that any model could read ("", "。。。", "👍"), none that a customer wrote
            ("此用户没有填写评价"), or only a word for "nothing" ("无", "没有意见", "N/A"): such a text says nothing,
            and 0.5 would be an invented middle.
        label: "negative", "uncertain" or "positive"; "uncertain" where polarity is None, so that the three
            labels always add up to all texts. Whoever counts opinions leaves out polarity None.
        language: "zh", "en" or "none".
        model: name of the model that scored.
        version: its version; scores of different versions are not comparable.
    """

    polarity: float | None
    label: SentimentLabel
    language: Language
    model: str
    version: str


class Scorer(Protocol):
    """The protocol of a scorer: one sentiment per comment, in the same order."""

    @property
    def name(self) -> str:
        """The model's name, stored with every score."""

    @property
    def version(self) -> str:
        """The version, which changes whenever the same text might get another score."""

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        """The sentiment of each text, in order; any text is scored, none raises."""


def label_of(polarity: float | None, language: Language) -> SentimentLabel:
    """The label of a polarity by its language's two cuts.

    >>> label_of(0.34, "zh"), label_of(0.35, "zh"), label_of(0.55, "zh"), label_of(None, "none")
    ('negative', 'uncertain', 'positive', 'uncertain')
    """
    return label_between(polarity, CUTS[language])


def label_between(polarity: float | None, cuts: tuple[float, float]) -> SentimentLabel:
    """The label of a polarity by two cuts."""
    if polarity is None:
        return "uncertain"
    negative_below, positive_from = cuts
    if polarity < negative_below:
        return "negative"
    return "positive" if polarity >= positive_from else "uncertain"


class ByLanguage:
    """Chinese comments by servq's linear model, English ones by TextBlob, told apart by script.

    Args:
        own: a model that learned from one's own comments, for the Chinese ones.
    """

    name = "zh-en-words"

    def __init__(self, own: chinese.ChineseModel | None = None) -> None:
        self._own = own

    @property
    def chinese(self) -> chinese.ChineseModel:
        """The model of the Chinese comments."""
        return self._own or chinese.shipped()

    @property
    def version(self) -> str:
        """The versions of both models, since a change of either changes scores."""
        return f"{self.chinese.version}/{english.version()}"

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        """The sentiment of each text, in order; many at once are much faster than one by one."""
        model = self.chinese
        zh = model.version
        found: list[Sentiment | None] = []
        waiting: list[tuple[int, str]] = []
        for place, text in enumerate(texts):
            language = language_of(text)
            if language == "en":
                polarity = None if says_nothing(text) else english.polarity(text)
                found.append(Sentiment(polarity, label_of(polarity, "en"), "en", english.NAME, english.version()))
            elif language == "none":
                found.append(Sentiment(None, "uncertain", "none", self.name, self.version))
            elif says_nothing(text):
                found.append(Sentiment(None, "uncertain", "zh", model.name, zh))
            else:
                found.append(None)
                waiting.append((place, text))
        polarities = model.polarities([text for _, text in waiting])
        for (place, _), polarity in zip(waiting, polarities, strict=True):
            found[place] = Sentiment(polarity, label_between(polarity, model.cuts), "zh", model.name, zh)
        return [sentiment for sentiment in found if sentiment is not None]


@cache
def default_scorer() -> Scorer:
    """The shipped scorer, in force until `servq train` accepts a better one; one for the process."""
    return ByLanguage()
