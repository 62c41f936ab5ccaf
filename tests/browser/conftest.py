"""Fixtures of the browser tests: one dashboard on the sample, one Chromium per file, a page and profile per test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.dashboard import page_in, running_chromium, running_dashboard
from tests.stores import copied


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, loaded_sample: Path) -> Path:
    """The home of the common dashboard, with the sample loaded."""
    return Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("dashboard") / "home"))


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """The common dashboard; nobody loads anything into it."""
    with running_dashboard(home, prepare=()) as found:
        yield found


@pytest.fixture
def empty_home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A home with an empty warehouse, for a dashboard of the test's own."""
    copied(sqlite_template, tmp_path / "home")
    return tmp_path / "home"


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
