"""Outdated scores and causes: the stored ones that another model or cause tree than the one in force gave.

Owns the counts, for 模型说明 and `servq doctor`. rescoring.py brings them up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from servq.ingest.rows.coding import tree_in_force
from servq.ingest.rows.scoring import present, scorer_in_force
from servq.records import Label
from servq.text.causes.finder import version
from servq.warehouse.texts import mentions, scores
from servq.warehouse.upkeep.doctor import Check

if TYPE_CHECKING:
    from servq.warehouse.store.engine import Warehouse


def outdated(warehouse: Warehouse) -> int:
    """The number of texts with the score of another model or version than the one in force."""
    with warehouse.read() as connection:
        scorer = scorer_in_force(connection)
        return sum(n for *key, n in scores.versions(connection) if present(scorer, key[0]) != tuple(key[1:]))


def outdated_causes(warehouse: Warehouse) -> int:
    """The number of texts that another cause tree searched than the one in force."""
    with warehouse.read() as connection:
        return mentions.count_other_version(connection, version(tree_in_force(connection)))


def examine_versions(warehouse: Warehouse) -> Iterator[Check]:
    """Whether all scores and causes are of the version in force. Others wait for `servq rescore`, which is no
    damage."""
    yield _check("scores", Label("情感分的版本", "version of the scores"), outdated(warehouse))
    yield _check("tree", Label("原因树的版本", "version of the cause tree"), outdated_causes(warehouse))


def _check(name: str, label: Label, waiting: int) -> Check:
    if not waiting:
        return Check(name, label, True, Label("都是在用的版本", "all of the version in force"))
    zh = f"{waiting:,} 段文字来自别的版本，请运行 servq rescore"
    return Check(name, label, True, Label(zh, f"{waiting:,} texts are of another version: run servq rescore"))
