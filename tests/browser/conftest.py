"""Fixtures of the browser tests: one dashboard on the sample, one tab of one Chromium, empty for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.dashboard import PATIENCE, PHONE, empty, page_in, running_chromium, running_dashboard
from tests.stores import copied

expect.set_options(timeout=PATIENCE)


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


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with its folder: while it runs, no other test in this process could run an event loop."""
    with running_chromium() as found:
        yield found


@pytest.fixture(scope="package")
def tab(chromium: Browser) -> Iterator[Page]:
    """The tab of all tests.

    It has compiled the platform's scripts already: a page in a new profile takes three times the processor time.
    """
    with page_in(chromium) as found:
        yield found


@pytest.fixture
def page(tab: Page) -> Page:
    """The tab, empty, as wide as a screen on a desk, without anything that the test before may have stored."""
    empty(tab)
    return tab


@pytest.fixture
def phone(page: Page) -> Page:
    """The same as wide as a phone."""
    page.set_viewport_size(PHONE)
    return page


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for the tests' screenshots."""
    return tmp_path_factory.mktemp("pictures")
