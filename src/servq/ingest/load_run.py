"""A running load: each chunk masked, scored and stored, and the outcome of each row counted.

Owns the order of the steps. Masks and scores nothing itself, and neither begins nor ends the transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from servq.errors import FileRefused
from servq.ingest.refusal import NOT_OF_THE_FILE, another_questionnaire, looks_like_another, mostly_bad
from servq.ingest.rows.coding import code_texts
from servq.ingest.rows.erased_persons import forgotten_rows, without_forgotten
from servq.ingest.rows.made_ids import known_as_before
from servq.ingest.rows.row_masking import hide_in_facts, hide_in_frame, hide_in_row
from servq.ingest.rows.scoring import SCORED, score_texts
from servq.loaders.cells.chunks import PLAIN_ID
from servq.loaders.cells.scales import Scales
from servq.loaders.sources.catalog import get_source
from servq.records import Batch, Chunk, Conflict, LoadReport, Rejected
from servq.warehouse.books import quarantine
from servq.warehouse.facts import unanswered
from servq.warehouse.facts.conflicts import Outcome
from servq.warehouse.facts.facts import write_facts
from servq.warehouse.tables.fact_tables import MOMENTS
from servq.warehouse.texts import scores
from servq.weeks import business_day, monday_of

QUARTER = 900
"""Seconds of a quarter of an hour: no day has begun within one since 1901, when local mean time ended."""

SHOWN = 5
"""The number of conflicts and untrusted rows that are listed one by one."""

Aside = Callable[[Connection, int, str, Iterable[Rejected]], None]
"""The handling of rows that are not trusted; it gets the connection, the load id and the source."""


@dataclass(frozen=True)
class Terms:
    """The options of a load.

    Attributes:
        file: what reports and refusals call the file.
        key: hides customer ids.
        origin: how it came: file, upload, sync or retry.
        replace: what the file says counts where it is not known which of two rows is newer.
        bad_share: above this share of untrusted rows the whole file is refused.
        progress: told the rows read so far after each chunk.
        aside: keeps the rows that are not trusted.
        demanded: columns without which a row is not trusted.
    """

    file: str
    key: bytes
    origin: str = "file"
    replace: bool = False
    bad_share: float = 1.0
    progress: Callable[[int], None] | None = None
    aside: Aside = quarantine.set_aside
    demanded: tuple[str, ...] = ()


@dataclass
class UnderWay:
    """A running load inside its transaction: takes chunks and counts the outcome of their rows.

    Attributes:
        not_answered: rows in which nothing was answered; of `not_placed` of them it is not known when, or which.
        rules: rule of the map -> how many rows it left out.
        set_aside: the rows of the file that were not taken.
        first_bad: some of them, to be told one by one.
    """

    connection: Connection
    batch: Batch
    load_id: int
    terms: Terms
    rows_read: int = 0
    not_answered: int = 0
    not_placed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    outcome: Outcome = field(default_factory=Outcome)
    rescored: set[str] = field(default_factory=set)
    set_aside: set[int] = field(default_factory=set)
    first_bad: list[Rejected] = field(default_factory=list)
    scales: Scales = field(init=False)

    def __post_init__(self) -> None:
        """The scales are those of this file."""
        self.scales = Scales(self.batch.facts)

    def take(self, chunk: Chunk) -> None:
        """Mask, score and store one chunk; quarantine the rows that cannot be trusted."""
        source = self.batch.source
        frame = hide_in_frame(chunk.frame, self.terms.key)
        if PLAIN_ID in frame:
            frame = known_as_before(self.connection, source, frame, self.batch.facts)
        gone = forgotten_rows(self.connection, frame)
        frame = frame[~gone] if gone.any() else frame
        frame = frame.assign(week=_weeks_of(frame[MOMENTS[source]]))
        if SCORED.get(source) in frame:
            hashes, replaced = score_texts(self.connection, frame[SCORED[source]])
            frame = frame.assign(text_hash=hashes)
            self.rescored |= replaced | code_texts(self.connection, frame[SCORED[source]], hashes)
        clashes = len(self.outcome.conflicts)
        if source == "surveys":
            self._keep_unanswered(chunk.unanswered, frame)
        write_facts(self.connection, source, frame, self.load_id, self.outcome, replace=self.terms.replace)
        bad = [*chunk.rejected, *_contradicting(chunk, self.outcome.conflicts[clashes:])]
        hidden = [hide_in_row(one, self.batch.facts, self.terms.key) for one in bad]
        hidden = without_forgotten(self.connection, hidden, hide_in_facts(self.batch.facts))
        hidden += [Rejected(row, "", "", "forgotten_person", {}) for row in chunk.frame["row"][gone].tolist()]
        self.terms.aside(self.connection, self.load_id, source, hidden)
        self.noted.update(chunk.noted)
        self.rules.update(chunk.left_out)
        self.scales.take(chunk.frame, chunk.rejected)
        self._count(chunk.rows_read, hidden)

    def _keep_unanswered(self, silent: pd.DataFrame, answers: pd.DataFrame) -> None:
        """Rows in which nothing was answered are counted, and kept without anything of the person until they are."""
        self.outcome.weeks |= unanswered.answered_meanwhile(self.connection, answers["response_id"].tolist())
        self.not_answered += len(silent)
        if silent.empty:
            return
        known = silent[silent[["response_id", "answered_at"]].notna().all(axis=1)]
        known = hide_in_frame(known, self.terms.key).assign(week=_weeks_of(known["answered_at"]))
        self.outcome.weeks |= unanswered.keep(self.connection, known, self.load_id)
        self.not_placed += len(silent) - len(known)

    def _count(self, rows: int, rejected: list[Rejected]) -> None:
        self.rows_read += rows
        self.reasons.update(bad.reason for bad in rejected)
        self.set_aside.update(bad.row for bad in rejected)
        room = SHOWN - len(self.first_bad)
        self.first_bad += [bad for bad in rejected if bad.reason not in NOT_OF_THE_FILE][: max(0, room)]

    def refuse_if_mostly_bad(self) -> None:
        """Refuse the whole file where more of its rows are untrusted than the terms allow."""
        answered = self.rows_read - self.not_answered - self.rules.total()
        refusal = mostly_bad(
            answered,
            self.reasons,
            self.first_bad,
            self.terms.bad_share,
            self.terms.file,
            on_page=self.terms.origin == "upload",
        )
        if refusal is not None:
            raise refusal

    @property
    def another(self) -> bool:
        """Whether nearly all rows whose ids are known say otherwise, as those of another questionnaire do."""
        outcome, conflicts = self.outcome, len(self.outcome.conflicts)
        return looks_like_another(conflicts, conflicts + outcome.duplicates + outcome.updated)

    def refuse_if_on_another_scale(self) -> None:
        """Refuse a file whose likelihood is asked about."""
        question = self.scales.question(self.terms.file)
        if question is not None:
            raise question

    def refuse_if_another_questionnaire(self) -> None:
        """Refuse a file whose ids merely number its rows where those numbers belong to another file."""
        if self.batch.facts.running_ids and self.another:
            header = self.batch.facts.columns[get_source(self.batch.source).key[0]]
            raise another_questionnaire(len(self.outcome.conflicts), self.rows_read, header, self.terms.file)

    def weeks(self) -> set[date]:
        """The weeks whose cells must be recounted: those of changed answers, and of answers whose texts were
        rescored."""
        changed = self.outcome.weeks if self.batch.source == "surveys" else set[date]()
        return changed | scores.weeks_of(self.connection, self.rescored)

    def report(self) -> LoadReport:
        """The counts so far; raises when they do not add up, which undoes the load."""
        outcome, facts = self.outcome, self.batch.facts
        report = LoadReport(
            file=self.terms.file,
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
            not_answered=self.not_answered,
            left_out=self.rules.total(),
            another=self.batch.source == "surveys" and self.another,
            reasons=dict(self.reasons),
            noted=dict(self.noted),
            rules=dict(self.rules),
            load_id=self.load_id,
            conflicting=tuple(outcome.conflicts[:SHOWN]),
            facts=hide_in_facts(facts),
        )
        if not report.adds_up:
            raise FileRefused(
                "行数对不上，未载入任何内容",
                "the rows do not add up; nothing was loaded",
                where=self.terms.file,
                hint_zh="这是 servq 的缺陷，请保留文件并反馈",
                hint_en="This is a fault of servq: keep the file and report it",
            )
        return report


def _weeks_of(moments: pd.Series[Any]) -> np.ndarray[Any, Any]:
    """The Monday of the business week of each moment: the rows of a file share few quarters of an hour."""
    codes, quarters = pd.factorize(moments.to_numpy(dtype="int64") // QUARTER)
    mondays = np.empty(len(quarters), dtype=object)
    mondays[:] = [_week_of(quarter) for quarter in quarters.tolist()]
    return mondays[codes]


@lru_cache(maxsize=50_000)
def _week_of(quarter: int) -> date:
    """The Monday of the business week in which a quarter of an hour lies."""
    return monday_of(business_day(quarter * QUARTER))


def _contradicting(chunk: Chunk, conflicts: list[Conflict]) -> list[Rejected]:
    """Rows that contradict what is known, as rows to set aside: what differs stands where a bad value would."""
    places = dict(zip(chunk.frame["row"], chunk.frame.index, strict=True)) if conflicts else {}
    return [Rejected(one.row, "", one.told, "conflict", _raw(chunk, places[one.row])) for one in conflicts]


def _raw(chunk: Chunk, place: Any) -> dict[str, str]:
    return {str(header): str(text) for header, text in chunk.raw.loc[place].items()}
