"""Pages whose PostgreSQL stops: they say so, and work again when the server does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.ui import dashboard
from servq.ui.shell import store
from servq.warehouse.store.engine import Warehouse
from tests.conftest import ROOT
from tests.stores import Server

NOT_REACHED, FINDING = "无法连接数据仓库", '<h1 class="sq-title">'


@pytest.fixture
def server(postgres: Server, postgres_url: str) -> Iterator[Server]:
    """The server of the test's database, which runs again afterwards whatever the test did."""
    yield postgres
    if postgres.process is None:
        postgres.start()


@pytest.fixture
def app(
    server: Server, postgres_url: str, proof_home: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    """The dashboard on a PostgreSQL warehouse with some answers in it."""
    warehouse = Warehouse(postgres_url)
    load_file(warehouse, proof_home, export, "surveys")
    warehouse.close()
    monkeypatch.setenv("SERVQ_DATABASE_URL", postgres_url)
    for cache in (st.cache_data, st.cache_resource):
        cache.clear()
    yield AppTest.from_file(dashboard.__file__, default_timeout=300)
    if server.process is None:
        server.start()
    store.snapshot().warehouse.close()
    for cache in (st.cache_data, st.cache_resource):
        cache.clear()


HEALTH = """
import runpy
from servq.ui.shell import shell
shell.plainly(lambda: runpy.run_path({page!r}))()
"""
"""The page 数据健康 as the dashboard runs it; AppTest goes past the dashboard's script to any page but the first."""


def said(app: AppTest) -> str:
    """What the page drew; an error of Streamlit's own fails the test."""
    assert not app.exception, app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_a_page_says_that_the_server_is_gone_and_recovers_by_itself(
    app: AppTest, server: Server, how: signal.Signals
) -> None:
    assert FINDING in said(app.run())
    server.stop(how)
    for _ in range(2):
        text = said(app.run())
        assert NOT_REACHED in text
        assert FINDING not in text
    server.start()
    text = said(app.run())
    assert NOT_REACHED not in text
    assert FINDING in text


@pytest.mark.usefixtures("app")
def test_a_server_that_goes_away_in_the_middle_of_a_page_is_said_too(server: Server) -> None:
    app = AppTest.from_string(HEALTH.format(page=str(ROOT / "pages" / "health.py")), default_timeout=300)
    assert FINDING in said(app.run())
    engine, asked = store.snapshot().warehouse.engine, list[int]()

    def goes_away(*_: object) -> None:
        asked.append(1)
        if len(asked) == 1:
            server.stop()

    # the first answer of a run is the state of the warehouse; the rows that this page shows come after it
    event.listen(engine, "checkin", goes_away)
    text = said(app.run())
    event.remove(engine, "checkin", goes_away)
    assert asked
    assert NOT_REACHED in text
    server.start()
    text = said(app.run())
    assert NOT_REACHED not in text
    assert FINDING in text
