"""Rescoring: texts that another version scored, scored again in one transaction, so that no figure mixes versions.

Owns the transaction, which holds a few thousand texts in memory at a time, and the recount of the cells. Causes can be
searched again in the same transaction: see `rescore`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servq.ingest.load import who_runs
from servq.ingest.rows.coding import recode_in, tree_in_force
from servq.ingest.rows.scoring import lines_of, present, scorer_in_force
from servq.text.causes.finder import version
from servq.warehouse.books import recompute_log
from servq.warehouse.facts import week_cells
from servq.warehouse.texts import scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from servq.warehouse.store.engine import Warehouse

TEXTS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Rescored:
    """The outcome of a rescoring.

    Attributes:
        texts: how many had another version's score.
        changed: how many of them have another label now.
        searched: how many were searched for causes with another tree than the present one, and are so no more.
        weeks: how many weeks were counted again.
        version: the scorer's version now.
    """

    texts: int
    changed: int
    searched: int
    weeks: int
    version: str


def rescore(warehouse: Warehouse, progress: Callable[[int], None] | None = None) -> Rescored:
    """Rescore the texts that another version scored, and recount the weeks whose cells count them.

    One transaction: readers see every text with its former score until all have the new one, and after an interruption
    nothing has changed. Texts that another cause tree searched are searched again in it too.

    Args:
        progress: told how many texts have been scored so far.
    """
    done, changed, weeks = 0, 0, set[date]()
    with warehouse.write() as connection:
        scorer = scorer_in_force(connection)
        old = [
            (language, model, version)
            for language, model, version, _ in scores.versions(connection)
            if present(scorer, language) != (model, version)
        ]
        last = ""
        while old and (some := scores.texts_scored_by(connection, old, last, TEXTS_AT_ONCE)):
            names, texts = [name for name, _ in some], [text for _, text in some]
            lines = lines_of(scorer, names, texts)
            changed += scores.labels_differ(connection, lines)
            weeks |= scores.weeks_of(connection, scores.keep_scores(connection, lines))
            done, last = done + len(some), names[-1]
            if progress is not None:
                progress(done)
        searched, recounted = recode_in(connection)
        weeks |= recounted
        week_cells.rebuild(connection, weeks)
        _enter(connection, scorer.version, done, searched)
    return Rescored(done, changed, searched, len(weeks), scorer.version)


def recode(warehouse: Warehouse, progress: Callable[[int], None] | None = None) -> int:
    """Search the texts again, in one transaction, that another cause tree searched; returns how many there were."""
    with warehouse.write() as connection:
        return recode_now(connection, progress)


def recode_now(connection: Connection, progress: Callable[[int], None] | None = None) -> int:
    """`recode` inside the caller's transaction."""
    searched, weeks = recode_in(connection, progress)
    week_cells.rebuild(connection, weeks)
    _enter(connection, "", 0, searched)
    return searched


def _enter(connection: Connection, scorer: str, scored: int, searched: int) -> None:
    """Write into the books what was worked over, so that no page goes on showing what was made of it before."""
    for kind, made_by, texts in (("rescore", scorer, scored), ("recode", version(tree_in_force(connection)), searched)):
        if texts:
            recompute_log.enter(connection, kind, made_by, texts, who_runs())
