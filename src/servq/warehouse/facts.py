"""Writing facts: which rows are new, which changed, which were there already, and which contradict.

A row is known by its natural key and by the hash of what it says. Same key and hash: a duplicate.
Same key, other hash: an update when only earlier loads said so, a conflict when the same file said both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, select, tuple_, update

from servq.warehouse.bulk import insert_rows
from servq.warehouse.schema import FACTS, some_at_a_time

_NOT_CONTENT = {"load_id", "row_hash", "week", "text_hash"}

Key = tuple[str, ...]


@dataclass
class Outcome:
    """What became of the rows written so far.

    Attributes:
        weeks: those whose cells must be counted anew.
        repeated: hashes of the keys of which this file said again what was known.
    """

    loaded: int = 0
    updated: int = 0
    duplicates: int = 0
    conflicts: list[tuple[int, Key]] = field(default_factory=list)
    weeks: set[date] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)

    def again(self, key: Key) -> None:
        """Count a row that says what is known; another row of this file that says otherwise will be a conflict."""
        self.duplicates += 1
        self.repeated.add(hash(key))


def write_facts(connection: Connection, source: str, frame: pd.DataFrame, load_id: int, outcome: Outcome) -> None:
    """Store the trusted rows of one chunk and add to the outcome.

    Args:
        frame: canonical columns plus `row`, `week`, `text_hash`; missing as NA.
        outcome: grows; conflicts are (spreadsheet row, key).
    """
    table = FACTS[source]
    columns = _columns(table, frame, load_id)
    keys = list(zip(*(columns[name] for name in table.info["key"]), strict=True))
    known = _known(connection, table, keys)
    new, changed = list[int](), list[int]()
    told = zip(keys, columns["row_hash"], columns["week"], frame["row"], strict=True)
    for place, (key, row_hash, week, number) in enumerate(told):
        seen = known.get(key)
        if seen is None:
            outcome.loaded += 1
            new.append(place)
        elif seen[0] == row_hash:
            outcome.again(key)
            continue
        elif seen[1] == load_id or hash(key) in outcome.repeated:
            outcome.conflicts.append((int(number), key))
            continue
        else:
            outcome.updated += 1
            outcome.weeks.add(seen[2])
            changed.append(place)
        outcome.weeks.add(week)
        known[key] = (row_hash, load_id, week)
    insert_rows(connection, table, columns, new)
    _update(connection, table, columns, changed)


def _columns(table: Table, frame: pd.DataFrame, load_id: int) -> dict[str, list[Any]]:
    """Every column of the table as plain Python values; what the file does not have is NULL."""
    nothing = [None] * len(frame)
    columns = {name: _plain(frame[name]) if name in frame else nothing for name in _names(table)}
    columns["load_id"] = [load_id] * len(frame)
    columns["row_hash"] = _row_hashes(columns)
    return columns


def _plain(column: pd.Series[Any]) -> list[Any]:
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()


def _row_hashes(columns: dict[str, list[Any]]) -> list[str]:
    """A hash of what each row says, whatever file, encoding or column order it came in."""
    said = [_said(values) for name, values in columns.items() if name not in _NOT_CONTENT]
    return [blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest() for row in zip(*said, strict=True)]


def _said(values: list[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _update(connection: Connection, table: Table, columns: dict[str, list[Any]], places: list[int]) -> None:
    """Overwrite rows that an earlier load wrote and this one tells otherwise."""
    if not places:
        return
    rows = [{name: values[place] for name, values in columns.items()} for place in places]
    keys = [table.c[name] == bindparam(f"key_{name}") for name in table.info["key"]]
    renamed = [row | {f"key_{name}": row[name] for name in table.info["key"]} for row in rows]
    values: dict[str, Any] = {name: bindparam(name) for name in columns if name not in table.info["key"]}
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


def _names(table: Table) -> list[str]:
    return [column.name for column in table.c]
