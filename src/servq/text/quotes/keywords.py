"""Keywords of Chinese comments with their parts of speech, by jieba, with the operator's own words.

Owns which parts of speech count. Nothing of jieba is imported before it is used: its dictionary takes about a second
and 150 MB. Its cache, which it would keep where every user of the machine may write, is not kept.
"""

from __future__ import annotations

import warnings
from copy import copy
from functools import lru_cache
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from servq.text.quotes.own_words import NONE, OwnWords, as_added

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTENT = ("n", "nr", "ns", "nt", "nz", "v", "vn", "a", "an", "l", "i", "eng")
"""Parts of speech that name a subject, an action or a quality, by the tags of ICTCLAS."""


_LOADING = Lock()


class Keyword(NamedTuple):
    """One keyword.

    Attributes:
        kind: its part of speech, by the tags of ICTCLAS: n noun, v verb, a adjective …
        weight: TF-IDF: its share of all counted words, times jieba's inverse document frequency.
        n: the texts in which it stands.
    """

    word: str
    kind: str
    weight: float
    n: int


class RankedWord(NamedTuple):
    """A word that may be a keyword, with its part of speech and its weight."""

    word: str
    kind: str
    weight: float


def keywords(texts: Sequence[str], most: int, own: OwnWords = NONE) -> list[Keyword]:
    """The keywords of all texts together, the one of the greatest weight first.

    Args:
        most: at most so many; 0 is all.
        own: the operator's own words.
    """
    ranked = ranked_words(texts, own)
    chosen = ranked[:most] if most else ranked
    return [Keyword(*one, sum(one.word in text for text in texts)) for one in chosen]


def ranked_words(texts: Sequence[str], own: OwnWords = NONE) -> list[RankedWord]:
    """Every word of the texts that could be a keyword, the one of the greatest weight first.

    Source:
        jieba.analyse.TFIDF, with its own table of inverse document frequencies.
    """
    found = _extractor(own).extract_tags("\n".join(texts), topK=None, withWeight=True, allowPOS=CONTENT, withFlag=True)
    ranked = [RankedWord(pair.word, pair.flag, weight) for pair, weight in found]
    return sorted(ranked, key=lambda one: (-one.weight, one.word))


def _extractor(own: OwnWords) -> Any:
    with _LOADING:  # two readers at once would read the dictionary twice
        return _loaded(own)


@lru_cache(maxsize=1)
def _loaded(own: OwnWords) -> Any:
    """jieba's extractor with a dictionary of its own: own words change nothing for anybody else in the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what jieba tells its developers
        import jieba
        import jieba.analyse
        import jieba.posseg
    jieba.setLogLevel("WARNING")
    tokenizer = jieba.Tokenizer()
    with TemporaryDirectory(prefix="servq-words-") as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    for word, frequency, kind in as_added(own):
        tokenizer.add_word(word, frequency, kind)
    extractor = copy(jieba.analyse.default_tfidf)  # a new one would read the table of frequencies again
    extractor.postokenizer = _Tagger(tokenizer, jieba.posseg)
    return extractor


class _Tagger:
    """jieba's cut with parts of speech and without its hidden Markov model, as rjieba cuts phrases.

    The model invents words that no table holds (列得, 没到), and takes six times as long as all the rest.
    """

    def __init__(self, tokenizer: Any, posseg: Any) -> None:
        # its own constructor would read the table once more, which importing it has read: 60 MB
        self._tagger = posseg.POSTokenizer.__new__(posseg.POSTokenizer)
        table = posseg.dt.word_tag_tab
        self._tagger.tokenizer = tokenizer
        self._tagger.word_tag_tab = dict(table) if tokenizer.user_word_tag_tab else table

    def cut(self, text: str) -> Any:
        return self._tagger.cut(text, HMM=False)
