"""Loading one file: chunk by chunk through hiding, scoring and storing, in one transaction.

Owns the order of the steps and the counts of what became of each row. Hides and scores nothing itself.
"""

from __future__ import annotations

import getpass
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from servq.errors import FileRefused
from servq.ingest.hiding import hide_in_frame, hide_in_row
from servq.ingest.scoring import SCORED, score_texts
from servq.loaders.maps import Map
from servq.loaders.read import open_file
from servq.records import Batch, Chunk, LoadReport, Rejected
from servq.text.masking import read_key
from servq.warehouse import cells, log, scores
from servq.warehouse.engine import Warehouse
from servq.warehouse.facts import Outcome, write_facts
from servq.warehouse.schema import MOMENTS
from servq.weeks import business_day, monday_of

QUARTER = 900
"""Seconds of a quarter of an hour: no day has begun within one since 1901, when local mean time ended."""

Progress = Callable[[int], None]
"""Told how many rows have been read so far."""


def load_file(
    warehouse: Warehouse,
    home: Path,
    path: Path,
    source: str | None,
    map_: Map | None = None,
    *,
    progress: Progress | None = None,
) -> LoadReport:
    """Load one file whole or not at all.

    Args:
        home: the folder with the key that hides customer ids.
        source: name of the source; may be left out when the map names it.
        progress: called after each chunk with the rows read so far.

    Returns:
        A report whose counts add up to the rows read; `unchanged` when this very file is in already.

    Raises:
        FileRefused: nothing was loaded, and the message says what to do.
        WarehouseUnavailable: nothing was loaded.
    """
    started = time.perf_counter()
    batch = open_file(path, source, map_)
    map_hash = map_.sha256 if map_ is not None else ""
    key = read_key(home)
    with warehouse.write() as connection:
        before = log.earlier_load(connection, batch.source, batch.facts.sha256, map_hash)
        if before is not None:
            return replace(before, file=str(path), seconds=time.perf_counter() - started)
        load_id = log.begin_load(connection, batch.source, batch.facts, map_hash, _who())
        loading = _Loading(connection, batch, load_id, key)
        for chunk in batch.chunks:
            loading.take(chunk)
            if progress is not None:
                progress(loading.rows_read)
        cells.rebuild(connection, loading.weeks())
        report = loading.report(path, time.perf_counter() - started)
        log.end_load(connection, load_id, report)
    return report


@dataclass
class _Loading:
    """One load under way inside its transaction: takes chunks, counts what became of them."""

    connection: Connection
    batch: Batch
    load_id: int
    key: bytes
    rows_read: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    outcome: Outcome = field(default_factory=Outcome)
    rescored: set[str] = field(default_factory=set)

    def take(self, chunk: Chunk) -> None:
        """Mask, score and store one chunk; set aside what cannot be trusted."""
        source = self.batch.source
        frame = hide_in_frame(chunk.frame, self.key)
        frame = frame.assign(week=[_week_of(seconds // QUARTER) for seconds in frame[MOMENTS[source]].tolist()])
        if SCORED.get(source) in frame:
            hashes, replaced = score_texts(self.connection, frame[SCORED[source]])
            frame = frame.assign(text_hash=hashes)
            self.rescored |= replaced
        clashes = len(self.outcome.conflicts)
        write_facts(self.connection, source, frame, self.load_id, self.outcome)
        rejected = [*chunk.rejected, *_conflicts(chunk, self.outcome.conflicts[clashes:])]
        hidden = [hide_in_row(bad, self.batch.facts, self.key) for bad in rejected]
        log.set_aside(self.connection, self.load_id, source, hidden)
        self.rows_read += chunk.rows_read
        self.reasons.update(bad.reason for bad in rejected)

    def weeks(self) -> set[date]:
        """The weeks whose cells must be counted anew: those of changed answers, and of answers in rescored words."""
        changed = self.outcome.weeks if self.batch.source == "surveys" else set[date]()
        return changed | scores.weeks_of(self.connection, self.rescored)

    def report(self, path: Path, seconds: float) -> LoadReport:
        """The counts so far; raises when they do not add up, which undoes the load."""
        outcome, facts = self.outcome, self.batch.facts
        report = LoadReport(
            file=str(path),
            source=self.batch.source,
            status="loaded",
            encoding=facts.encoding,
            delimiter=facts.delimiter,
            rows_read=self.rows_read,
            loaded=outcome.loaded,
            updated=outcome.updated,
            duplicates=outcome.duplicates,
            conflicts=len(outcome.conflicts),
            quarantined=self.reasons.total() - len(outcome.conflicts),
            reasons=dict(self.reasons),
            load_id=self.load_id,
            seconds=seconds,
        )
        if not report.adds_up:
            raise FileRefused(
                "行数对不上，未载入任何内容",
                "the rows do not add up; nothing was loaded",
                where=str(path),
                hint_zh="这是 servq 的缺陷，请保留文件并反馈",
                hint_en="This is a fault of servq: keep the file and report it",
            )
        return report


@lru_cache(maxsize=50_000)
def _week_of(quarter: int) -> date:
    """The Monday of the business week in which a quarter of an hour lies: the rows of a file share few of them."""
    return monday_of(business_day(quarter * QUARTER))


def _who() -> str:
    """The name under which this process runs; a container's user may have none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def _conflicts(chunk: Chunk, conflicts: list[tuple[int, tuple[str, ...]]]) -> list[Rejected]:
    """Rows whose id the same file has given to other content: they wait beside the untrusted ones."""
    rows = dict(zip(chunk.frame["row"], chunk.frame.index, strict=True))
    return [Rejected(number, "", " ".join(key), "conflict", _raw(chunk, rows[number])) for number, key in conflicts]


def _raw(chunk: Chunk, place: Any) -> dict[str, str]:
    return {str(header): str(text) for header, text in chunk.raw.loc[place].items()}
