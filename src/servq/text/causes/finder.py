"""The cause finder: the causes that a comment names, with the places of the words that name them.

Owns the search and the negation. Never counts: the caller counts a text without a mention as 未归因. It does not judge
satisfaction; irony, and causes told without any of the tree's words, are missed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.settings import read_settings
from servq.text.causes.index import Index
from servq.text.causes.rules import CLAUSE, SENTENCE, as_read, folded_word
from servq.text.causes.tree_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from servq.text.causes.tree import Tree

CHANGES = 1
"""servq's own count of changes to the search; part of the version."""

_CHARACTERS_AT_ONCE = 200_000

# 没有等待, 不用排队, 从没让我们等, 没有一点不耐烦; but 特别吵, 是不是太贵, 不得不排队
_DENIED = re.compile(
    r"(?:(?<!有)没有?|(?<!是)不是|不用|不需要?|无需|无须|从不|从未|从没有?|并不|并非|不算|不会|毫不|毫无|(?<![得是要能会好])不|未|无"
    r"|(?<![特区个差分性级])别|本来|担心|(?<![a-z])(?:no|not|never|without|hardly|zero)|n't)"
    r"(?:[让使]?[我你他她咱]们?|被|过|任何|什么|一点儿?|一丝|出现|发生|遇[到见]|碰到|有|会|再|太|怎么|那么|感[到觉]|觉得|担心|很|这么|的情况"
    r"| (?:any|a|an|the|had|have|has|to|been|very|too|really|so|was|were|single|one|more))* ?$"
)
_REACH = 12
"""The largest distance of a denial before a mention, in characters."""

_NEAR = 8
"""The largest distance of an `unless`, in characters."""

_CLAUSE_END = re.compile(rf"[{CLAUSE}{SENTENCE}\n]")


class Mention(NamedTuple):
    """One cause named in a text: its leaf, and the start and end of the words that name it."""

    leaf: str
    start: int
    end: int


def find_causes(texts: Sequence[str], tree: Tree | None = None) -> list[tuple[Mention, ...]]:
    """The causes that each text names, in the order of the text; empty where no leaf explains it.

    Args:
        texts: comments or complaints; anything goes.
        tree: where to look; servq's own (data/causes.toml) unless given.

    Returns:
        For each text its mentions; one leaf may be named at several places.

    >>> [(m.leaf, m.start, m.end) for m in find_causes(["房间很脏，不用排队"])[0]]
    [('product.cleanliness', 3, 4)]
    """
    finder = _finder(tree or shipped_tree())
    found: list[tuple[Mention, ...]] = []
    for portion in _portions(texts):
        found += finder.find(portion)
    return found


def version(tree: Tree | None = None) -> str:
    """The version of tree and search, which changes whenever the same text might name another cause."""
    return f"{(tree or shipped_tree()).version}+{CHANGES}"


def shipped_tree() -> Tree:
    """The tree in servq's data folder, read again when its file has changed."""
    path = read_settings().data / "causes.toml"
    return _read_once(path, path.stat().st_mtime_ns if path.exists() else 0)


@cache
def _read_once(path: Path, changed: int) -> Tree:
    return read_tree(path)


@lru_cache(maxsize=8)  # own causes that are only tried out make trees too
def _finder(tree: Tree) -> _Finder:
    return _Finder(tree)


class _Finder:
    """A tree made ready for many texts."""

    def __init__(self, tree: Tree) -> None:
        self._leaves = list(tree.leaves.values())
        self._unless = [_any_word(leaf.unless) for leaf in self._leaves]
        self._yields = {leaf.code: leaf.yields_to for leaf in self._leaves}
        self._index = Index((number, rule) for number, leaf in enumerate(self._leaves) for rule in tree.rules(leaf))

    def find(self, texts: Sequence[str]) -> Iterator[tuple[Mention, ...]]:
        """The mentions of each text."""
        codes = as_read(texts)
        whole = codes.tobytes().decode("utf-32-le", "surrogatepass")
        places = self._index.places(codes)
        ends = np.cumsum([len(text) + 1 for text in texts])
        owners = np.searchsorted(ends, places, "right")
        found: list[list[Mention]] = [[] for _ in texts]
        for at, owner in zip(places.tolist(), owners.tolist(), strict=True):
            for number, end in self._index.beginning_at(whole, at):
                if self._holds(number, whole, at, end):
                    found[owner].append(Mention(self._leaves[number].code, at, end))
        for mentions, text, last in zip(found, texts, ends.tolist(), strict=True):
            kept = self._without_yielding(mentions, whole) if len(mentions) > 1 else mentions
            yield _merged(kept, last - len(text) - 1)

    def _without_yielding(self, mentions: list[Mention], whole: str) -> list[Mention]:
        """The mentions but those that another one of the same clause says better."""
        return [
            mention
            for mention in mentions
            if not any(
                other.leaf in self._yields[mention.leaf] and not _CLAUSE_END.search(whole[_between(mention, other)])
                for other in mentions
            )
        ]

    def _holds(self, number: int, whole: str, start: int, end: int) -> bool:
        """Whether a match is neither denied nor taken back in its clause."""
        if _DENIED.search(_tail(whole[max(0, start - _REACH) : start])):
            return False
        unless = self._unless[number]
        return unless is None or not unless.search(whole, *_around(whole, start, end))


def _tail(before: str) -> str:
    """The text before a match in its own clause."""
    return _CLAUSE_END.split(before)[-1]


def _around(whole: str, start: int, end: int) -> tuple[int, int]:
    """From where to where a match and what stands near it in its clause reach."""
    before = len(_tail(whole[max(0, start - _NEAR) : start]))
    behind = _CLAUSE_END.search(whole, end, end + _NEAR)
    return start - before, behind.start() if behind else min(end + _NEAR, len(whole))


def _between(one: Mention, other: Mention) -> slice:
    """The text between two mentions; nothing where they overlap."""
    return slice(min(one.end, other.end), max(one.start, other.start))


def _any_word(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(re.escape(folded_word(word)) for word in words)) if words else None


def _merged(mentions: list[Mention], offset: int) -> tuple[Mention, ...]:
    """Mentions counted from the text's own beginning; overlapping ones of one leaf are one."""
    last: dict[str, Mention] = {}
    done: list[Mention] = []
    for leaf, start, end in mentions:
        before = last.get(leaf)
        if before and start - offset < before.end:
            last[leaf] = Mention(leaf, before.start, max(before.end, end - offset))
        else:
            done += [before] if before else []
            last[leaf] = Mention(leaf, start - offset, end - offset)
    return tuple(sorted([*done, *last.values()], key=lambda mention: mention[1:] + mention[:1]))


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first, characters = 0, 0
    for place, text in enumerate(texts):
        characters += len(text)
        if characters >= _CHARACTERS_AT_ONCE:
            yield texts[first : place + 1]
            first, characters = place + 1, 0
    if first < len(texts):
        yield texts[first:]
