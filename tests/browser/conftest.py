"""One dashboard on the sample for all browser tests; a fresh browser page for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import browser_page, running_dashboard


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dashboard")


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    with running_dashboard(home) as found:
        yield found


@pytest.fixture
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


@pytest.fixture
def phone() -> Iterator[Page]:
    with browser_page(390, 844) as found:
        yield found


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests leave their screenshots."""
    return tmp_path_factory.mktemp("pictures")
