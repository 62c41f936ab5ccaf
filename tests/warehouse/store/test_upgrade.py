"""Upgrade of a warehouse of the first schema: no row is lost, and every figure stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from servq.measures import EXPECTED, GAPS, REPURCHASES
from servq.metrics.catalog import METRICS
from servq.metrics.readings import NOT_FOLLOWED
from servq.query import measure, take_snapshot
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store import migrate as migrate_module
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from servq.warehouse.tables.ops_tables import metadata
from servq.warehouse.upkeep.doctor import examine
from tests.conftest import open_home

FIRST = "0001"
SINCE_THEN = {"updated_at", "raw", "map_text", "origin", "state", "corrected", "released_by"}
SINCE_THEN |= {"score_and_text", "high_negative", "low_positive"}
SINCE_THEN |= {*EXPECTED, *(f"{gap}_{part}" for gap in GAPS for part in ("n", "sum", "squares"))}
SINCE_THEN |= {"repurchased", *(f"{band}_{part}" for band in REPURCHASES for part in ("n", "yes"))}
SINCE_THEN |= {"left_out", "rules"}
SINCE_THEN |= {"csat_other", "csat_scale", "csat_satisfied_from", "effort", "effort_5", "nps_band"}
SINCE_THEN |= {"csat_other_n", "csat_other_satisfied", "band_promoters", "band_passives", "band_detractors"}
SINCE_THEN |= {f"{effort}_{part}" for effort in ("effort", "effort_5") for part in ("n", "sum", "squares", "easy")}
SINCE_THEN |= {"not_answered", "not_placed", "noted", "by_day", "answered_of_asked", "unanswered"}

NOT_ASKED_THEN = {*REPURCHASES, "promoters_lost", "detractors_bound"}
"""Metrics of columns that today's sample has and the first schema had not: their values are not known."""


def of_the_first_schema(url: str) -> None:
    """Make a warehouse by the first step alone."""
    made = Warehouse(url)
    with made.in_turn() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate_module.__file__).parents[1] / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
    made.close()


@pytest.fixture
def old(loaded_sample: Path, tmp_path: Path) -> Path:
    """data/sample as a warehouse of the first schema held it: every row, without the columns and tables added since."""
    file = tmp_path / "old.sqlite"
    of_the_first_schema(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    connection.execute("ATTACH ? AS today", [str(loaded_sample / "servq.sqlite")])
    for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        if table in metadata.tables:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    connection.commit()
    connection.close()
    return file


def rows_of_then(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the first schema, in its columns."""
    connection = sqlite3.connect(file)
    found = {}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in SINCE_THEN]
        if table in metadata.tables:
            columns = ", ".join(f'"{name}"' for name in names)
            found[table] = sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
    connection.close()
    return found


def figures(warehouse: Warehouse, names: Iterable[str]) -> dict[str, object]:
    snapshot = take_snapshot(warehouse, Standards())
    return {
        f"{name} by {by}": [(row.dims, row.reading) for row in measure(snapshot, name, by, Slice())]
        for name in names
        for by in ((), ("channel",), ("week",))
    }


def test_a_warehouse_of_the_first_schema_keeps_every_row_and_every_figure(old: Path, loaded_sample: Path) -> None:
    before = rows_of_then(old)
    assert len(before["response"]) > 10_000
    upgraded = Warehouse(f"sqlite:///{old}")
    assert upgraded.schema_version() == FIRST
    assert migrate(upgraded) is True
    after = rows_of_then(old)
    assert {table: after[table] for table in before} == before
    assert [(check.name, check.found.en) for check in examine(upgraded) if not check.ok] == []
    today, of_then = open_home(loaded_sample), [name for name in METRICS if name not in NOT_ASKED_THEN]
    assert figures(upgraded, of_then) == figures(today, of_then)
    snapshot = take_snapshot(upgraded, Standards())
    rates = [measure(snapshot, name, (), Slice())[0].reading for name in REPURCHASES]
    assert [(reading.value, reading.reason) for reading in rates] == [(None, NOT_FOLLOWED)] * 3
    for warehouse in (upgraded, today):
        warehouse.close()


def test_the_steps_lead_from_the_first_schema_to_today_s_on_postgresql_too(empty_postgres: str) -> None:
    of_the_first_schema(empty_postgres)
    warehouse = Warehouse(empty_postgres)
    assert migrate(warehouse) is True
    warehouse.check()
    warehouse.close()
