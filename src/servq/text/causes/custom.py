"""Custom causes beside the shipped tree: the check of a new one, and the tree that contains them.

Owns the check of name and words. The warehouse stores accepted causes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from servq.errors import UsageError, unknown
from servq.text.causes import finder
from servq.text.causes.rules import folded_word
from servq.text.causes.tree import Category, Leaf, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.records.custom_cause import OwnLeaf

LONGEST_NAME, MOST_WORDS = 16, 12
WORD_LENGTHS = range(2, 31)
"""Signs of a word: one alone stands in too many others."""

_NAME = re.compile(rf"[\w、与和]{{2,{LONGEST_NAME}}}")
_MEANS_SOMETHING = frozenset("#|$~")
"""Signs that the tree's rules read as more than themselves."""


def tree_with(leaves: Sequence[OwnLeaf]) -> Tree:
    """The shipped tree with these causes in their categories; its version follows from all of it."""
    tree = finder.shipped_tree()
    return _joined(tree, tuple((one.category, one.name, one.words) for one in leaves)) if leaves else tree


def own_leaf(tree: Tree, category: str, name: str, words: Sequence[str]) -> Leaf:
    """A new cause as a leaf of the tree.

    Args:
        tree: the one in force.
        category: code of the category that it comes into.
        name: as readers will see it; with the category it is its code.
        words: what says it; each alone.

    Raises:
        UsageError: there is no such category, the name is taken or none, or there is no word that could be looked for.
    """
    known = {one.code: one for one in tree.categories}
    if category not in known:
        raise unknown("原因大类", "category", category, known)
    name = name.strip()
    if not _NAME.fullmatch(name) or name.isascii():
        raise UsageError(
            f"原因的名字应为 2–{LONGEST_NAME} 个汉字或字母、数字，不含空格和标点",
            f"a cause's name is 2 to {LONGEST_NAME} Chinese characters, letters or digits, without blanks and signs",
            where=name,
        )
    taken = {part for leaf in tree.leaves.values() for part in (leaf.code.partition(".")[2], leaf.zh)}
    if name in taken:
        raise UsageError(f"原因“{name}”已经有了", f"there is a cause '{name}' already", where=name)
    kept = tuple(dict.fromkeys(filter(None, (word.strip() for word in words))))
    for word in kept:
        if len(folded_word(word)) not in WORD_LENGTHS or _MEANS_SOMETHING.intersection(word) or not _letters(word):
            raise UsageError(
                f"“{word}”不能作为词：需 2–30 个字", f"'{word}' cannot be a word: 2 to 30 letters", where=word
            )
    if not 0 < len(kept) <= MOST_WORDS:
        raise UsageError(f"请给 1–{MOST_WORDS} 个词", f"give 1 to {MOST_WORDS} words")
    return _leaf(known[category], name, kept)


def alone(leaf: Leaf) -> Tree:
    """A tree of this leaf only, to see which texts would name it."""
    return Tree((Category(leaf.category, leaf.category, leaf.category, (leaf,)),))


def _letters(word: str) -> bool:
    return all(part.isalnum() for part in word.split())


@lru_cache(maxsize=8)
def _joined(tree: Tree, own: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Tree:
    return Tree(
        tuple(
            Category(
                one.code,
                one.zh,
                one.en,
                (*one.leaves, *(_leaf(one, name, words) for category, name, words in own if category == one.code)),
                one.aka,
            )
            for one in tree.categories
        ),
        tree.lists,
    )


def _leaf(category: Category, name: str, words: tuple[str, ...]) -> Leaf:
    """The leaf, with the dimension and the touchpoint that most of its category's leaves have."""
    servqual, touchpoint = (
        Counter(getattr(leaf, what) for leaf in category.leaves).most_common(1)[0][0]
        for what in ("servqual", "touchpoint")
    )
    return Leaf(f"{category.code}.{name}", name, name, servqual, touchpoint, words)
