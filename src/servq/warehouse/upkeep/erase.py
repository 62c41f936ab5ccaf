"""Erasure of persons and of old rows: facts, quarantine, and scores of texts that no row has any more.

Owns what is removed together, and the log of erasures. It never decides who or how old (the caller does). What was
removed is gone from the tables when its transaction ends, and from the file after `scrub` (vacuum.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, delete, exists, func, insert, or_, select, update

from servq.warehouse.facts import unanswered, week_cells
from servq.warehouse.tables import fact_tables
from servq.warehouse.tables.fact_tables import (
    FACTS,
    MOMENTS,
    complaint,
    response,
    some_at_a_time,
    text_cause,
    text_score,
)
from servq.warehouse.tables.ops_tables import erasure, forgotten, load_log, quarantine

QUARANTINE, TEXTS = "quarantine", "texts"
"""The counts beside the sources: quarantined rows, and scores of texts that no row has any more."""

Counts = dict[str, int]

_DAY = 86_400


def forgotten_among(connection: Connection, customers: Iterable[str]) -> set[str]:
    """Which of these customers (keyed hashes) have been erased, so that no load may bring them back."""
    if connection.scalar(select(forgotten.c.customer_id).limit(1)) is None:
        return set()
    found: set[str] = set()
    for some in some_at_a_time(list(customers)):
        found.update(connection.scalars(select(forgotten.c.customer_id).where(forgotten.c.customer_id.in_(some))))
    return found


def rows_of(connection: Connection, customer: str) -> Counts:
    """The number of this person's rows in each source, and in the quarantine."""
    return _counted(connection, _of_person(customer), _waiting_of(customer))


def forget(connection: Connection, customer: str, who: str) -> Counts:
    """Erase one person, and keep only a keyed hash by which later loads leave them out.

    Args:
        customer: the keyed hash under which the person is counted.
        who: the name of the person who does it, for the log.

    Returns:
        Source, `quarantine` or `texts` -> how many rows were taken out. A quarantined row stays as a number without
        content: its load would not add up without it.
    """
    secure(connection)
    found = delete_facts(connection, _of_person(customer))
    emptied: dict[str, Any] = {
        "state": "erased",
        "raw": {},
        "column": "",
        "value": "",
        "corrected": None,
        "raw_hash": "",
    }
    found[QUARANTINE] = connection.execute(update(quarantine).where(_waiting_of(customer)).values(emptied)).rowcount
    tidy(connection, found)
    if customer not in forgotten_among(connection, [customer]):
        connection.execute(insert(forgotten).values(customer_id=customer))
    enter(connection, "forget", found, dict.fromkeys(found, "on request"), who)
    return found


def rows_older(connection: Connection, days: Mapping[str, int], now: int) -> Counts:
    """The number of rows older than the retention period.

    Args:
        days: source or `quarantine` -> days that its rows are kept; 0 is for good.
    """
    return _counted(connection, _older(days, now), _waiting_older(days, now))


def prune(connection: Connection, days: Mapping[str, int], now: int, who: str) -> Counts:
    """Erase rows older than the retention period; arguments and result as of `rows_older` and `forget`."""
    secure(connection)
    if days.get("surveys"):
        first = now - days["surveys"] * _DAY
        week_cells.rebuild(connection, unanswered.taken_out(connection, fact_tables.unanswered.c.answered_at < first))
    found = delete_facts(connection, _older(days, now))
    old = connection.execute(delete(quarantine).where(_waiting_older(days, now)))
    found[QUARANTINE] = old.rowcount
    tidy(connection, found)
    reasons = {name: f"older than {days.get(name, 0)} days" for name in found} | {TEXTS: "said by no row any more"}
    enter(connection, "prune", found, reasons, who)
    return found


def secure(connection: Connection) -> None:
    """Have SQLite overwrite deleted content instead of only releasing its pages."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


_Where = dict[str, ColumnElement[bool]]


def _of_person(customer: str) -> _Where:
    """Source -> its rows of this person; a shopper who goes by a name has a keyed hash too."""
    return {
        source: table.c[name] == customer
        for source, table in FACTS.items()
        for name in ("customer_id", "shopper_id")
        if name in table.c
    }


def _waiting_of(customer: str) -> ColumnElement[bool]:
    """Rows set aside in which the person's keyed hash stands, whatever the column was called."""
    said = (quarantine.c.raw, quarantine.c.corrected)
    named = [cast(column, String).contains(customer) for column in said]
    return or_(*named, quarantine.c.value.contains(customer))


def _older(days: Mapping[str, int], now: int) -> _Where:
    return {
        source: table.c[MOMENTS[source]] < now - days[source] * _DAY
        for source, table in FACTS.items()
        if days.get(source)
    }


def _waiting_older(days: Mapping[str, int], now: int) -> ColumnElement[bool]:
    first = now - days[QUARANTINE] * _DAY if days.get(QUARANTINE) else 0
    return quarantine.c.load_id.in_(select(load_log.c.load_id).where(load_log.c.started_at < first))


def _counted(connection: Connection, where: _Where, waiting: ColumnElement[bool]) -> Counts:
    found = dict.fromkeys(FACTS, 0)
    for source, here in where.items():
        found[source] = connection.scalar(select(func.count()).select_from(FACTS[source]).where(here)) or 0
    query = select(func.count()).select_from(quarantine).where(waiting, quarantine.c.state != "erased")
    return found | {QUARANTINE: connection.scalar(query) or 0}


def delete_facts(connection: Connection, where: _Where, also: Iterable[date] = ()) -> Counts:
    """Take out rows of every source and count the touched weeks again, and those of `also`."""
    found, weeks = dict.fromkeys(FACTS, 0), set(also)
    for source, here in where.items():
        table = FACTS[source]
        if table is response:
            weeks.update(connection.scalars(select(table.c.week).where(here).distinct()))
        found[source] = connection.execute(delete(table).where(here)).rowcount
    week_cells.rebuild(connection, weeks)
    return found


def tidy(connection: Connection, found: Counts) -> None:
    """Take out scores and causes of texts that no row has any more: a text's hash can be tried against a guess."""
    for kept in (text_cause, text_score):
        said = (exists().where(table.c.text_hash == kept.c.text_hash) for table in (response, complaint))
        found[TEXTS] = connection.execute(delete(kept).where(~or_(*said))).rowcount


def enter(
    connection: Connection, kind: str, found: Counts, reasons: Mapping[str, str], who: str, *, always: bool = False
) -> None:
    """Write into the books how many rows went, and never whose; `always` also where none did."""
    lines = [
        {
            "kind": kind,
            "source": name,
            "rows": rows,
            "reason": reasons[name],
            "done_at": int(time.time()),
            "done_by": who,
        }
        for name, rows in found.items()
        if rows or always
    ]
    if lines:
        connection.execute(insert(erasure), lines)
