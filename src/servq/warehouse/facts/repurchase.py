"""Repurchase by band of likelihood: one SQL expression for cells and lists."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case

from servq.measures import REPURCHASES
from servq.warehouse.tables.fact_tables import response

BOUGHT_AGAIN: dict[str, ColumnElement[int]] = {
    name: case((response.c.likelihood.between(*band), response.c.repurchased)) for name, band in REPURCHASES.items()
}
"""Band -> 1 for those who bought again, 0 for those who did not; NULL outside the band and where nobody knows."""

CONTRARY: dict[str, ColumnElement[bool]] = {
    "promoters_lost": BOUGHT_AGAIN["repurchase_promoters"] == 0,
    "detractors_bound": BOUGHT_AGAIN["repurchase_detractors"] == 1,
}
"""Customers whose purchases contradict their words: would recommend and did not return, would not and returned."""
