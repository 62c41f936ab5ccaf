"""Three sources and channel overlap in a real browser: the findings on a channel, down to the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import click_mark, close_dialog, go_to, hover_lines, measured, opened_n, settled

pytestmark = pytest.mark.browser

HALF_A_YEAR = ("--from", "2026-W14", "--to", "2026-W39")


def test_the_executive_s_sentence_leads_to_lenses_and_silos_that_open_as_many_rows_as_they_say(
    address: str, home: Path, page: Page
) -> None:
    page.goto(f"{address}/consistency?week=2026-W39")
    settled(page)
    assert "三源对照 › 互相矛盾：呼叫中心、小程序" in page.locator('[data-testid="stMain"]').inner_text()
    page.locator(".sq-link", has_text="三源对照").click()
    page.locator(".sq-title", has_text="互相矛盾：呼叫中心、小程序、小程序客服组").wait_for()
    settled(page)
    (row,) = measured(home, "complaints_per_100", "--where", "channel=小程序", *HALF_A_YEAR)
    click_mark(page, "chart-lenses-channel", f"▼ {row['value']:.1f}")
    assert opened_n(page) == row["n"]
    close_dialog(page)
    go_to(page, "silos")
    share = page.locator('[class*="st-key-wide-silo-customers"] .textpoint').nth(1)
    both = hover_lines(page, "wide-silo-customers", share)[-1].partition(" /")[0]
    click_mark(page, "wide-silo-customers", share.text_content() or "")
    assert opened_n(page) == int(both.replace(",", ""))
