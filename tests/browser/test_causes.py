"""The team lead's way in a real browser: the planted cause comes first, and a click on it shows its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import DIALOG, click_on, close_dialog, opened_n, query, settled, until_link_says

pytestmark = pytest.mark.browser

FIRST_BAR = '[class*="st-key-chart-pareto-named"] .barlayer .trace:nth-child(2) .point path'
LABELS = '[class*="st-key-chart-pareto-named"] .textpoint'
NAMES = '[class*="st-key-chart-pareto-named"] .ytick text'


def test_the_planted_causes_come_first_and_a_click_shows_the_words_that_prove_it(
    address: str, page: Page, pictures: Path
) -> None:
    page.goto(f"{address}/causes?week=2026-W39&span=26&channel=OTA")  # c
    settled(page)
    assert "说得最多：退改规则各处不一" in page.locator(".sq-title").first.inner_text()
    assert page.locator(NAMES).first.text_content().strip() == "退改规则各处不一"
    n = int(page.locator(LABELS).first.text_content().split()[0])
    click_on(page, page.locator(FIRST_BAR).first)
    assert opened_n(page) == n
    assert query(page)["cause"] == ["money.rules"]
    assert page.locator(f"{DIALOG} mark").count() >= 50, "in each of the first fifty complaints one at least"
    assert "官网" in " ".join(page.locator(f"{DIALOG} mark").all_inner_texts())
    page.screenshot(path=pictures / "cause-opened.png")
    close_dialog(page)
    until_link_says(page, "cause")

    page.goto(f"{address}/causes?week=2026-W39&span=8&channel=小程序")  # a
    settled(page)
    assert "登记分类（核对用）：响应与等待" in page.locator("[data-testid='stMain']").inner_text()
