"""Fixtures of sync: a table of survey answers in a foreign database of each kind, and a servq.toml that names it.

answer: id, written (the watermark), answered_at, channel, team, score, words
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from servq.configuration import read_configuration
from servq.ingest.sync.sync import pull_feed
from servq.loaders.feeds.feed_entries import read_feeds
from servq.records.feed import FeedReport
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from tests.cli.conftest import empty, home, prepared, program, servq  # noqa: F401 - the same commands, in an own home
from tests.conftest import open_home
from tests.sync.mariadb import PASSWORD, MariaDB, installed_mariadb

BACKENDS = ("sqlite", "postgresql", "mariadb")
MOMENT = {"sqlite": "TEXT", "postgresql": "timestamp", "mariadb": "DATETIME"}
MAP = """
source = "surveys"
[columns]
response_id = "id"
answered_at = "answered_at"
channel = "channel"
team = "team"
likelihood = "score"
comment = "words"
"""


@dataclass(frozen=True)
class Elsewhere:
    """A foreign database.

    Attributes:
        url: as servq.toml names it, without a password.
        own: the URL by which its owner writes.
    """

    backend: str
    url: str
    own: str

    def say(self, *statements: str, **values: Any) -> None:
        """Run statements as the owner."""
        engine = create_engine(self.own, poolclass=NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)
        engine.dispose()

    def put(self, *rows: tuple[Any, str], words: str = "很好", score: Any = 9) -> None:
        """Write answers, each as (id, watermark)."""
        for identity, written in rows:
            self.say(
                "INSERT INTO answer VALUES (:id, :written, '2026-03-05 10:00:00', 'OTA', '甲', :score, :words)",
                id=str(identity),
                written=written,
                words=words,
                score=score,
            )


def make_table(elsewhere: Elsewhere, watermark: str = "") -> Elsewhere:
    """The table `answer`; its watermark is a time unless told."""
    moment = MOMENT[elsewhere.backend]
    elsewhere.say(
        f"CREATE TABLE answer (id VARCHAR(40), written {watermark or moment}, answered_at {moment},"
        " channel VARCHAR(40), team VARCHAR(40), score DECIMAL(4, 1), words TEXT)"
    )
    return elsewhere


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDB]:
    """A running MariaDB; skips where none is installed."""
    server = installed_mariadb()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Elsewhere:
    """An empty foreign database, once of each kind."""
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'crm.sqlite'}"
        return Elsewhere(backend, url, url)
    if backend == "postgresql":
        url = request.getfixturevalue("empty_postgres")
        return Elsewhere(backend, url, url)
    server: MariaDB = request.getfixturevalue("mariadb")
    name = server.create()
    own = make_url(server.url(name, "root")).set(drivername="mariadb+pymysql")
    return Elsewhere(backend, server.url(name), own.render_as_string(hide_password=False))


@pytest.fixture
def answers(elsewhere: Elsewhere) -> Elsewhere:
    """The table of the docstring, empty."""
    return make_table(elsewhere)


Configure = Callable[..., Path]


@pytest.fixture
def configure(home: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:  # noqa: F811
    """Write a servq.toml whose entries are given as dicts; the map of `answer` is maps/crm.toml."""
    monkeypatch.setenv("CRM_PASSWORD", PASSWORD)

    def call(*entries: dict[str, Any]) -> Path:
        (home / "maps").mkdir(parents=True, exist_ok=True)
        (home / "maps" / "crm.toml").write_text(MAP, encoding="utf-8")
        lines = [line for entry in entries for line in ("[[source]]", *(f"{k} = {_toml(v)}" for k, v in entry.items()))]
        (home / "servq.toml").write_text("\n".join(lines), encoding="utf-8")
        return home / "servq.toml"

    return call


def crm(elsewhere: Elsewhere, **keys: Any) -> dict[str, Any]:
    """The entry that pulls `answer`."""
    usual = {"name": "crm", "kind": "database", "source": "surveys", "url": elsewhere.url, "map": "maps/crm.toml"}
    secret = {"password_env": "CRM_PASSWORD"} if elsewhere.backend == "mariadb" else {}
    return usual | secret | ({} if "query" in keys else {"table": "answer"}) | {"watermark": "written"} | keys


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty warehouse, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "home"
    migrated = open_home(folder)
    migrate(migrated)
    migrated.close()
    return folder


@pytest.fixture
def warehouse(made: Path, home: Path) -> Iterator[Warehouse]:  # noqa: F811
    """An empty warehouse of this test's own, in its home."""
    shutil.copytree(made, home, dirs_exist_ok=True)
    opened = open_home(home)
    yield opened
    opened.close()


Pull = Callable[..., FeedReport]


@pytest.fixture
def pull(home: Path, warehouse: Warehouse) -> Pull:  # noqa: F811
    """Pull the first feed of servq.toml into the warehouse."""

    def call(**options: Any) -> FeedReport:
        feed, *_ = read_feeds(read_configuration(home))
        report = pull_feed(warehouse, home, feed, **options)
        print(report.status, report.message)  # pytest shows it where a test fails
        return report

    return call


def counts(report: FeedReport) -> list[tuple[int, int, int, int, int]]:
    """The counts of each load: new, updated, the same again, contradicting, quarantined."""
    assert all(one.adds_up for one in report.loads)
    return [(one.loaded, one.updated, one.duplicates, one.conflicts, one.quarantined) for one in report.loads]


def ask(warehouse: Warehouse, statement: str) -> list[tuple[Any, ...]]:
    with warehouse.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, int) else "'''" + str(value) + "'''"
