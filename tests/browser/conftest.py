"""Fixtures of the browser tests: one dashboard on the sample, one Chromium per file, a page and profile per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.dashboard import page_in, running_chromium, running_dashboard


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dashboard")


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    with running_dashboard(home) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ends with its file: while it runs, no other test in this process could run an event loop."""
    with running_chromium() as found:
        yield found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with page_in(chromium) as found:
        yield found


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with page_in(chromium, 390, 844) as found:
        yield found


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the tests' screenshots."""
    return tmp_path_factory.mktemp("pictures")
