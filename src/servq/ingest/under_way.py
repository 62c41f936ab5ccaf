"""A load under way: chunk by chunk through hiding, scoring and storing, and the counts of what became of each row.

Owns the order of the steps. Hides and scores nothing itself, and neither begins nor ends the transaction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from servq.errors import FileRefused
from servq.ingest.hiding import hide_in_frame, hide_in_row
from servq.ingest.scoring import SCORED, score_texts
from servq.records import Batch, Chunk, LoadReport, Rejected
from servq.warehouse import log, scores
from servq.warehouse.facts import Outcome, write_facts
from servq.warehouse.schema import MOMENTS
from servq.weeks import business_day, monday_of

QUARTER = 900
"""Seconds of a quarter of an hour: no day has begun within one since 1901, when local mean time ended."""


@dataclass
class UnderWay:
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

    def report(self, file: str, seconds: float) -> LoadReport:
        """The counts so far; raises when they do not add up, which undoes the load."""
        outcome, facts = self.outcome, self.batch.facts
        report = LoadReport(
            file=file,
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
                where=file,
                hint_zh="这是 servq 的缺陷，请保留文件并反馈",
                hint_en="This is a fault of servq: keep the file and report it",
            )
        return report


@lru_cache(maxsize=50_000)
def _week_of(quarter: int) -> date:
    """The Monday of the business week in which a quarter of an hour lies: the rows of a file share few of them."""
    return monday_of(business_day(quarter * QUARTER))


def _conflicts(chunk: Chunk, conflicts: list[tuple[int, tuple[str, ...]]]) -> list[Rejected]:
    """Rows whose id the same file has given to other content: they wait beside the untrusted ones."""
    rows = dict(zip(chunk.frame["row"], chunk.frame.index, strict=True))
    return [Rejected(number, "", " ".join(key), "conflict", _raw(chunk, rows[number])) for number, key in conflicts]


def _raw(chunk: Chunk, place: Any) -> dict[str, str]:
    return {str(header): str(text) for header, text in chunk.raw.loc[place].items()}
