"""The seam between a comment and its sentiment: what a score is, and which scorer is used.

Owns the label, its two cuts and the choice of a scorer by language. It never opens a file, and loads
nothing heavy before the first text is scored; a better scorer comes in through `default_scorer` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from servq.text import chinese, english
from servq.text.language import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SentimentLabel = Literal["negative", "uncertain", "positive"]

NEGATIVE_BELOW, POSITIVE_FROM = 0.42, 0.58
"""The two cuts, the same for both languages. Provisional: a better scorer brings its own.

Chosen on the choice half of waimai_10k as the narrowest band around 0.5, in steps of .01, outside which each
label is right four times in five if half of the customers are satisfied. Measured elsewhere:

    texts                           n   uncertain  of the rest right / macro-F1   negative  positive right
    waimai_10k, other half      6,058        21 %         .802 / .791                 .818      .803
    dianping2000                2,000        10 %         .790 / .790                 .771      .814
    Skytrax, other half (en)    1,820        18 %         .807 / .793                 .808      .797
"""


@dataclass(frozen=True)
class Sentiment:
    """How satisfied one comment sounds.

    Attributes:
        polarity: probability of "satisfied", 0 to 1, where half of the customers are; None where the text
            has no words that any model could read ("", "。。。", "👍"): such a text says nothing, and 0.5
            would be an invented middle.
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
    """Whatever turns comments into sentiments, one for each and in the same order."""

    @property
    def name(self) -> str:
        """The model's name, stored with every score."""

    @property
    def version(self) -> str:
        """Changes whenever the same text might get another score."""

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        """The sentiment of each text, in order; any text is scored, none raises."""


def label_of(polarity: float | None) -> SentimentLabel:
    """The label of a polarity by the two cuts.

    >>> label_of(0.41), label_of(0.42), label_of(0.58), label_of(None)
    ('negative', 'uncertain', 'positive', 'uncertain')
    """
    if polarity is None or NEGATIVE_BELOW <= polarity < POSITIVE_FROM:
        return "uncertain"
    return "negative" if polarity < NEGATIVE_BELOW else "positive"


class ByLanguage:
    """Chinese comments by SnowNLP's table, English ones by TextBlob's, told apart by script."""

    name = "zh-en-words"

    @property
    def version(self) -> str:
        """The versions of both models, since a change of either changes scores."""
        return f"{chinese.version()}/{english.version()}"

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        """The sentiment of each text, in order."""
        zh, en = chinese.version(), english.version()
        return [self._one(text, zh, en) for text in texts]

    def _one(self, text: str, zh: str, en: str) -> Sentiment:
        language = language_of(text)
        if language == "zh":
            polarity = chinese.polarity(text)
            return Sentiment(polarity, label_of(polarity), language, chinese.NAME, zh)
        if language == "en":
            polarity = english.polarity(text)
            return Sentiment(polarity, label_of(polarity), language, english.NAME, en)
        return Sentiment(None, label_of(None), language, self.name, f"{zh}/{en}")


@cache
def default_scorer() -> Scorer:
    """The scorer that servq uses unless told otherwise; one for the whole process."""
    return ByLanguage()
