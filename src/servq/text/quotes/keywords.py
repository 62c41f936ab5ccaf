"""Keywords of Chinese comments with their parts of speech, by jieba, with the operator's own words.

Owns which parts of speech count and the reading of the file of own words. Nothing of jieba is imported before it is
used, and its cache, which it would keep where every user of the machine may write, is not kept.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from servq.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN_WORDS = "words.txt"
"""The file of own words in the data folder, in jieba's format: word, and if wanted its frequency and part of speech."""

CONTENT = ("n", "nr", "ns", "nt", "nz", "v", "vn", "a", "an", "l", "i", "eng")
"""Parts of speech that name a subject, an action or a quality, by the tags of ICTCLAS."""


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


def keywords(texts: Sequence[str], most: int, own_words: Path | None = None) -> list[Keyword]:
    """The keywords of all texts together, the one of the greatest weight first.

    Args:
        most: at most so many; 0 is all.
        own_words: a file of own words; None, or a file that is not there, for jieba's dictionary alone.

    Raises:
        UsageError: the file of own words cannot be read.

    Source:
        jieba.analyse.TFIDF, with its own table of inverse document frequencies.
    """
    found = _extractor(own_words if own_words and own_words.exists() else None).extract_tags(
        "\n".join(texts), topK=None, withWeight=True, allowPOS=CONTENT, withFlag=True
    )
    ranked = sorted(((pair.word, pair.flag, weight) for pair, weight in found), key=lambda one: (-one[2], one[0]))
    chosen = ranked[:most] if most else ranked
    return [Keyword(word, kind, weight, sum(word in text for text in texts)) for word, kind, weight in chosen]


@lru_cache(maxsize=2)
def _extractor(own_words: Path | None) -> Any:
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
    if own_words is not None:
        try:
            tokenizer.load_userdict(str(own_words))
        except (OSError, ValueError) as error:
            raise UsageError(
                "自有词表无法读取",
                "the file of own words cannot be read",
                where=f"{own_words}: {error}",
                hint_zh="UTF-8，每行一词：词 [词频] [词性]",
                hint_en="UTF-8, one word a line: word [frequency] [part of speech]",
            ) from error
    extractor = jieba.analyse.TFIDF()
    extractor.tokenizer, extractor.postokenizer = tokenizer, jieba.posseg.POSTokenizer(tokenizer)
    return extractor
