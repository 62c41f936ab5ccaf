"""A dashboard and a browser for tests and screenshots: real server, real Chromium, nothing else reachable."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, ViewportSize, sync_playwright

from servq.cli import run
from servq.ui.shell.menu import PAGES, PARTS, QUESTIONS, TABS, page_of

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
"""Sizes of screens, in pixels."""
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
SAID = '[data-testid="stMain"] :is(.sq-title, .sq-note)'
"""Every page says its finding, or why it has none."""
DRAWN = """() => [
    document.querySelectorAll('[data-testid="stSkeleton"]').length
        + [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .filter(chart => chart.checkVisibility() && !chart.querySelector('.main-svg')).length,
    document.querySelectorAll('.js-plotly-plot .main-svg').length + document.body.innerText]"""
"""How many parts of the page are still to come (their code is fetched when first needed), and what stands there."""
LOOKS_ALIKE = 3
"""How often in a row, a tenth of a second apart, a page must look as it did before."""
PATIENCE_SECONDS = 300
PATIENCE = PATIENCE_SECONDS * 1000
"""The same in milliseconds, for all that the browser waits for: a loaded machine is no failure."""
DIALOG = '[data-testid="stDialog"]'
NOTICED = """(mark, [x, y]) => {
    const plot = mark.closest('.js-plotly-plot'), box = mark.getBoundingClientRect();
    const still = Math.abs(box.x + box.width / 2 - x) < 1 && Math.abs(box.y + box.height / 2 - y) < 1;
    return still && plot.contains(document.elementFromPoint(x, y)) && !!plot._hoverdata
        && 'plotly_selected' in plot._ev._events }"""
"""Whether a mark has not moved away, nothing lies over it, and its chart knows the mouse and listens to clicks."""
POINTS = ":is(.points .point path, .points path.point)"
"""The points and bars of a chart, trace after trace in the order in which they are drawn."""


def servq(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on the warehouse in `home`."""
    env = os.environ | {"SERVQ_HOME": str(home)}
    env.pop("SERVQ_DATABASE_URL", None)
    return subprocess.run([sys.executable, "-m", "servq", *words], env=env, capture_output=True, text=True, check=False)


def measured(home: Path, metric: str, *words: str) -> list[dict[str, Any]]:
    """The rows that `servq measure` prints for a metric, asked in this process: another takes a second to start."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("SERVQ_HOME", str(home))
        patch.delenv("SERVQ_DATABASE_URL", raising=False)
        assert run(["measure", metric, *words, "--format", "json"]) == 0
    rows: list[dict[str, Any]] = json.loads(said.getvalue())["rows"]
    return rows


@contextmanager
def running_dashboard(home: Path, prepare: tuple[str, ...] = ("init", "demo"), database: str = "") -> Iterator[str]:
    """The address of a dashboard on a warehouse in `home`, prepared by these commands, or on another database."""
    for command in prepare:
        done = servq(home, command)
        assert done.returncode == 0, done.stderr
    port = _free_port()
    env = os.environ | {"SERVQ_HOME": str(home), "SERVQ_DATABASE_URL": database}
    command = [sys.executable, "-m", "servq", "serve", "--port", str(port)]
    with (
        (home / "serve.out").open("w") as out,
        subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out) as run,
    ):
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", run)
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()
            run.wait(PATIENCE_SECONDS)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A Chromium without any page."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    assert found, "no Chromium: run .ci/browser"
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=found, args=FLAGS, headless=True, timeout=2 * PATIENCE)


@contextmanager
def page_in(chromium: Browser, size: ViewportSize = DESK) -> Iterator[Page]:
    """A page in a new profile, in Chinese."""
    context = chromium.new_context(locale="zh-CN", viewport=size, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def empty(tab: Page) -> None:
    """Leave a tab as it was when it was new, but for what it remembers of the platform's scripts."""
    if tab.url.startswith("http"):
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    tab.mouse.move(0, 0)
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.set_viewport_size(DESK)


@contextmanager
def browser_page(size: ViewportSize = DESK) -> Iterator[Page]:
    """The same in a Chromium of its own."""
    with running_chromium() as chromium, page_in(chromium, size) as page:
        yield page


@contextmanager
def requested(page: Page) -> Iterator[list[str]]:
    """Collect the addresses that a page asks for."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(request.url)

    page.on("request", note)
    try:
        yield found
    finally:
        page.remove_listener("request", note)


def settled(page: Page) -> None:
    """Wait until the script has ended, nothing is left to draw and several looks find the same; fail on an error box.

    Looks are counted, not seconds: each waits for what the page has still to do, so that a slow machine gets longer.
    After a click this is not enough: on a slow machine the page is at rest before it has noticed the click. Wait first
    for what the click brings (`until_link_says`, `opened_n`, `go_to`).
    """
    page.wait_for_selector(DONE)
    page.wait_for_selector(SAID)
    last, alike, end = None, 0, time.monotonic() + PATIENCE_SECONDS
    while alike < LOOKS_ALIKE:
        page.wait_for_timeout(100)
        missing, now = page.evaluate(DRAWN)
        still = not missing and now == last and page.locator(DONE).count()
        last, alike = now, alike + 1 if still else 0
        assert time.monotonic() < end, f"the page never came to rest; {missing} parts are missing"
    assert not page.locator('[data-testid="stException"]').count(), page.locator(
        '[data-testid="stException"]'
    ).inner_text()


def query(page: Page) -> dict[str, list[str]]:
    """The parameters in the page's link."""
    return parse_qs(urlparse(page.url).query)


def until_link_says(page: Page, name: str, *values: str) -> None:
    """Wait until a choice is in the link (without values: has left it), and the page is at rest."""
    page.wait_for_url(lambda url: parse_qs(urlparse(url).query).get(name, []) == list(values))
    settled(page)


def go_to(page: Page, part: str) -> None:
    """Go to another page by the menu, and to a part of it by its tab; wait until its own question is asked."""
    name = page_of(part)
    page.locator('[data-testid="stSidebarNav"] a', has_text=PAGES[name].zh).click()
    page.wait_for_url(f"**/{name}**")
    if part != PARTS[name][0]:
        page.locator(".sq-ask", has_text=QUESTIONS[PARTS[name][0]].zh).wait_for()
        open_tab(page, part)
    page.locator(".sq-ask", has_text=QUESTIONS[part].zh).wait_for()
    settled(page)


def open_tab(page: Page, part: str) -> None:
    """Open another part of the page by its tab."""
    page.get_by_role("tab", name=TABS[part].zh, exact=True).click()
    page.locator(".sq-ask", has_text=QUESTIONS[part].zh).wait_for()
    settled(page)


def number(text: str) -> int:
    """The n in a text, as in `n = 1,234` or `n=12`."""
    found = re.search(r"n ?= ?([\d,]+)", text)
    assert found, f"no n in {text!r}"
    return int(found[1].replace(",", ""))


def opened_n(page: Page) -> int:
    """The n that the dialog shows."""
    page.wait_for_selector(f"{DIALOG} .sq-title")
    settled(page)
    return number(page.locator(f"{DIALOG} .sq-title").inner_text())


def close_dialog(page: Page) -> None:
    """Close the dialog as a reader does."""
    page.keyboard.press("Escape")
    page.wait_for_selector(DIALOG, state="detached")
    settled(page)


def points(page: Page, chart: str, trace: str = "") -> Locator:
    """The points or bars of a chart, of all its traces or of those that a selector names."""
    return page.locator(f'[class*="st-key-{chart}"] {trace} {POINTS}')


def point_at(page: Page, mark: Locator) -> None:
    """Move the mouse to the middle of a chart's mark, until the chart has registered it."""
    mark.scroll_into_view_if_needed()
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        box = mark.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(100)
        if mark.evaluate(NOTICED, [x, y]):
            return
        assert time.monotonic() < end, "the chart never noticed the mouse"


def click_on(page: Page, mark: Locator) -> None:
    """Click the middle of a chart's mark, or a button.

    A chart loses a click that comes before it has noticed the mouse, as on a slow machine.
    """
    if not mark.evaluate("mark => !!mark.closest('.js-plotly-plot')"):
        mark.click()
        return
    point_at(page, mark)
    page.mouse.down()
    page.mouse.up()


def click_mark(page: Page, chart: str, text: str) -> None:
    """Click the mark of a chart that carries this text (a matrix field's value)."""
    click_on(page, page.locator(f'[class*="st-key-{chart}"] .textpoint', has_text=text).first)


def click_point(page: Page, chart: str, place: int = 0) -> None:
    """Click the nth point or bar of a chart."""
    click_on(page, points(page, chart).nth(place))


def hover_lines(page: Page, chart: str, mark: Locator) -> list[str]:
    """The hover text of a mark, line by line."""
    label = page.locator(f'[class*="st-key-{chart}"] .hoverlayer .hovertext .line')
    page.mouse.move(1, 1)  # leave the mark where the mouse was, which may still speak
    label.first.wait_for(state="detached")
    point_at(page, mark)
    label.first.wait_for()
    return label.all_text_contents()  # all lines of a label are drawn at once


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, run: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert run.poll() is None, "the dashboard ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer at {address}")
