"""Praise in comments: the items that a comment praises, and the words that do.

Owns the dictionary of praise (data/praise.toml), read and searched as the cause tree is. Never judges whether a comment
is positive: the caller passes positive comments only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from servq.settings import read_settings
from servq.text.causes.finder import Mention, find_causes
from servq.text.causes.tree import Tree
from servq.text.causes.tree_file import read_tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def praised(texts: Sequence[str]) -> list[dict[str, list[tuple[int, int]]]]:
    """For each comment the items that it praises, with the places of the words that do.

    >>> praised(["店员很有耐心，但不够快"])
    [{'attitude': [(4, 6)]}]
    """
    return [_by_item(found) for found in find_causes(texts, praise_tree())]


def item_of_dimension(dimension: str) -> str | None:
    """The item that corresponds to a checklist's dimension; None where none is known to.

    >>> item_of_dimension("接待礼仪"), item_of_dimension("形象与环境")
    ('attitude', None)
    """
    found = praise_tree().category_named(dimension)
    return None if found is None else found.code


def praise_tree() -> Tree:
    """The dictionary in servq's data folder; without any leaf where the folder has no such file."""
    return _read_once(read_settings().data / "praise.toml")


@cache
def _read_once(path: Path) -> Tree:
    return read_tree(path) if path.exists() else Tree(())


def _by_item(mentions: Sequence[Mention]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for leaf, start, end in mentions:
        found.setdefault(leaf.partition(".")[0], []).append((start, end))
    return found
