"""A dashboard whose PostgreSQL stops and starts again, in a real browser: it recovers by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.dashboard import browser_page, running_dashboard, settled
from tests.stores import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(postgres: Server, sample_on_postgres: str) -> Iterator[Server]:
    """The server of the sample, which runs again afterwards whatever the test did."""
    yield postgres
    if postgres.process is None:
        postgres.start()


def test_a_page_is_there_again_by_itself_when_the_server_is(
    server: Server, sample_on_postgres: str, tmp_path: Path
) -> None:
    finding, trouble = ".sq-title", ".sq-note.bad"
    with (
        running_dashboard(tmp_path, prepare=(), database=sample_on_postgres) as address,
        browser_page() as page,
    ):
        page.goto(address)
        settled(page)
        assert page.locator(finding).count() > 0
        server.stop()
        page.reload()
        page.locator(trouble).wait_for()
        assert "无法连接数据仓库" in page.locator(trouble).inner_text()
        assert page.locator(finding).count() == 0
        server.start()
        page.locator(finding).first.wait_for()
        page.locator(trouble).wait_for(state="detached")
