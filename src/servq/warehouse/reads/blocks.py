"""Reads of week blocks: which there are, by version, and those that a reader does not have yet.

Both are asked in one read transaction, so that a reader never puts blocks of two states together.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from servq.warehouse.facts.block_format import Block, unpack
from servq.warehouse.store.failures import DAMAGED
from servq.warehouse.tables.fact_tables import some_at_a_time, week_block


def block_versions(connection: Connection, kind: str) -> dict[date, str]:
    """Monday -> the version of its block, oldest first. Equal versions are equal blocks.

    Args:
        kind: `survey` or `cause`.
    """
    query = select(week_block.c.week, week_block.c.version).where(week_block.c.kind == kind).order_by(week_block.c.week)
    return dict(map(tuple, connection.execute(query)))


def read_blocks(connection: Connection, kind: str, weeks: Collection[date]) -> dict[date, Block]:
    """The blocks of these weeks.

    Raises:
        WarehouseUnavailable: a block is not whole.
    """
    found = {}
    for some in some_at_a_time(list(weeks)):
        wanted = (week_block.c.kind == kind, week_block.c.week.in_(some))
        for week, body in connection.execute(select(week_block.c.week, week_block.c.body).where(*wanted)):
            try:
                found[week] = unpack(body)
            except ValueError as error:
                raise DAMAGED.at(connection.engine.url.render_as_string(hide_password=True)) from error
    return found
