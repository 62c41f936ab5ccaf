"""Waiting time in a real browser: from the click on another week to the last change in a chart.

The page itself keeps the time: a listener notes the click on the option, an observer every change inside a chart.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.homes import grown_home
from benchmarks.rows import Row, less_is_better
from benchmarks.server import APP, PLAIN_PAGE, Server, running
from servq.records import Label

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET_MS = 700
"""Without a change for so long, a page counts as drawn; the time runs to the last change, not to the end of this."""
PATIENCE_MS = 90_000

WATCH = """() => {
  const chart = node => node instanceof Element && node.closest('[data-testid="stPlotlyChart"]');
  window.bench = {clicked: 0, drawn: 0};
  document.addEventListener('click', event => {
    if (event.target.closest('[role="option"]')) { window.bench.clicked = performance.now(); window.bench.drawn = 0; }
  }, true);
  new MutationObserver(changes => {
    if (changes.some(change => chart(change.target))) window.bench.drawn = performance.now();
  }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}"""
IS_DRAWN = """quiet => window.bench.drawn > window.bench.clicked && performance.now() - window.bench.drawn > quiet
  && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null"""


def browser_is_there() -> bool:
    """Whether a Chromium can be found; without one this part is left out."""
    return any(map(shutil.which, BROWSERS))


def measure(sample: Path, size: int, weeks: int) -> list[Row]:
    """Ours and the plain page in turns, in the same browser: each week for the first time, then once more."""
    from tests.browser.dashboard import browser_page

    with (
        grown_home(sample, size) as home,
        running(APP, home, "servq.out") as ours,
        running(PLAIN_PAGE, home, "plain.out") as plain,
        browser_page() as page,
    ):
        pages = [_opened(page, ours), _opened(page.context.new_page(), plain)]
        turns = [[_choose(one, place) for one in pages] for _ in range(2) for place in range(1, weeks + 1)]
    return [
        _row(f"{size:,} 份，重看的周", f"seen before ({size:,})", turns[weeks:]),
        _row(f"{size:,} 份，头一次看的周", f"seen first ({size:,})", turns[:weeks]),
    ]


def _row(zh: str, en: str, turns: list[list[float]]) -> Row:
    own, other = (median(turn[place] for turn in turns) for place in (0, 1))
    label = Label(f"浏览器：换周到图画完 p50，{zh}", f"browser: new week to charts drawn, p50, {en}")
    return Row(label, "ms", own, other, less_is_better(own, other), len(turns))


def _opened(page: Page, server: Server) -> Page:
    """The page with its charts drawn, watched from now on."""
    from tests.browser.dashboard import DONE

    page.goto(server.address)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE_MS)
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)
    page.evaluate(WATCH)
    return page


def _choose(page: Page, place: int) -> float:
    """Choose the week at this place of the list and wait; the list shows the newest first."""
    page.bring_to_front()
    page.locator(".st-key-week").locator('input, [role="combobox"]').first.click()
    page.locator('[role="option"]').nth(place).click()
    page.wait_for_function(IS_DRAWN, arg=QUIET_MS, timeout=PATIENCE_MS)
    return float(page.evaluate("window.bench.drawn - window.bench.clicked"))
