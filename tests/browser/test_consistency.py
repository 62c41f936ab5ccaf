"""The executive's page in a real browser: the planted truth comes first, and a field opens evidence and rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import DIALOG, click_mark, measured, opened_n, settled

pytestmark = pytest.mark.browser

PERIOD = ("--from", "2026-W14", "--to", "2026-W39")


def test_the_broken_promise_comes_first_and_opens_its_evidence(
    address: str, home: Path, page: Page, pictures: Path
) -> None:
    page.goto(f"{address}/consistency?week=2026-W39&span=26")
    settled(page)
    first = page.locator('[data-testid="stMain"] .sq-title').first.inner_text()
    assert first == "2 项承诺未兑现：小程序 响应承诺（自 W33 起）、OTA 退改规则与官网不一致"
    text = page.locator('[data-testid="stMain"]').inner_text()
    assert "未兑现 2" in text
    assert "✕ OTA：“退改规则各渠道与官网一致”" in text
    (row,) = measured(home, "sla_attainment", "--where", "channel=小程序", *PERIOD)
    click_mark(page, "wide-channel-matrix", f"{row['value']:.1f}")
    assert opened_n(page) == row["n"]
    assert "▼ 不一致，较差：小程序" in page.locator(DIALOG).inner_text()
    page.screenshot(path=pictures / "evidence-opened.png")
