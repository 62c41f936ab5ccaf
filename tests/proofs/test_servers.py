"""PostgreSQL stopped and started: in the middle of a load, between two statements, before the first one."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from servq.errors import WarehouseUnavailable
from servq.ingest import load_file
from servq.loaders.cells import chunks
from servq.warehouse.books import load_log
from servq.warehouse.store.engine import Warehouse
from tests.proofs.conftest import ROWS_PER_CHUNK, fingerprint
from tests.proofs.test_kill import faults
from tests.stores import Server

each_end = pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])


@pytest.fixture
def server(postgres: Server, postgres_url: str) -> Iterator[Server]:
    """The server of the test's database, which runs again afterwards whatever the test did."""
    yield postgres
    if postgres.process is None:
        postgres.start()


@each_end
def test_a_server_that_goes_away_in_mid_load_leaves_the_state_before_and_the_same_load_finishes_later(
    server: Server,
    postgres_url: str,
    proof_home: Path,
    earlier: Path,
    export: Path,
    how: signal.Signals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_ROWS", ROWS_PER_CHUNK)
    warehouse = Warehouse(postgres_url)
    load_file(warehouse, proof_home, earlier, "surveys")
    before, seen = fingerprint(postgres_url), list[int]()

    def pull_the_plug(rows: int) -> None:
        seen.append(rows)
        if len(seen) == 4:
            server.stop(how)

    with pytest.raises(WarehouseUnavailable) as refused:
        load_file(warehouse, proof_home, export, "surveys", progress=pull_the_plug)
    assert "cannot be reached" in refused.value.en
    assert len(seen) == 4
    server.start()
    assert fingerprint(postgres_url) == before
    assert load_file(warehouse, proof_home, export, "surveys").status == "loaded"
    warehouse.close()
    assert faults(postgres_url) == []


@each_end
def test_questions_are_answered_again_as_soon_as_the_server_is_back(
    server: Server, postgres_url: str, how: signal.Signals
) -> None:
    warehouse = Warehouse(postgres_url)
    with warehouse.read() as connection:
        assert load_log.last_load_id(connection) == 0
    server.stop(how)
    for _ in range(2):
        with pytest.raises(WarehouseUnavailable, match="connects again by itself"), warehouse.read():
            pass
    server.start()
    with warehouse.read() as connection:
        assert load_log.last_load_id(connection) == 0
    warehouse.close()


def test_a_server_that_goes_away_while_an_answer_is_read_is_said_too(server: Server, postgres_url: str) -> None:
    warehouse = Warehouse(postgres_url)

    def read_on() -> None:
        with warehouse.read() as connection:
            server.stop()
            load_log.last_load_id(connection)

    with pytest.raises(WarehouseUnavailable, match="cannot be reached"):
        read_on()
    warehouse.close()


def test_no_message_holds_the_password(server: Server, postgres_url: str) -> None:
    server.stop()
    secret = postgres_url.replace("servq@", "servq:geheim@") + "&sslpassword=geheim"
    warehouse = Warehouse(secret)
    with pytest.raises(WarehouseUnavailable) as refused, warehouse.read():
        pass
    assert "geheim" not in refused.value.message
    assert "geheim" not in repr(warehouse.url) + repr(warehouse.engine) + warehouse.place
    warehouse.close()
