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


class StoredBlocks:
    """The blocks of one kind as a transaction sees them; to be used within it.

    Args:
        kind: `survey` or `cause`.

    Attributes:
        versions: Monday -> the version of its block, oldest first. Equal versions are equal blocks.
        place: the address of the warehouse, without any password.
    """

    def __init__(self, connection: Connection, kind: str) -> None:
        self._connection, self.kind = connection, kind
        self.place = connection.engine.url.render_as_string(hide_password=True)
        here = week_block.c
        query = select(here.week, here.version).where(here.kind == kind).order_by(here.week)
        self.versions: dict[date, str] = dict(map(tuple, connection.execute(query)))

    def read(self, weeks: Collection[date]) -> dict[date, Block]:
        """The blocks of these weeks.

        Raises:
            WarehouseUnavailable: a block is not whole.
        """
        found = {}
        for some in some_at_a_time(list(weeks)):
            wanted = (week_block.c.kind == self.kind, week_block.c.week.in_(some))
            for week, body in self._connection.execute(select(week_block.c.week, week_block.c.body).where(*wanted)):
                try:
                    found[week] = unpack(body)
                except ValueError as error:
                    raise DAMAGED.at(self.place) from error
        return found
