"""Recount: week cells and week blocks beside the facts counted again, week by week. Changes nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, select, union

from servq.warehouse.facts.block_format import unpack
from servq.warehouse.facts.week_blocks import KINDS
from servq.warehouse.facts.week_cells import counted_causes, counted_cells, counted_unanswered
from servq.warehouse.tables.fact_tables import cause_cell, response, survey_cell, unanswered, week_block

_Cells = dict[tuple[str, ...], tuple[float, ...]]
"""The dimensions of a cell, without its week, -> its measures."""


def weeks_that_differ(connection: Connection) -> tuple[int, list[date]]:
    """The number of week cells, and the Mondays whose cells or blocks are not what their facts say."""
    mondays = union(*(select(table.c.week) for table in (response, survey_cell, cause_cell, week_block))).subquery()
    weeks = connection.scalars(select(mondays.c.week).order_by(mondays.c.week)).all()
    count, wrong = 0, list[date]()
    for week in weeks:
        for kind in KINDS:
            counted, kept = _counted(connection, kind, week), _kept(connection, kind, week)
            count += len(kept)
            if not (_equal(kept, counted) and _equal(_packed(connection, kind, week), counted)):
                wrong.append(week)
    return count, list(dict.fromkeys(wrong))


def _counted(connection: Connection, kind: str, week: date) -> _Cells:
    query, size = {"survey": counted_cells, "cause": counted_causes}[kind](), len(KINDS[kind].dimensions)
    found = _by_key((row[1:] for row in connection.execute(query.where(response.c.week == week))), size)
    if kind == "survey":
        silent = connection.execute(counted_unanswered().where(unanswered.c.week == week))
        nothing = (0,) * len(KINDS[kind].measures)
        for key, more in _by_key((row[1:] for row in silent), size).items():
            found[key] = tuple(map(sum, zip(found.get(key, nothing), more, strict=True)))
    return found


def _kept(connection: Connection, kind: str, week: date) -> _Cells:
    of = KINDS[kind]
    columns = [of.table.c[name] for name in (*of.dimensions, *of.measures)]
    return _by_key(connection.execute(select(*columns).where(of.table.c.week == week)), len(of.dimensions))


def _packed(connection: Connection, kind: str, week: date) -> _Cells:
    """The cells of a block; none where there is no block, or one that cannot be read."""
    here = (week_block.c.kind == kind, week_block.c.week == week)
    body, of = connection.scalar(select(week_block.c.body).where(*here)), KINDS[kind]
    try:
        block = unpack(body or b"")
    except ValueError:
        return {}
    nothing = np.zeros(len(block))
    keys = [np.array(block.names[name], dtype=object)[block.codes[name]] for name in of.dimensions]
    return _by_key(
        zip(*keys, *(block.columns.get(name, nothing).tolist() for name in of.measures), strict=True),
        len(of.dimensions),
    )


def _by_key(rows: Iterable[Row[Any] | tuple[Any, ...]], size: int) -> _Cells:
    return {tuple(map(str, row[:size])): tuple(row[size:]) for row in rows}


def _equal(one: _Cells, other: _Cells) -> bool:
    return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    # sums of decimals may differ in their last digit when the rows are added in another order
    return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(one, other, strict=True))
