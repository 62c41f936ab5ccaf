"""What loading is tested with: rows told by words, as a file that is loaded, and plain questions to the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from servq.ingest import load_file
from servq.records import LoadReport
from servq.warehouse.engine import Warehouse
from tests.loaders.exports import write_csv

Load = Callable[..., LoadReport]
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def home(warehouse: Warehouse) -> Path:
    """The home in which the warehouse lies."""
    return Path(str(warehouse.url.database)).parent


@pytest.fixture
def load(warehouse: Warehouse, home: Path, tmp_path: Path) -> Load:
    """Load rows given by words, as the file of that name."""

    def call(*rows: dict[str, str], source: str = "surveys", name: str = "a.csv", **options: Any) -> LoadReport:
        return load_file(warehouse, home, write_csv(tmp_path / name, rows), source, **options)

    return call


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    """The rows that a statement gives."""

    def call(statement: str) -> list[tuple[Any, ...]]:
        with warehouse.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    return call
