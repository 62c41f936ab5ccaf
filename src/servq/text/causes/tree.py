"""The cause tree: categories of complaint with their leaves, and the words and rules that find each leaf.

Owns the tree's shape and its version. Never reads a file (tree_file.py does) and never looks at a comment.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from servq.text.causes.rules import WordRule, folded_word, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVQUAL = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
"""The five dimensions of Parasuraman, Zeithaml & Berry (1988)."""

TOUCHPOINTS = ("预决策", "中体验", "后传播")


@dataclass(frozen=True)
class Leaf:
    """One cause.

    Attributes:
        code: "wait.phone": the category's code and its own.
        zh: name for readers.
        en: the same in English.
        servqual: the dimension of service quality that it belongs to.
        touchpoint: where on the customer's way it is mostly felt.
        words: what says it alone.
        rules: what says it together, as written in the file.
        unless: what takes it back within the same clause.
        yields_to: codes of leaves that say it better: named in the same clause, they take its place.
    """

    code: str
    zh: str
    en: str
    servqual: str
    touchpoint: str
    words: tuple[str, ...]
    rules: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()

    @property
    def category(self) -> str:
        """The code of its category."""
        return self.code.partition(".")[0]


@dataclass(frozen=True)
class Category:
    """Several causes under one name; `aka` are other names that complaint logs use for it."""

    code: str
    zh: str
    en: str
    leaves: tuple[Leaf, ...]
    aka: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """All categories, in the order in which they are shown, and the word lists that rules name by `$`."""

    categories: tuple[Category, ...]
    lists: tuple[tuple[str, str], ...] = ()

    @cached_property
    def leaves(self) -> dict[str, Leaf]:
        """Every leaf by its code, in order."""
        return {leaf.code: leaf for category in self.categories for leaf in category.leaves}

    @cached_property
    def version(self) -> str:
        """Eight hexadecimal digits that change with anything in the tree, and not with comments in its file."""
        whole = json.dumps([asdict(category) for category in self.categories] + [self.lists], ensure_ascii=False)
        return blake2b(whole.encode(), digest_size=4).hexdigest()

    def rules(self, leaf: Leaf) -> Iterator[WordRule]:
        """The rules that find a leaf: its words as one rule, then its own rules."""
        if leaf.words:
            yield WordRule((tuple(dict.fromkeys(map(folded_word, leaf.words))),))
        for written in leaf.rules:
            yield from rules_of(written, dict(self.lists))

    def category_named(self, name: str) -> Category | None:
        """The category that a complaint log calls by this name, or None."""
        known = {alias: category for category in self.categories for alias in (*category.aka, category.en)}
        known |= {category.zh: category for category in self.categories}
        return known.get(name.strip())
