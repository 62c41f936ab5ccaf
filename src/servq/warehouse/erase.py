"""Taking persons and old rows out for good: facts, what waits in quarantine, scores of words that nobody says any more.

Owns what is removed together, and the books about it. It never decides who or how old (the ways in do).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from servq.warehouse.books import forgotten
from servq.warehouse.schema import some_at_a_time


def forgotten_among(connection: Connection, customers: Iterable[str]) -> set[str]:
    """Which of these customers (keyed hashes) have been erased, so that no load may bring them back."""
    if connection.scalar(select(forgotten.c.customer_id).limit(1)) is None:
        return set()
    found: set[str] = set()
    for some in some_at_a_time(list(customers)):
        found.update(connection.scalars(select(forgotten.c.customer_id).where(forgotten.c.customer_id.in_(some))))
    return found
