"""The quarantine as stored: rows that were not trusted, their reasons, corrections and release.

A row waits until a load takes it (`released`, with the load that did) or its person is erased. Never judges a row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, insert, select, update

from servq.records import Rejected
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import some_at_a_time
from servq.warehouse.tables.ops_tables import load_log, quarantine

WAITING, RELEASED = "waiting", "released"


def set_aside(connection: Connection, load_id: int, source: str, rejected: Iterable[Rejected]) -> None:
    """Store rows that were not trusted, with their reasons; a row already in quarantine is not stored twice."""
    lines: list[dict[str, Any]] = [
        {
            "load_id": load_id,
            "source": source,
            "row": bad.row,
            "column": bad.column,
            "value": bad.value,
            "reason": bad.reason,
            "raw": bad.raw,
            "raw_hash": _hash(bad),
        }
        for bad in rejected
    ]
    kept = _kept_already(connection, load_id, source, [line["raw_hash"] for line in lines])
    fresh = [line for line in lines if line["raw_hash"] not in kept[line["reason"] == "conflict"]]
    if fresh:
        connection.execute(insert(quarantine), fresh)


def _kept_already(
    connection: Connection, load_id: int, source: str, hashes: Sequence[str]
) -> tuple[set[str], set[str]]:
    """Of these rows, those that an earlier load set aside, and those of them that still wait.

    A row that was mended and let in need not be mended again. A conflict that was decided may come up again, though,
    when what is known has changed since.
    """
    ever, waiting = set[str](), set[str]()
    for some in some_at_a_time(hashes):
        here = (quarantine.c.source == source, quarantine.c.load_id != load_id, quarantine.c.raw_hash.in_(some))
        for raw_hash, state in connection.execute(select(quarantine.c.raw_hash, quarantine.c.state).where(*here)):
            ever.add(raw_hash)
            if state == WAITING:
                waiting.add(raw_hash)
    return ever, waiting


def _hash(bad: Rejected) -> str:
    """The identity of a row: a hash of its content, or of its place when no content may be kept."""
    said = json.dumps(bad.raw, sort_keys=True) if bad.raw else f"{bad.reason} {bad.row}"
    return blake2b(said.encode(), digest_size=16).hexdigest()


def quarantined(
    connection: Connection, source: str | None = None, limit: int | None = None, state: str | None = WAITING
) -> pd.DataFrame:
    """Rows in quarantine, newest load first, with the name of the file they came in.

    Args:
        state: waiting, released or erased; None for all of them.
    """
    wanted = [] if source is None else [quarantine.c.source == source]
    wanted += [] if state is None else [quarantine.c.state == state]
    query = (
        select(quarantine, load_log.c.file_name)
        .join(load_log, quarantine.c.load_id == load_log.c.load_id)
        .where(*wanted)
        .order_by(quarantine.c.load_id.desc(), quarantine.c.row, quarantine.c.quarantine_id)
        .limit(limit)
    )
    return fetch_frame(connection, query)


def lines(connection: Connection, ids: Collection[int]) -> list[dict[str, Any]]:
    """These rows of the quarantine, in the order of their ids, with how their file was read (`file_*`, `map_*`)."""
    about = ("file_name", "file_hash", "map_hash", "map_text", "sheet", "columns")
    found: list[dict[str, Any]] = []
    for some in some_at_a_time(sorted(ids)):
        query = (
            select(quarantine, *(load_log.c[name] for name in about))
            .join(load_log, quarantine.c.load_id == load_log.c.load_id)
            .where(quarantine.c.quarantine_id.in_(some))
            .order_by(quarantine.c.quarantine_id)
        )
        found += [dict(line) for line in connection.execute(query).mappings()]
    return found


def of_file(
    connection: Connection, source: str, file_hash: str, map_hash: str, reasons: Collection[str] = ()
) -> dict[int, int]:
    """Row -> id of what waits since earlier loads of this very file through this very map.

    Args:
        reasons: only rows set aside for one of these; all when empty.
    """
    if not file_hash:
        return {}
    query = (
        select(quarantine.c.row, quarantine.c.quarantine_id)
        .join(load_log, quarantine.c.load_id == load_log.c.load_id)
        .where(
            load_log.c.source == source,
            load_log.c.file_hash == file_hash,
            load_log.c.map_hash == map_hash,
            quarantine.c.state == WAITING,
            *([quarantine.c.reason.in_(reasons)] if reasons else []),
        )
    )
    return {line.row: line.quarantine_id for line in connection.execute(query)}


def release(connection: Connection, ids: Iterable[int], load_id: int) -> None:
    """Mark rows as taken by a load."""
    for some in some_at_a_time(list(ids)):
        here = (quarantine.c.quarantine_id.in_(some), quarantine.c.state == WAITING)
        connection.execute(update(quarantine).where(*here).values(state=RELEASED, released_by=load_id))


def keep_corrections(connection: Connection, corrected: Mapping[int, Mapping[str, str]]) -> None:
    """Store corrections of rows that still wait: id -> header -> text."""
    if corrected:
        statement = update(quarantine).where(quarantine.c.quarantine_id == bindparam("id_of"))
        connection.execute(
            statement.values(corrected=bindparam("said")),
            [{"id_of": number, "said": dict(said)} for number, said in corrected.items()],
        )


def judge_again(connection: Connection, rejected: Iterable[Rejected]) -> None:
    """Store the present reasons of rows that were retried in vain; each one's `row` is its id in quarantine."""
    told = [
        {"id_of": bad.row, "its_column": bad.column, "its_value": bad.value, "its_reason": bad.reason}
        for bad in rejected
        if bad.reason != "wrong_width"  # nothing was said about such a row that it did not say before
    ]
    if told:
        values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("column", "value", "reason")}
        connection.execute(
            update(quarantine).where(quarantine.c.quarantine_id == bindparam("id_of")).values(values), told
        )
