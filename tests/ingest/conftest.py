"""Fixtures of loading: rows from keyword arguments, loaded as a file, and SQL questions to the warehouse."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servq.ingest import load_file
from servq.records import LoadReport
from servq.warehouse.store.engine import Warehouse
from tests.loaders.exports import write_csv

Load = Callable[..., LoadReport]
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def warehouse(each_warehouse: Warehouse) -> Warehouse:
    """An empty warehouse: loading is tested on both stores."""
    return each_warehouse


def home_of(warehouse: Warehouse) -> Path:
    """The home of a warehouse: the folder of its file, or one that goes with its server."""
    url = warehouse.url
    if url.get_backend_name() == "sqlite":
        return Path(str(url.database)).parent
    home = Path(str(url.query["host"])) / f"home-of-{url.database}"
    home.mkdir(exist_ok=True)
    return home


@pytest.fixture
def home(warehouse: Warehouse) -> Path:
    """The home of the warehouse: the folder of its file, or one beside the server's data."""
    return home_of(warehouse)


@pytest.fixture
def load(warehouse: Warehouse, home: Path, tmp_path: Path) -> Load:
    """Load rows given by words, as the file of that name."""

    def call(*rows: dict[str, str], source: str = "surveys", name: str = "a.csv", **options: Any) -> LoadReport:
        return load_file(warehouse, home, write_csv(tmp_path / name, rows), source, **options)

    return call


def answers_to(warehouse: Warehouse, statement: str) -> list[tuple[Any, ...]]:
    """The rows that a statement gives; JSON and days as the text that SQLite keeps, also from PostgreSQL."""
    with warehouse.read() as connection:
        return [tuple(map(_as_text, row)) for row in connection.exec_driver_sql(statement)]


def _as_text(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    """The rows that a statement gives."""

    def call(statement: str) -> list[tuple[Any, ...]]:
        return answers_to(warehouse, statement)

    return call
