"""Topics: the nouns, verbs and adjectives that weigh most in the texts that a search finds.

Owns which texts are read and which words are left out. `text/quotes/keywords.py` cuts and weighs them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servq.records.search_terms import read_terms
from servq.text.masking.masking import without_marks
from servq.text.quotes.keywords import ranked_words
from servq.warehouse.reads import search

if TYPE_CHECKING:
    import pandas as pd

    from servq.query.snapshot import Snapshot
    from servq.warehouse.reads.search import Search

TEXTS = 2_000
"""Texts that are read, the newest: more take seconds and change no word of the first dozen."""

MOST = 24
"""Topics that are listed."""

LEAST = 2
"""Texts that must have a topic, where the viewing minimum is lower: one text's word is no topic."""

_TRIED = 400
"""Words that are counted, the weightiest; the others are in few texts."""

_PERSONS = "nr"
"""Names of persons: a list of topics must not point at anybody."""


@dataclass(frozen=True)
class TopicWord:
    """One topic.

    Attributes:
        kind: its part of speech, by the tags of ICTCLAS: n noun, v verb, a adjective …
        n: the texts read in which a search finds it.
    """

    word: str
    kind: str
    n: int


@dataclass(frozen=True)
class Topics:
    """The topics of the texts that a search finds, the one of the greatest weight first.

    Attributes:
        texts: how many texts were read.
        minimum: what fewer customers say is not listed.
    """

    topics: tuple[TopicWord, ...]
    texts: int
    minimum: int


def topics_of(snapshot: Snapshot, wanted: Search) -> Topics:
    """The topics of the newest texts that a search finds.

    A word counts where a search for it would find it: anywhere in the text, ASCII letters in upper or lower case. What
    the search itself asks for is no topic of its results.
    """
    with snapshot.warehouse.read() as connection:
        frame = search.find(connection, replace(wanted, order="newest"), TEXTS)
    said = [text.lower() for text in frame[search.WORDS[wanted.kind]]]
    whose = _customers(frame)
    minimum = max(LEAST, snapshot.viewing_minimum)
    asked = {word.lower() for word in read_terms(wanted.words).words}
    found: list[TopicWord] = []
    for word, kind, _ in ranked_words([without_marks(text) for text in said], snapshot.own_words)[:_TRIED]:
        if kind.startswith(_PERSONS) or any(word in one for one in asked):
            continue
        places = [place for place, text in enumerate(said) if word in text]
        if len({whose[place] for place in places}) >= minimum:
            found.append(TopicWord(word, kind, len(places)))
        if len(found) == MOST:
            break
    return Topics(tuple(found), len(said), minimum)


def _customers(frame: pd.DataFrame) -> list[object]:
    """Whose each text is; one of nobody known is somebody else's than all others."""
    return [name or place for place, name in enumerate(frame["customer_id"].fillna(""))]
