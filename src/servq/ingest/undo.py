"""Undo of a load, on the command line and on the page: in one transaction, under the name of who runs it."""

from __future__ import annotations

from servq.ingest.load import who_runs
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep import undo
from servq.warehouse.upkeep.undo import Undone

__all__ = ["Undone", "look", "undo_load"]


def look(warehouse: Warehouse, load_id: int) -> Undone:
    """What the undo of a load would take out.

    Raises:
        UsageError: there is no such load, or it cannot be undone; the message says why.
    """
    warehouse.check()
    with warehouse.read() as connection:
        return undo.undoable(connection, load_id)


def undo_load(warehouse: Warehouse, load_id: int) -> Undone:
    """Take all of a load out, or nothing; raises as `look` does."""
    with warehouse.write() as connection:
        return undo.undo(connection, load_id, who_runs())
