"""Conflicts: rows that differ from the known row with the same key, and the rule that decides between the two.

| `updated_at` of the row | then                                                                  |
|-------------------------|-----------------------------------------------------------------------|
| later than the known    | it counts: an update                                                  |
| earlier                 | what is known is newer: a duplicate                                   |
| the same, or not given  | a conflict: the known row stays, this one waits for a decision;       |
| on either side          | with `replace` an update, unless this file itself said what is known  |

Columns that the file does not have are neither compared nor overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    update,
)

from servq.records import Conflict
from servq.warehouse.facts.row_hash import NOT_CONTENT, Columns, Key, as_text, is_newer, names_of, row_hashes
from servq.warehouse.tables.fact_tables import some_at_a_time


@dataclass
class Outcome:
    """The outcomes of the rows written so far.

    Attributes:
        weeks: those whose cells must be counted again.
        repeated: hashes of the keys of which this file repeated known rows.
    """

    loaded: int = 0
    updated: int = 0
    duplicates: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    weeks: set[date] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)

    def again(self, key: Key) -> None:
        """Count a duplicate; another row of this file under its key with other content will be a conflict."""
        self.duplicates += 1
        self.repeated.add(hash(key))


@dataclass(frozen=True)
class FileRows:
    """One chunk of a file, as plain columns.

    Attributes:
        keys, numbers: the key and the spreadsheet row of each row.
        present: the columns that the file has.
        replace: what the file says counts where it is not known which of two rows is newer.
    """

    columns: Columns
    keys: Sequence[Key]
    numbers: Sequence[int]
    present: frozenset[str]
    load_id: int
    replace: bool


@dataclass
class _Known:
    """A row as it stands by now; `place` is where in the chunk it waits to be stored, None when it is stored."""

    row: dict[str, Any]
    place: int | None
    changed: bool = False


def judge(
    connection: Connection, table: Table, told: FileRows, places: Sequence[int], new: Iterable[int], outcome: Outcome
) -> None:
    """Decide on rows of a chunk that have the key of another row, and store the outcome.

    Args:
        places: the rows to judge, in the order of the file.
        new: rows of the same chunk that will be stored; rows judged here may change them before.
        outcome: grows.
    """
    wanted = {told.keys[place] for place in places}
    known = {
        told.keys[place]: _Known({name: values[place] for name, values in told.columns.items()}, place)
        for place in new
        if told.keys[place] in wanted
    }
    known |= _stored(connection, table, [key for key in wanted if key not in known])
    for place in places:
        _judge_one(table, told, place, known[told.keys[place]], outcome)
    _keep(connection, table, told, [one for one in known.values() if one.changed])


def _judge_one(table: Table, told: FileRows, place: int, known: _Known, outcome: Outcome) -> None:
    key, row = told.keys[place], {name: told.columns[name][place] for name in told.present}
    differs = [name for name in names_of(table) if name in told.present - NOT_CONTENT and row[name] != known.row[name]]
    at, known_at = row.get("updated_at"), known.row["updated_at"]
    comparable = at is not None and known_at is not None and at != known_at
    said_here = known.row["load_id"] == told.load_id or hash(key) in outcome.repeated
    if not differs:
        outcome.again(key)
        if is_newer(at, known_at):
            # no news, but the next export must be compared with the later of the two moments
            known.row["updated_at"], known.changed = at, True
    elif comparable and not is_newer(at, known_at):
        outcome.again(key)
    elif comparable or (told.replace and not said_here):
        outcome.updated += 1
        outcome.weeks |= {known.row["week"], row["week"]}
        kept = {name: text for name, text in (known.row["raw"] or {}).items() if name not in told.present}
        known.row |= row | {"raw": kept | (row.get("raw") or {}) or None, "load_id": told.load_id}
        known.changed = True
    else:
        texts = [(name, as_text(table, name, known.row[name]), as_text(table, name, row[name])) for name in differs]
        outcome.conflicts.append(Conflict(told.numbers[place], key, known.row["load_id"], tuple(texts)))


def _keep(connection: Connection, table: Table, told: FileRows, changed: Sequence[_Known]) -> None:
    """Write back what was changed: into the chunk where the row is still to be stored, else into the warehouse."""
    hashes = row_hashes({name: [one.row[name] for one in changed] for name in names_of(table)})
    for one, row_hash in zip(changed, hashes, strict=True):
        one.row["row_hash"] = row_hash
        if one.place is not None:
            for name in told.present & told.columns.keys() | {"row_hash"}:
                told.columns[name][one.place] = one.row[name]
    _overwrite(connection, table, [one.row for one in changed if one.place is None])


def _overwrite(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Store changed rows in the place of the known ones."""
    if not rows:
        return
    keys = [table.c[name] == bindparam(f"key_{name}") for name in table.info["key"]]
    values: dict[str, Any] = {name: bindparam(name) for name in names_of(table) if name not in table.info["key"]}
    renamed = [
        {(f"key_{name}" if name in table.info["key"] else name): value for name, value in row.items()} for row in rows
    ]
    connection.execute(update(table).where(*keys).values(values), renamed)


def _stored(connection: Connection, table: Table, keys: Sequence[Key]) -> dict[Key, _Known]:
    """The rows that the warehouse has under these keys, whole."""
    found: dict[Key, _Known] = {}
    for some in some_at_a_time(keys):
        for line in connection.execute(select(table).where(with_keys(connection, table, some))).mappings():
            found[tuple(line[name] for name in table.info["key"])] = _Known(dict(line), None)
    return found


def with_keys(connection: Connection, table: Table, keys: Sequence[Key]) -> ColumnElement[bool]:
    """The condition that a row has one of these keys; a list of them is one parameter, where there are thousands."""
    columns = [table.c[name] for name in table.info["key"]]
    if len(columns) > 1:
        return tuple_(*columns).in_(keys)
    names = [key[0] for key in keys]
    if connection.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(names)).table_valued("value")
        found: ColumnElement[bool] = columns[0].in_(select(listed.c.value))
    else:
        found = columns[0] == any_(literal(names, ARRAY(String)))
    return found
