"""The inventory for data health: rows and freshness per source, every load, and the rows in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from servq.errors import UsageError
from servq.loaders.sources.catalog import SOURCES
from servq.loaders.sources.source import Source
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import OUTCOMES, REASONS, Label
from servq.warehouse.books import load_log, quarantine
from servq.warehouse.reads import inventory
from servq.weeks import business_day


@dataclass(frozen=True)
class Held:
    """The warehouse's holdings of one source.

    Attributes:
        count: answers, complaints, visits or rows in the warehouse.
        newest: the business day of the newest one; None without any.
        weeks: Monday -> how many in that week; weeks without any are not in it.
        last_loaded_at: UTC seconds of the last load; None before the first.
        waiting: rows in quarantine.
    """

    source: Source
    count: int
    newest: date | None
    weeks: Mapping[date, int]
    last_loaded_at: int | None
    loads: int
    waiting: int


class Load(NamedTuple):
    """One line of the load log, and whether its counts add up."""

    line: dict[str, Any]
    adds_up: bool


class Waiting(NamedTuple):
    """Rows of a source in quarantine for one reason."""

    source: str
    reason: str
    label: Label
    rows: int


_COUNTED_BY = {"surveys": "responses", "complaints": "complaints", "visits": "visit_score"}
"""Source -> the metric whose n counts it; the rows of any other source are counted in the warehouse."""


def held(snapshot: Snapshot) -> list[Held]:
    """Every source that servq knows, loaded or not."""
    with snapshot.warehouse.read() as connection:
        newest = inventory.newest_moments(connection)
        fresh = {line["source"]: line for line in _lines(load_log.freshness(connection))}
    found = []
    for name, source in SOURCES.items():
        weeks, line = _weeks(snapshot, name), fresh.get(name, {})
        last, moment = line.get("last_loaded_at"), newest[name]
        day = None if moment is None else business_day(moment)
        found.append(Held(source, sum(weeks.values()), day, weeks, last, line.get("loads", 0), line.get("waiting", 0)))
    return found


def loads(snapshot: Snapshot, limit: int) -> list[Load]:
    """The newest loads, and whether the outcomes of each make up the rows that were read."""
    with snapshot.warehouse.read() as connection:
        lines = _lines(load_log.loads(connection, limit))
    return [Load(line, line["rows_read"] == sum(line[name] for name in OUTCOMES)) for line in lines]


def waiting(snapshot: Snapshot) -> list[Waiting]:
    """The rows in quarantine by source and reason, most first."""
    with snapshot.warehouse.read() as connection:
        lines = _lines(inventory.waiting_by_reason(connection))
    return [Waiting(e["source"], e["reason"], _in_words(e["reason"]), e["rows"]) for e in lines]


def quarantined(snapshot: Snapshot, limit: int | None = None) -> list[dict[str, Any]]:
    """The rows in quarantine as the warehouse keeps them, newest load first, with their `raw` and `corrected` cells."""
    with snapshot.warehouse.read() as connection:
        return _lines(quarantine.quarantined(connection, limit=limit))


def waiting_line(snapshot: Snapshot, number: int) -> dict[str, Any]:
    """One row of the quarantine by its id, with how its file was read; also when it has been released meanwhile.

    Raises:
        UsageError: there is none.
    """
    with snapshot.warehouse.read() as connection:
        found = quarantine.lines(connection, [number])
    if not found:
        raise UsageError(f"隔离区里没有编号 {number}", f"there is no {number} in quarantine")
    return found[0]


def _in_words(code: str) -> Label:
    return REASONS.get(code, Label(code, code))


def _weeks(snapshot: Snapshot, source: str) -> dict[date, int]:
    """Answers, complaints or visits per week, from what is in memory already; rows of another source, counted."""
    if source not in _COUNTED_BY:
        with snapshot.warehouse.read() as connection:
            return inventory.rows_by_week(connection, source)
    rows = measure(snapshot, _COUNTED_BY[source], ("week",))
    return {date.fromisoformat(row.dims["week"]): row.reading.n for row in rows if row.reading.n}


def _lines(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, values, strict=True)) for values in plain.itertuples(index=False, name=None)]


def newest_loaded_at(snapshot: Snapshot) -> int:
    """The moment of the newest load of any source (UTC seconds); 0 before the first."""
    with snapshot.warehouse.read() as connection:
        moments = [load_log.last_loaded_at(connection, name) for name in SOURCES]
    return max((one for one in moments if one is not None), default=0)
