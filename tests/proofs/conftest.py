"""Fixtures of crash tests: a small warehouse, a file that changes it, and a runner whose commands can be killed.

| file        | rows | what it does                                                                        |
|-------------|------|-------------------------------------------------------------------------------------|
| earlier.csv |   30 | loaded already                                                                      |
| export.csv  |  200 | 10 rows changed since, 20 the same, 165 new, 5 that cannot be trusted; 10 chunks    |
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from servq.ingest import load_file
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.ops_tables import metadata
from tests.conftest import ROOT
from tests.loaders.exports import survey, write_csv

ROWS, ROWS_PER_CHUNK = 200, 20

_MOMENTS = {"started_at", "finished_at", "synced_at", "done_at", "loaded_by"}
_NUMBERS = {"quarantine_id", "erasure_id"}
_LOADS = {"load_id", "released_by"}


@dataclass(frozen=True)
class Ended:
    """The end of a command: a negative code is the signal that killed it."""

    code: int
    seconds: float
    said: str


class Children:
    """Runs commands of servq, each in a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._said = (home.parent / f"said-{number}-" for number in count())
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # a process with threads is not to be forked
        self._run = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.children", str(ROWS_PER_CHUNK)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def together(self, *commands: list[str], **order: Any) -> list[Ended]:
        """Run commands at once; `signal` and `after` seconds, `file_bytes`, `user` as children.py reads them."""
        assert self._run.stdin is not None
        assert self._run.stdout is not None
        usual = {"signal": 0, "after": 0.0, "file_bytes": 0, "user": 0, "home": str(self.home)}
        told = usual | order | {"commands": commands, "said": str(next(self._said))}
        self._run.stdin.write(json.dumps(told) + "\n")
        self._run.stdin.flush()
        return [Ended(**answer) for answer in json.loads(self._run.stdout.readline())]

    def run(self, *words: str, **order: Any) -> Ended:
        """Run one command."""
        (ended,) = self.together(list(words), **order)
        return ended

    def end(self) -> None:
        assert self._run.stdin is not None
        assert self._run.stdout is not None
        self._run.stdin.close()
        self._run.wait(60)
        self._run.stdout.close()


@pytest.fixture(scope="session")
def proof_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of every load here: one key, so that a customer has one pseudonym."""
    home = tmp_path_factory.mktemp("proofs") / "home"
    home.mkdir()
    return home


@pytest.fixture(scope="session")
def children(proof_home: Path) -> Iterator[Children]:
    """The runner of commands that may be killed."""
    started = Children(proof_home)
    yield started
    started.end()


def _row(number: int, **cells: str) -> dict[str, str]:
    day = f"2026-0{1 + number % 8}-{1 + number % 27:02d} 10:{number % 60:02d}"
    said = f"第{number}位客人说等了{number % 50}分钟" if number % 3 else ""
    row = survey(response_id=f"{number:05d}", answered_at=day, likelihood=str(number % 11), comment=said)
    return row | {"customer_id": f"M{number % 200}", "updated_at": "2026-09-01 08:00"} | cells


@pytest.fixture(scope="session")
def earlier(proof_home: Path) -> Path:
    return write_csv(proof_home.parent / "earlier.csv", [_row(number) for number in range(30)])


@pytest.fixture(scope="session")
def export(proof_home: Path) -> Path:
    """The file of the loads that are killed."""
    changed = [_row(number, likelihood="0", updated_at="2026-09-02 08:00") for number in range(10)]
    bad = [_row(number, likelihood="11") for number in range(ROWS - 5, ROWS)]
    same = [_row(number) for number in range(10, ROWS - 5)]
    return write_csv(proof_home.parent / "export.csv", [*changed, *same, *bad])


@pytest.fixture(scope="session")
def fresh(proof_home: Path) -> Path:
    """A file of new rows only, whose load can be undone, with five that cannot be trusted."""
    good = [_row(number) for number in range(30, ROWS - 5)]
    bad = [_row(number, likelihood="11") for number in range(ROWS - 5, ROWS)]
    return write_csv(proof_home.parent / "fresh.csv", [*good, *bad])


@pytest.fixture
def begun(new_store: Callable[[], str], proof_home: Path, earlier: Path) -> Callable[[], str]:
    """Make a warehouse of this test's store with earlier.csv in it; its URL."""

    def make() -> str:
        url = new_store()
        warehouse = Warehouse(url)
        load_file(warehouse, proof_home, earlier, "surveys")
        warehouse.close()
        return url

    return make


def fingerprint(url: str) -> str:
    """A hash of a warehouse's content, the same on both stores and whenever it was loaded.

    Loads are numbered anew: a load that was undone has used up its number on PostgreSQL.
    """
    digest = hashlib.sha256()
    warehouse = Warehouse(url)
    with warehouse.read() as connection:
        ids = connection.scalars(select(metadata.tables["load_log"].c.load_id).order_by("load_id")).all()
        rank = {load_id: place for place, load_id in enumerate(ids)}
        for table in metadata.sorted_tables:
            kept = [column for column in table.c if column.name not in _MOMENTS | _NUMBERS]
            at = {place for place, column in enumerate(kept) if column.name in _LOADS}
            rows = [
                repr([rank.get(value, value) if place in at else value for place, value in enumerate(row)])
                for row in connection.execute(select(*kept))
            ]
            digest.update("\n".join([table.name, *sorted(rows)]).encode())
    warehouse.close()
    return digest.hexdigest()
