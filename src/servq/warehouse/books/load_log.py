"""The load log: every load with its time, its origin and the outcome of each row."""

from __future__ import annotations

import time

import pandas as pd
from sqlalchemy import Connection, String, cast, func, insert, select, update

from servq.records import OUTCOMES, FileFacts, LoadReport
from servq.warehouse.books.quarantine import WAITING
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.ops_tables import erasure, load_log, quarantine

_AGAIN = [name for name in OUTCOMES if name not in ("loaded", "updated", "duplicates")]
"""What becomes of a row again when its file comes a second time; the others are then duplicates."""

UNDONE = "undone"
"""The status of a load that was taken out again; when and by whom stands in the log of erasures."""

UNDO = "undo"
"""The kind of an undo's entry in the log of erasures; its reason is the number of the load."""


def begin_load(
    connection: Connection,
    source: str,
    facts: FileFacts,
    map_hash: str,
    who: str,
    *,
    origin: str = "file",
    map_text: str | None = None,
) -> int:
    """Open a line in the load log; returns its load id. It exists only if the load's transaction does."""
    nothing = dict.fromkeys(("rows_read", *OUTCOMES), 0)
    line = {
        "source": source,
        "file_name": facts.name,
        "file_hash": facts.sha256,
        "map_hash": map_hash,
        "map_text": map_text,
        "origin": origin,
        "status": "loading",
        "encoding": facts.encoding,
        "delimiter": facts.delimiter,
        "sheet": facts.sheet,
        "header_row": facts.header_row,
        "columns": facts.columns,
        "reasons": {},
        "started_at": int(time.time()),
        "loaded_by": who,
    }
    done = connection.execute(insert(load_log).values(line | nothing))
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def end_load(connection: Connection, load_id: int, report: LoadReport, not_placed: int = 0) -> None:
    """Write the counts of a finished load into its line.

    Args:
        not_placed: of those who did not answer, how many of whom it is not known when or which they were asked.
    """
    counts = {name: getattr(report, name) for name in ("status", "rows_read", *OUTCOMES, "reasons", "noted", "rules")}
    counts["not_placed"] = not_placed
    connection.execute(
        update(load_log).where(load_log.c.load_id == load_id).values(counts | {"finished_at": int(time.time())})
    )


def earlier_load(connection: Connection, source: str, file_hash: str, map_hash: str) -> LoadReport | None:
    """The report of the last load of this very file through this very map, if there was one.

    A load that was undone does not count, nor does any of its source that ended before the last undo: rows that both
    files say went with the undone one, and come back only when the file is read again.

    Args:
        file_hash: "" for rows of which it is not known whether they came before.
    """
    if not file_hash:
        return None
    undo = select(func.max(erasure.c.done_at)).where(erasure.c.source == source, erasure.c.kind == UNDO)
    last_undo, ended = undo.scalar_subquery(), func.coalesce(load_log.c.finished_at, load_log.c.started_at)
    query = (
        select(load_log)
        .where(load_log.c.source == source, load_log.c.file_hash == file_hash, load_log.c.map_hash == map_hash)
        .where(load_log.c.status != UNDONE, ended > func.coalesce(last_undo, 0))
        .order_by(load_log.c.load_id.desc())
        .limit(1)
    )
    line = connection.execute(query).mappings().first()
    if line is None:
        return None
    counts = {name: line[name] for name in ("rows_read", *_AGAIN, "reasons", "load_id")}
    return LoadReport(
        file=line["file_name"],
        source=source,
        status="unchanged",
        encoding=line["encoding"] or "",
        delimiter=line["delimiter"] or "",
        noted=line["noted"] or {},
        rules=line["rules"] or {},
        duplicates=line["rows_read"] - sum(line[name] for name in _AGAIN),
        **counts,
    )


def last_erasure_id(connection: Connection) -> int:
    """The newest erasure; 0 before the first. Caches from before it may hold an erased person's words."""
    return int(connection.execute(select(func.coalesce(func.max(erasure.c.erasure_id), 0))).scalar_one())


def last_load_id(connection: Connection) -> int:
    """The newest load, whether or not it changed anything; 0 before the first. Figures carry it."""
    return int(connection.execute(select(func.coalesce(func.max(load_log.c.load_id), 0))).scalar_one())


def last_loaded_at(connection: Connection, source: str) -> int | None:
    """The time of a source's last load of rows (UTC seconds); None before the first."""
    finished = func.coalesce(load_log.c.finished_at, load_log.c.started_at)
    there = (load_log.c.source == source, load_log.c.status != UNDONE)
    found = connection.execute(select(func.max(finished)).where(*there)).scalar_one()
    return None if found is None else int(found)


def loads(connection: Connection, limit: int | None = None) -> pd.DataFrame:
    """The load log, newest first; one row per load, columns as in the table, and `undone_at`, `undone_by`."""
    undone = (erasure.c.kind == UNDO) & (erasure.c.reason == cast(load_log.c.load_id, String))
    told = (erasure.c.done_at.label("undone_at"), erasure.c.done_by.label("undone_by"))
    query = select(load_log, *told).outerjoin(erasure, undone).order_by(load_log.c.load_id.desc()).limit(limit)
    return fetch_frame(connection, query)


def freshness(connection: Connection) -> pd.DataFrame:
    """Per source: the time of its last load (UTC seconds), the number of loads, the rows in quarantine."""
    waiting = (
        select(quarantine.c.source, func.count().label("waiting"))
        .where(quarantine.c.state == WAITING)
        .group_by(quarantine.c.source)
        .subquery("waiting")
    )
    query = (
        select(
            load_log.c.source,
            func.max(load_log.c.finished_at).label("last_loaded_at"),
            func.count().label("loads"),
            func.coalesce(func.max(waiting.c.waiting), 0).label("waiting"),
        )
        .outerjoin(waiting, waiting.c.source == load_log.c.source)
        .where(load_log.c.status != UNDONE)
        .group_by(load_log.c.source)
    )
    return fetch_frame(connection, query)
