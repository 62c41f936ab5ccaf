"""Experience − expectation of an item, within one answer that gives both: one expression for cells and lists."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from servq.measures import EXPECTED, GAPS, ITEMS
from servq.warehouse.tables.fact_tables import response

GAP: dict[str, ColumnElement[float]] = {
    gap: response.c[item] - response.c[expected] for gap, item, expected in zip(GAPS, ITEMS, EXPECTED, strict=True)
}
"""Gap -> the difference; NULL where one of the two is missing."""
