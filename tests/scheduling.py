"""The order of the tests and their workers: slow tests come first, so that no worker waits at the end.

The browser tests stay together, as they share a dashboard; of all others each file is a unit of its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

LONGEST_FIRST = ("browser", "proofs", "journeys", "pages", "sync", "ingest", "warehouse", "cli", "query")
"""Folders of tests in the order in which they run; the others follow."""
HERE = Path(__file__).resolve().parent
_SHARED = "tests/browser/"


class Units(LoadFileScheduling):
    """A unit per file, one for all browser tests."""

    def _split_scope(self, nodeid: str) -> str:
        return _SHARED if nodeid.startswith(_SHARED) else super()._split_scope(nodeid)


def longest_first(items: list[pytest.Item]) -> None:
    """Sort the tests by their folders; within a folder they stay as they are."""
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(folder_of(item.path), len(ranks)))


@cache
def folder_of(path: Path) -> str:
    """The folder of tests that a file lies in; a file outside has none."""
    return path.relative_to(HERE).parts[0] if HERE in path.parents else ""
