"""The rules of the cause tree: words that must stand together within a distance, compiled to regular expressions.

Owns the small language of rules (described in data/causes.toml) and its translation to regular expressions. Never reads
a text: finder.py does. Every expression is bounded, so that no text can make it slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from servq.text.sentiment import chinese
from servq.text.sentiment.normalise import END, GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servq.text.sentiment.normalise import Codes

CLAUSE, SENTENCE = ",", "."
"""The normalised signs for the end of a clause and of a sentence."""

_CLAUSE_SIGNS, _SENTENCE_SIGNS = ",，", ".。!！?？;；…"

NUMERALS = "0123456789一二两三四五六七八九十百千几半"
"""The characters of a number, before 个 and 多."""

# 3, 15, 两, 十几, 三个多, 半个
_NUMBER = rf"[{NUMERALS}]{{1,5}}(?:个多|多个|个|多)?"

_JOINER = re.compile(r"\s+(\.\.\.|\.\.|~)(\d*)\s+")
# 卫生设施 $bad, 脏..乱: a joiner or a list's name that has grown into a word
_MISPLACED = re.compile(r"[$~|]|\.\.")
_NEAR, _FAR = 6, 15
_WIDER_IN_ENGLISH = 5

# 房间不脏, 没有异味: what follows the first words of a rule must not be denied
_NOT_DENIED = r"(?<!不)(?<!没)(?<!没有)(?<!不是)(?<!不算)(?<!不会)(?<!不太)(?<!不到)(?<!not )"


class BadRule(ValueError):
    """A rule that cannot be read; its two arguments say why, in Chinese and in English."""


@dataclass(frozen=True)
class WordRule:
    """Words that must follow each other.

    Attributes:
        elements: for each place the words that may stand there, written as texts are read.
        gaps: between two places: how many characters at most, and whether a comma may be among them.
    """

    elements: tuple[tuple[str, ...], ...]
    gaps: tuple[tuple[int, bool], ...] = ()

    def rest(self) -> str:
        """The regular expression of what follows the first words; "" where nothing has to."""
        parts = []
        for words, (size, past_commas) in zip(self.elements[1:], self.gaps, strict=True):
            gap = rf"[^{SENTENCE}{'' if past_commas else CLAUSE}\n]{{0,{size}}}?"
            parts.append(gap + _begins_like(words) + _NOT_DENIED + any_of(words))
        return "".join(parts)


def rules_of(written: str, lists: Mapping[str, str]) -> Iterator[WordRule]:
    """The rules that one line of the tree stands for; `~` makes two rules of it.

    Args:
        written: for example "房间|客房 .. 脏|$smell".
        lists: name -> words, for `$name`.

    Raises:
        BadRule: an empty place, a list that does not exist, or `~` beside other joiners.

    >>> [rule.elements for rule in rules_of("房间|客房 ~ 脏", {})]
    [(('房间', '客房'), ('脏',)), (('脏',), ('房间', '客房'))]
    """
    parts = _JOINER.split(written.strip())
    elements = [_words(part, lists) for part in parts[::3]]
    joiners, sizes = parts[1::3], parts[2::3]
    wider = _WIDER_IN_ENGLISH if all(word.isascii() for word in elements[0]) else 1
    gaps = tuple(
        (wider * int(size or (_FAR if joiner == "..." else _NEAR)), joiner == "...")
        for joiner, size in zip(joiners, sizes, strict=True)
    )
    yield WordRule(tuple(elements), gaps)
    if "~" in joiners:
        if len(joiners) > 1:
            raise BadRule("“~”只能单独使用", "'~' stands alone between two places")
        yield WordRule(tuple(reversed(elements)), gaps)


def _words(written: str, lists: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in written.split("|"):
        name = word.strip()
        if name.startswith("$"):
            if name[1:] not in lists:
                raise BadRule(f"没有名为“{name[1:]}”的词表", f"there is no list named '{name[1:]}'")
            found += _words(lists[name[1:]], {})
        elif _MISPLACED.search(name):
            raise BadRule(f"“{name}”中的符号位置不对", f"a sign out of place in '{name}'")
        elif folded := folded_word(name):
            found.append(folded)
        else:
            raise BadRule("有一处没有词", "a place without a word")
    return tuple(dict.fromkeys(found))


def beginnings(words: tuple[str, ...]) -> frozenset[str]:
    """The characters with which one of these words may begin; `#` stands for every numeral."""
    return frozenset(sign for word in words for sign in (NUMERALS if word[0] == "#" else word[0]))


def _begins_like(words: tuple[str, ...]) -> str:
    """A look at one character, which spares most places the long list of words."""
    return f"(?=[{''.join(map(re.escape, sorted(beginnings(words))))}])"


def any_of(words: tuple[str, ...]) -> str:
    """The regular expression of one of these words, the longest that fits."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_literal, longest_first))})"


def _literal(word: str) -> str:
    """A word as an expression; Latin words stand alone, a number does not begin within another."""
    inner = _NUMBER.join(re.escape(part) for part in word.split("#"))
    before = rf"(?<![{NUMERALS}])" if word[0] == "#" else "(?<![a-z])" if is_latin(word[0]) else ""
    return before + inner + ("(?![a-z])" if is_latin(word[-1]) else "")


def is_latin(sign: str) -> bool:
    """Whether a normalised character is a Latin letter without an accent."""
    return "a" <= sign <= "z"


@cache
def folded_word(word: str) -> str:
    """A word of the tree, normalised as texts are; `#` stays."""
    parts = [as_read([part]).tobytes().decode("utf-32-le").removesuffix("\n") for part in word.strip().split("#")]
    return "#".join(parts).strip()


def as_read(texts: Sequence[str]) -> Codes:
    """The normalised characters of texts, one for one, each text closed by `END`."""
    joined = "\n".join([text.replace("\n", " ") for text in texts]) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return reading()[np.minimum(codes, 0x1FFFF)]


def read_alike(text: str) -> str:
    """One text with its characters normalised one for one; only a line feed becomes a blank.

    >>> read_alike("ＳＶＩＰ客戶")
    'svip客户'
    """
    return as_read([text]).tobytes().decode("utf-32-le", "surrogatepass").removesuffix("\n")


@cache
def reading() -> Codes:
    """The normalised form of each character, one for one, so that places in the text stay the same.

    As the sentiment model reads it (half width, lower case, simplified), but with the ends of clauses and sentences.
    """
    table = chinese.model().read_as.copy()
    for signs, kept in ((_CLAUSE_SIGNS, CLAUSE), (_SENTENCE_SIGNS, SENTENCE), ("%％", "%"), ("'’", "'")):
        table[[ord(sign) for sign in signs]] = ord(kept)
    table[ord("\r")] = GAP
    table[END] = END
    return table
