"""Search terms: the words that a reader typed, read as words wanted, alternatives and words not wanted.

| typed | finds texts with |
|---|---|
| 退款 慢 | both (AND or 且 between them says the same) |
| 退款 OR 退票 | either (also 或, \\|) |
| "没有 回电" | these characters as they stand, blank included (also “ ” and 「 」) |
| 退款 -机票 | the first and not the second |

What is typed is text and no pattern. A text may hold an operator: in quotes it is a word like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r'(?P<minus>[-－](?=\S))?(?:"(?P<a>[^"]+)"|“(?P<b>[^”]+)”|「(?P<c>[^」]+)」|(?P<bare>\S+))')
_EITHER, _BOTH = frozenset({"OR", "|", "或"}), frozenset({"AND", "且"})


@dataclass(frozen=True)
class SearchTerms:
    """The terms of one search.

    Attributes:
        wanted: groups of which each must be met, by any of its words.
        unwanted: words that may not stand in the text.
    """

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every wanted word, the longest first, as a text marks them."""
        return tuple(sorted({word for group in self.wanted for word in group}, key=lambda word: (-len(word), word)))


def with_word(typed: str, word: str) -> str | None:
    """What was typed, with one more word that must be there; None for a word that no form of quotes can hold.

    >>> with_word("退款 OR 退票", "客服"), with_word("退款", "OR"), with_word("退款 OR", "客服")
    ('退款 OR 退票 客服', '退款 "OR"', '退款 OR AND 客服')
    """
    before = read_terms(typed)
    after = SearchTerms((*before.wanted, (word,)), before.unwanted)
    for written in (word, f'"{word}"', f"“{word}”", f"「{word}」"):
        for joiner in (" ", " AND "):
            longer = f"{typed.strip()}{joiner}{written}" if typed.strip() else written
            if read_terms(longer) == after:
                return longer
    return None


@lru_cache(maxsize=64)
def read_terms(typed: str) -> SearchTerms:
    """The terms in what was typed; an operator with nothing to join is passed over."""
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for token in _TOKEN.finditer(typed):
        bare = token["bare"]
        if bare is not None and not token["minus"] and bare in _EITHER | _BOTH:
            either = bare in _EITHER and bool(wanted)
            continue
        word = next(part for part in (token["a"], token["b"], token["c"], bare) if part is not None)
        if token["minus"]:
            unwanted.append(word)
        elif either:
            wanted[-1].append(word)
        else:
            wanted.append([word])
        either = False
    return SearchTerms(tuple(tuple(dict.fromkeys(group)) for group in wanted), tuple(dict.fromkeys(unwanted)))
