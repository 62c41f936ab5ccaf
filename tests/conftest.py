"""Fixtures for every test: a home of its own, the sample loaded once, and the real files kept outside the project."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from servq.ingest import load_file
from servq.loaders.sources.catalog import SOURCES
from servq.query import Snapshot, take_snapshot
from servq.settings import read_settings
from servq.standards import read_standards
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from tests.scheduling import Units, folder_of, longest_first
from tests.stores import (  # noqa: F401 - fixtures for every test
    STORES,
    WAREHOUSE,
    Server,
    copied,
    each_warehouse,
    empty_postgres,
    new_store,
    postgres,
    postgres_template,
    postgres_url,
    shared_warehouse,
    sqlite_template,
    sqlite_url,
    store_url,
)
from tests.temporary import made_once, write_to_memory

write_to_memory()

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("exploring", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
"""The same examples in every run, so that only a change makes one fail; HYPOTHESIS_PROFILE=exploring looks further."""

ROOT = Path(__file__).resolve().parents[1]


NOT_COUNTED = ("architecture", "benchmarks", "browser", "data", "journeys", "pages", "proofs")
"""Folders whose tests run other processes, look at files, or open pages: what they reach of the core is not counted."""
COUNTED_ON_SQLITE = "query"
"""Folder whose tests run the same code on both stores: what differs between stores lies in the warehouse."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count coverage where the core runs in the test's process: counting makes what it watches up to twice as slow."""
    for item in items:
        folder = folder_of(item.path)
        if folder in NOT_COUNTED or (folder == COUNTED_ON_SQLITE and "[postgresql" in item.name):
            item.add_marker("no_cover")
    longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`--dist loadfile` with the browser tests together."""
    return Units(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.fixture(scope="session", autouse=True)
def _no_test_touches_the_users_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SERVQ_DATABASE_URL", "SERVQ_DATA"):
            patch.delenv(name, raising=False)
        patch.setenv("SERVQ_HOME", str(tmp_path_factory.mktemp("nobody") / "home"))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the real files; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("SERVQ_CORPORA") or ROOT.parent / "shared" / "corpora")
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here; set SERVQ_CORPORA to the folder of the real files")
    return folder


def open_home(home: Path) -> Warehouse:
    """The warehouse in a home."""
    return Warehouse(f"sqlite:///{home / WAREHOUSE}")


@pytest.fixture(scope="session")
def loaded_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with data/sample loaded, the same for all tests: read it, never write it."""

    def load(home: Path) -> None:
        warehouse = open_home(home)
        migrate(warehouse)
        _load_sample(warehouse, home)
        warehouse.close()

    home = tmp_path_factory.mktemp("sample") / "home"
    shutil.copytree(made_once(tmp_path_factory, "loaded", load), home)
    return home


def _load_sample(warehouse: Warehouse, home: Path) -> None:
    for source in SOURCES.values():
        load_file(warehouse, home, ROOT / "data" / "sample" / source.sample, source.name)


@pytest.fixture
def sample_home(loaded_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test's own with data/sample loaded; SERVQ_HOME names it."""
    home = tmp_path / "sample_home"
    shutil.copytree(loaded_sample, home)
    monkeypatch.setenv("SERVQ_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def sample(loaded_sample: Path) -> Iterator[Snapshot]:
    """The snapshot of data/sample, judged by data/standards.toml."""
    warehouse = open_home(loaded_sample)
    yield take_snapshot(warehouse, read_standards(read_settings().data / "standards.toml"))
    warehouse.engine.dispose()


@pytest.fixture(scope="session")
def sample_on_postgres(request: pytest.FixtureRequest, loaded_sample: Path) -> str:
    """The URL of a PostgreSQL warehouse with data/sample loaded, for all tests: read it, never write it."""
    server: Server = request.getfixturevalue("postgres")
    url = server.url(server.create(request.getfixturevalue("postgres_template")))
    warehouse = Warehouse(url)
    _load_sample(warehouse, loaded_sample)
    warehouse.close()
    return url


@pytest.fixture(scope="session", params=STORES)
def each_sample(request: pytest.FixtureRequest) -> Iterator[Snapshot]:
    """The same as `sample`, once from SQLite and once from PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sample")
        return
    warehouse = Warehouse(request.getfixturevalue("sample_on_postgres"))
    yield take_snapshot(warehouse, read_standards(read_settings().data / "standards.toml"))
    warehouse.close()


@pytest.fixture
def warehouse(request: pytest.FixtureRequest) -> Iterator[Warehouse]:
    """An empty warehouse of this test's own, in a home of its own (`warehouse.url.database`)."""
    empty = Warehouse(request.getfixturevalue("sqlite_url"))
    yield empty
    empty.engine.dispose()
