"""A made company written into a warehouse in bulk: the load's own steps without a file to be read.

Rows go in by the load's bulk insert, texts are scored and searched by servq, and the cells are counted by the SQL that
counts them in a load; one line in the load log for each source.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from benchmarks.company import Company, Size
from benchmarks.company_words import Words
from servq.ingest.rows.coding import code_texts
from servq.ingest.rows.scoring import SCORED, score_texts
from servq.records import FileFacts, LoadReport
from servq.warehouse.books import load_log
from servq.warehouse.facts import week_cells
from servq.warehouse.facts.row_hash import Columns, names_of, row_hashes
from servq.warehouse.store.bulk import insert_rows
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import FACTS

WEEKS_AT_ONCE = 4
"""Weeks whose cells are counted in one statement."""


def write_company(warehouse: Warehouse, size: Size) -> None:
    """Fill an empty warehouse with the company of a size, one transaction for each source."""
    company = Company(size, Words())
    for source, frames in (
        ("surveys", company.answers()),
        ("complaints", company.complaints()),
        ("visits", iter([company.visits()])),
    ):
        with warehouse.write() as connection:
            _write(connection, source, frames)


def _write(connection: Connection, source: str, frames: Iterable[pd.DataFrame]) -> None:
    load_id = load_log.begin_load(connection, source, FileFacts(name="company", sha256=""), "", "bench")
    rows, weeks = 0, set[date]()
    for frame in frames:
        if source in SCORED:
            texts = frame[SCORED[source]]
            hashes, _ = score_texts(connection, texts)
            code_texts(connection, texts, hashes)
            frame = frame.assign(text_hash=hashes)
        insert_rows(connection, FACTS[source], _columns(source, frame, load_id))
        rows += len(frame)
        weeks.update(frame["week"])
    if source == "surveys":
        mondays = sorted(weeks)
        for start in range(0, len(mondays), WEEKS_AT_ONCE):
            week_cells.rebuild(connection, mondays[start : start + WEEKS_AT_ONCE])
    report = LoadReport("company", source, "loaded", rows_read=rows, loaded=rows)
    load_log.end_load(connection, load_id, report)


def _columns(source: str, frame: pd.DataFrame, load_id: int) -> Columns:
    """The columns of the fact table as plain values."""
    columns: dict[str, list[Any]] = {}
    for name in names_of(FACTS[source]):
        values = frame[name].to_numpy(dtype=object, copy=True) if name in frame else None
        if values is None:
            columns[name] = [None] * len(frame)
        else:
            values[pd.isna(values)] = None
            columns[name] = values.tolist()
    columns["load_id"] = [load_id] * len(frame)
    columns["row_hash"] = row_hashes(columns)
    return columns
