"""Cause coding of texts, when they come in and after a change of the tree; each distinct text is searched once.

Owns that all stored causes were found by the tree in force. Never sees a text that is not masked yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from servq.text.causes.custom import tree_with
from servq.text.causes.finder import find_causes, version
from servq.warehouse.books import custom_causes
from servq.warehouse.texts import mentions

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from sqlalchemy import Connection

    from servq.text.causes.finder import Mention
    from servq.text.causes.tree import Tree

AT_ONCE = 20_000
"""Texts that are searched before what was found in them is stored."""


def tree_in_force(connection: Connection) -> Tree:
    """The cause tree of this warehouse: the shipped one, and the custom causes accepted into it."""
    return tree_with(custom_causes.in_force(connection))


def code_texts(connection: Connection, texts: pd.Series[Any], hashes: pd.Series[Any]) -> set[str]:
    """Search the texts that were not searched with the present tree yet, and store what they name.

    Returns:
        The hashes of the texts in which an earlier tree had searched: the cells that count them must be rebuilt.
    """
    by_hash = dict(zip(hashes.dropna(), texts.dropna(), strict=True))
    tree = tree_in_force(connection)
    known = mentions.versions(connection, by_hash)
    replaced = {name for name, searched in known.items() if searched != version(tree)}
    new = {name: text for name, text in by_hash.items() if name not in known.keys() - replaced}
    _search(connection, tree, new, replaced)
    return replaced


def recode_in(connection: Connection, progress: Callable[[int], None] | None = None) -> tuple[int, set[date]]:
    """Search every stored text that was not searched with the present tree, inside the caller's transaction.

    Args:
        progress: told how many texts were searched so far.

    Returns:
        How many distinct texts were searched, and the weeks whose cells must be counted again.
    """
    tree, done = tree_in_force(connection), 0
    present = version(tree)
    weeks = mentions.weeks_of(connection, present)
    for texts in mentions.waiting_texts(connection, present, AT_ONCE):
        _search(connection, tree, texts, texts)
        done += len(texts)
        if progress is not None:
            progress(done)
    return done, weeks


def _search(connection: Connection, tree: Tree, texts: Mapping[str, str], replaced: Iterable[str]) -> None:
    if texts:
        found = dict(zip(texts, map(_by_cause, find_causes(list(texts.values()), tree)), strict=True))
        mentions.keep(connection, found, version(tree), replaced)


def _by_cause(named: Sequence[Mention]) -> dict[str, list[tuple[int, int]]]:
    """Mentions by their leaf, in the order of the text."""
    found: dict[str, list[tuple[int, int]]] = {}
    for leaf, start, end in named:
        found.setdefault(leaf, []).append((start, end))
    return found
