"""The promise register in a real browser: the two planted broken promises and no others are broken; one is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import DIALOG, click_mark, close_dialog, measured, opened_n, settled

pytestmark = pytest.mark.browser

PERIOD = ("--from", "2026-W14", "--to", "2026-W39")
MAIN = '[data-testid="stMain"]'


def test_planted_promises_are_broken_no_other_is_and_an_administrator_changes_one(
    address: str, home: Path, page: Page, pictures: Path
) -> None:
    page.goto(f"{address}/consistency?part=promises&week=2026-W39&span=26&promise=call-back")
    settled(page)
    text = page.locator(MAIN).inner_text()
    assert text.count("✕") - text.count("✕ 未兑现") == 4, "two in the list, two on the board"
    assert "承诺台账：兑现 16 · 未兑现 2 · 暂无定论 " in text
    assert "✕ 小程序：“30 分钟内响应”" in text
    assert "✕ OTA：“退改规则各渠道与官网一致”" in text
    (row,) = measured(home, "complaints", "--where", "channel=OTA", *PERIOD)
    click_mark(page, "wide-register", "✕ 29.7%")
    assert opened_n(page) == row["n"]
    assert "退改规则与官网不一致：查看这 84 件投诉 ›" in page.locator(DIALOG).inner_text()
    close_dialog(page)

    page.get_by_role("button", name="修改", exact=True).click()
    for label, typed in (("%", "20"), ("为什么（必填）", "质量会决定")):
        field = page.get_by_label(label, exact=True)
        field.fill(typed)
        field.press("Enter")
        settled(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector(f"{MAIN} .sq-note:has-text('已保存：“承诺回电必回”')")
    settled(page)
    told = page.locator(f"{MAIN} .sq-table").nth(1).inner_text()
    assert re.search(r"· 修改\s+界限 ≤ 25 → ≤ 20\s[^·]*质量会决定", told)
    assert "promises.toml · 文件原有" in told
    page.screenshot(path=pictures / "promise-changed.png", full_page=True)
