"""Writing facts: which rows are new, which changed, which were there already, and which contradict.

A row is known by its natural key and by the hash of what it says. Same key and hash: a duplicate.
Same key, other hash: an update when an earlier load wrote it, a conflict when the same file did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, insert, select, tuple_, update

from servq.warehouse.schema import FACTS, some_at_a_time

_NOT_CONTENT = {"load_id", "row_hash", "week", "text_hash"}

Key = tuple[str, ...]


@dataclass
class Outcome:
    """What became of the rows written so far. `weeks` are those whose cells must be counted anew."""

    loaded: int = 0
    updated: int = 0
    duplicates: int = 0
    conflicts: list[tuple[int, Key]] = field(default_factory=list)
    weeks: set[date] = field(default_factory=set)


def write_facts(connection: Connection, source: str, frame: pd.DataFrame, load_id: int, outcome: Outcome) -> None:
    """Store the trusted rows of one chunk and add to the outcome.

    Args:
        frame: canonical columns plus `row`, `week`, `text_hash`; missing as NA.
        outcome: grows; conflicts are (spreadsheet row, key).
    """
    table = FACTS[source]
    rows = [_completed(table, row) for row in _as_rows(frame)]
    known = _known(connection, table, [_key(table, row) for row in rows])
    new: dict[Key, dict[str, Any]] = {}
    changed: list[dict[str, Any]] = []
    for row, number in zip(rows, frame["row"], strict=True):
        key = _key(table, row)
        row["load_id"], row["row_hash"] = load_id, _row_hash(table, row)
        seen = known.get(key)
        if seen is not None and seen[0] == row["row_hash"]:
            outcome.duplicates += 1
        elif seen is not None and seen[1] == load_id:
            outcome.conflicts.append((int(number), key))
        elif seen is not None:
            outcome.updated += 1
            outcome.weeks |= {seen[2], row["week"]}
            changed.append(row)
            known[key] = (row["row_hash"], load_id, row["week"])
        else:
            outcome.loaded += 1
            outcome.weeks.add(row["week"])
            new[key] = row
            known[key] = (row["row_hash"], load_id, row["week"])
    _store(connection, table, list(new.values()), changed)


def _store(connection: Connection, table: Table, new: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
    if new:
        connection.execute(insert(table), new)
    if changed:
        keys = [table.c[name] == bindparam(f"key_{name}") for name in table.info["key"]]
        renamed = [row | {f"key_{name}": row[name] for name in table.info["key"]} for row in changed]
        values: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name not in table.info["key"]}
        connection.execute(update(table).where(*keys).values(values), renamed)


def _known(connection: Connection, table: Table, keys: Sequence[Key]) -> dict[Key, tuple[str, int, date]]:
    """Key -> (row hash, load that wrote it, week) of the rows that the warehouse has already."""
    columns = [table.c[name] for name in table.info["key"]]
    found: dict[Key, tuple[str, int, date]] = {}
    for some in some_at_a_time(keys):
        here = columns[0].in_([key[0] for key in some]) if len(columns) == 1 else tuple_(*columns).in_(some)
        query = select(*columns, table.c.row_hash, table.c.load_id, table.c.week).where(here)
        for *key, row_hash, load_id, week in connection.execute(query):
            found[tuple(key)] = (row_hash, load_id, week)
    return found


def _key(table: Table, row: dict[str, Any]) -> Key:
    return tuple(row[name] for name in table.info["key"])


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _completed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row with every column of the table; what the file does not have is NULL."""
    return {name: row.get(name) for name in _names(table)}


def _as_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The frame's rows as plain Python values; NA becomes None."""
    columns = {name: _plain(frame[name]) for name in frame.columns}
    names = list(columns)
    return (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _plain(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()


def _row_hash(table: Table, row: dict[str, Any]) -> str:
    """A hash of what the row says, whatever file, encoding or column order it came in."""
    said = "\x1f".join(
        "" if row[name] is None else str(row[name]) for name in _names(table) if name not in _NOT_CONTENT
    )
    return blake2b(said.encode(), digest_size=16).hexdigest()
