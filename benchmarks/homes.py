"""Homes for a measurement: a warehouse with the sample, and copies of it with any number of responses."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.made import fill
from benchmarks.server import ROOT
from servq.ingest import load_file
from servq.loaders.sources.catalog import SOURCES
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate

DATABASE = "servq.sqlite"


@contextmanager
def sample_home() -> Iterator[Path]:
    """A home with `data/sample` loaded; gone with the block."""
    with tempfile.TemporaryDirectory(prefix="servq-bench-") as folder:
        home = Path(folder)
        warehouse = Warehouse(f"sqlite:///{home / DATABASE}")
        migrate(warehouse)
        for source in SOURCES.values():
            load_file(warehouse, home, ROOT / "data" / "sample" / source.sample, source.name)
        warehouse.engine.dispose()
        yield home


@contextmanager
def grown_home(sample: Path, count: int) -> Iterator[Path]:
    """A copy of the sample's home with `count` responses; gone with the block."""
    with tempfile.TemporaryDirectory(prefix="servq-bench-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(sample, home)
        warehouse = Warehouse(f"sqlite:///{home / DATABASE}")
        fill(warehouse, count)
        warehouse.engine.dispose()
        yield home
