"""Writing facts: new rows, duplicates, and rows that differ from what is known under their key.

A row is known by its natural key and by the hash of its content. Same key and hash: a duplicate. A row with a known key
and another hash is decided in conflicts.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, Table, select

from servq.warehouse.facts import conflicts
from servq.warehouse.facts.conflicts import Outcome
from servq.warehouse.facts.row_hash import Columns, Key, is_newer, names_of, row_hashes
from servq.warehouse.store.bulk import insert_rows
from servq.warehouse.tables.fact_tables import FACTS, some_at_a_time


class _Known(NamedTuple):
    """A known row: the hash of its content, and the source's time of its last change."""

    row_hash: str
    updated_at: int | None


def write_facts(
    connection: Connection, source: str, frame: pd.DataFrame, load_id: int, outcome: Outcome, *, replace: bool = False
) -> None:
    """Store the trusted rows of one chunk and add to the outcome.

    Args:
        frame: canonical columns plus `row`, `week`, `text_hash`, `raw`; missing as NA.
        outcome: grows.
        replace: what the file says counts where it is not known which of two rows is newer.
    """
    table = FACTS[source]
    columns = _columns(table, frame, load_id)
    keys: list[Key] = list(zip(*(columns[name] for name in table.info["key"]), strict=True))
    known = _known(connection, table, keys)
    if not known and len(set(keys)) == len(keys):  # as in nearly every chunk: nothing to tell apart row by row
        outcome.loaded += len(keys)
        outcome.weeks.update(columns["week"])
        insert_rows(connection, table, columns)
        return
    new, others, contested = list[int](), list[int](), set[Key]()
    for place, told in enumerate(map(_Known, columns["row_hash"], columns["updated_at"])):
        seen = known.setdefault(keys[place], told)
        if seen is told:
            new.append(place)
        elif _says_no_more(told, seen) and keys[place] not in contested:
            outcome.again(keys[place])
        else:
            # from here on the rows of this key are judged one after the other, as if each came in a chunk of its own
            contested.add(keys[place])
            others.append(place)
    outcome.loaded += len(new)
    outcome.weeks.update(columns["week"][place] for place in new)
    if others:
        present = frozenset(name for name in names_of(table) if name in frame)
        told_here = conflicts.FileRows(columns, keys, frame["row"].tolist(), present, load_id, replace)
        conflicts.judge(connection, table, told_here, others, new, outcome)
    insert_rows(connection, table, columns, new)


def _says_no_more(told: _Known, known: _Known) -> bool:
    return told.row_hash == known.row_hash and not is_newer(told.updated_at, known.updated_at)


def _columns(table: Table, frame: pd.DataFrame, load_id: int) -> Columns:
    """Every column of the table as plain Python values; what the file does not have is NULL."""
    nothing = [None] * len(frame)
    columns = {name: _plain(frame[name]) if name in frame else nothing for name in names_of(table)}
    columns["load_id"] = [load_id] * len(frame)
    columns["row_hash"] = row_hashes(columns)
    return columns


def _plain(column: pd.Series[Any]) -> list[Any]:
    values = column.to_numpy(dtype=object, copy=True)
    values[pd.isna(values)] = None
    return values.tolist()


def _known(connection: Connection, table: Table, keys: Sequence[Key]) -> dict[Key, _Known]:
    """The warehouse's rows under these keys."""
    columns = [table.c[name] for name in table.info["key"]]
    found: dict[Key, _Known] = {}
    for some in some_at_a_time(keys):
        query = select(*columns, table.c.row_hash, table.c.updated_at).where(
            conflicts.with_keys(connection, table, some)
        )
        for *key, row_hash, updated_at in connection.execute(query):
            found[tuple(key)] = _Known(row_hash, updated_at)
    return found


def said_under(connection: Connection, source: str, ids: Sequence[str], names: Sequence[str]) -> dict[str, list[Any]]:
    """Values of some columns of a source's rows, by the first column of their key; unknown ids are left out."""
    table = FACTS[source]
    key = table.c[table.info["key"][0]]
    found: dict[str, list[Any]] = {}
    for some in some_at_a_time(ids):
        for name, *values in connection.execute(select(key, *(table.c[one] for one in names)).where(key.in_(some))):
            found[name] = values
    return found
