"""Builders of warehouse rows, stored without a file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select

from servq.measures import CELL_DIMENSIONS, MEASURES
from servq.query.blocks import put_together
from servq.records import NOT_GIVEN, FileFacts, LoadReport
from servq.warehouse.books import load_log
from servq.warehouse.facts import week_cells
from servq.warehouse.facts.conflicts import Outcome
from servq.warehouse.facts.facts import write_facts
from servq.warehouse.reads.blocks import StoredBlocks
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import MOMENTS, survey_cell
from servq.warehouse.tables.ops_tables import metadata
from servq.warehouse.texts import scores
from servq.weeks import day_start, monday_of

Row = dict[str, Any]

WEEK_18 = date(2026, 4, 27)
WEEK_19 = date(2026, 5, 4)

SCORES = {"negative": 0.1, "uncertain": 0.5, "positive": 0.9, "wordless": None}
"""How a comment sounds -> its polarity; a text without words has none."""


def answer(response_id: str, day: str = "2026-04-29", heard: str | None = None, **cells: Any) -> Row:
    """A survey answer given at noon; `heard` is the sentiment of its comment."""
    good: Row = {"response_id": response_id, "channel": "OTA", "team": "甲", "likelihood": 9.0}
    said = {} if heard is None else {"comment": f"{heard} words", "text_hash": scores.text_hash(heard)}
    return _dated(good | said | cells, "surveys", day)


def complaint(complaint_id: str, day: str = "2026-04-29", **cells: Any) -> Row:
    """A complaint opened at noon."""
    return _dated({"complaint_id": complaint_id, "channel": "OTA", "team": "甲"} | cells, "complaints", day)


def item(visit_id: str, name: str, points: float = 4.0, day: str = "2026-04-29", **cells: Any) -> Row:
    """One checklist item of a visit, out of 5 points."""
    good: Row = {"visit_id": visit_id, "item": name, "channel": "门店", "team": "甲"}
    return _dated(good | {"points": points, "points_possible": 5.0} | cells, "visits", day)


def _dated(row: Row, source: str, day: str) -> Row:
    at = date.fromisoformat(day)
    return row | {MOMENTS[source]: day_start(at) + 12 * 3600, "week": monday_of(at)}


def store(
    warehouse: Warehouse, *rows: Row, source: str = "surveys", chunk: int = 1000, replace: bool = False
) -> Outcome:
    """Write these rows as one load does: row 2 of its file first, `chunk` rows at a time."""
    with warehouse.write() as connection:
        known = {scores.text_hash(heard): heard for heard in SCORES}
        new = [_score(known[name], name) for name in scores.unscored(connection, known, lambda _: ("by hand", "1"))]
        scores.keep_scores(connection, new)
        load_id = load_log.begin_load(connection, source, FileFacts(name="rows", sha256=""), "", "test")
        outcome = Outcome()
        for start in range(0, len(rows), chunk):
            block = rows[start : start + chunk]
            frame = pd.DataFrame(list(block), dtype=object).assign(row=range(start + 2, start + 2 + len(block)))
            write_facts(connection, source, frame, load_id, outcome, replace=replace)
        if source == "surveys":
            week_cells.rebuild(connection, outcome.weeks)
        load_log.end_load(connection, load_id, _report(source, len(rows), outcome))
    return outcome


def _score(heard: str, name: str) -> Row:
    label = "uncertain" if heard == "wordless" else heard
    about = {"text_hash": name, "polarity": SCORES[heard], "label": label}
    return about | {"language": "en", "model": "by hand", "version": "1"}


def _report(source: str, rows: int, outcome: Outcome) -> LoadReport:
    counts = {name: getattr(outcome, name) for name in ("loaded", "updated", "duplicates")}
    return LoadReport("rows", source, "loaded", rows_read=rows, conflicts=len(outcome.conflicts), **counts)


def cells_in(warehouse: Warehouse) -> dict[tuple[str, ...], dict[str, float]]:
    """The cells that figures are read from: dimension values ("" where none is given) -> measure -> sum.

    They are those of the table, to the last digit: what a block holds is a copy.
    """
    with warehouse.read() as connection:
        stored = StoredBlocks(connection, "survey")
        cells = put_together(stored.read(stored.versions), "survey")
        table = connection.execute(select(survey_cell)).mappings().all()
    found = {
        tuple("" if value == NOT_GIVEN else value for value in key): sums
        for key, sums in cells.grouped(CELL_DIMENSIONS)
    }
    assert found == {
        tuple(str(row[name]) for name in CELL_DIMENSIONS): {name: float(row[name]) for name in MEASURES}
        for row in table
    }
    return found


def content(warehouse: Warehouse, *without: str) -> list[str]:
    """The whole content of a warehouse except for these tables: a line per row, the same on every store."""
    lines: list[str] = []
    with warehouse.read() as connection:
        for table in metadata.sorted_tables:
            if table.name not in without:
                rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
                lines += sorted(f'"{table.name}" {tuple(row)}' for row in rows)
    return lines
