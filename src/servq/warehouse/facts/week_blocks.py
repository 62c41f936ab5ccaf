"""Week blocks: the week cells of each kind, packed week by week; what figures are read from.

A block is a copy of its cells, made in the transaction that counts them: whoever changes cells calls
`week_cells.rebuild`, which writes the blocks too. A week without cells has no block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select

from servq.measures import CAUSE_DIMENSIONS, CAUSE_MEASURES, CELL_DIMENSIONS, MEASURES
from servq.warehouse.facts.block_format import block_of, pack, version_of
from servq.warehouse.tables.fact_tables import cause_cell, survey_cell, week_block


class Kind(NamedTuple):
    """A kind of cell: its table, its dimensions without the week, and its measures."""

    table: Table
    dimensions: Sequence[str]
    measures: Sequence[str]


KINDS: dict[str, Kind] = {
    "survey": Kind(survey_cell, tuple(name for name in CELL_DIMENSIONS if name != "week"), MEASURES),
    "cause": Kind(cause_cell, tuple(name for name in CAUSE_DIMENSIONS if name != "week"), CAUSE_MEASURES),
}
"""Kind of block -> what it is packed from."""


WEEKS_AT_ONCE = 8
"""Weeks whose cells are read in one statement; what bounds the memory of packing."""


def write_blocks(connection: Connection, weeks: Iterable[date]) -> None:
    """Pack the cells of these weeks as they are now; a block whose content has not changed is left alone."""
    mondays = sorted(set(weeks))
    for kind in KINDS:
        for start in range(0, len(mondays), WEEKS_AT_ONCE):
            _write(connection, kind, mondays[start : start + WEEKS_AT_ONCE], KINDS[kind].measures)


def write_missing_blocks(connection: Connection, columns: Iterable[str]) -> None:
    """Pack the cells of a warehouse that has no blocks yet.

    Args:
        columns: those that its cell tables have: a measure that came later is 0, and takes no place in a block.
    """
    there = set(columns)
    for kind, of in KINDS.items():
        measures = [name for name in of.measures if name in there]
        mondays = connection.scalars(select(of.table.c.week).distinct().order_by(of.table.c.week)).all()
        for start in range(0, len(mondays), WEEKS_AT_ONCE):
            _write(connection, kind, mondays[start : start + WEEKS_AT_ONCE], measures)


def _write(connection: Connection, kind: str, weeks: Sequence[date], measures: Sequence[str]) -> None:
    of, kept = KINDS[kind], week_block.c
    before = dict(
        map(tuple, connection.execute(select(kept.week, kept.version).where(kept.kind == kind, kept.week.in_(weeks))))
    )
    bodies = {
        week: pack(block_of(of.dimensions, measures, rows)) for week, rows in _cells(connection, of, weeks, measures)
    }
    versions = {week: version_of(body) for week, body in bodies.items()}
    gone = [week for week, version in before.items() if versions.get(week) != version]
    if gone:
        connection.execute(delete(week_block).where(kept.kind == kind, kept.week.in_(gone)))
    new = [
        {"kind": kind, "week": week, "version": versions[week], "body": body}
        for week, body in bodies.items()
        if before.get(week) != versions[week]
    ]
    if new:
        connection.execute(insert(week_block), new)


def _cells(
    connection: Connection, of: Kind, weeks: Sequence[date], measures: Sequence[str]
) -> Iterator[tuple[date, list[Any]]]:
    """The cells of each week that has any, without the week."""
    table = of.table
    columns = [table.c[name] for name in ("week", *of.dimensions, *measures)]
    rows = connection.execute(select(*columns).where(table.c.week.in_(weeks)).order_by(table.c.week)).fetchall()
    for week, cells in groupby(rows, key=itemgetter(0)):
        yield week, [cell[1:] for cell in cells]
