"""Failures in a real browser: no warehouse, an empty one, a damaged one, hostile words; a sentence, never a trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import requested, running_dashboard, servq, settled

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> **粗** [点我](http://198.51.100.7/x) $a^2$ <script>alert(2)</script> 服务太差了"


def test_an_empty_warehouse_says_how_to_fill_it(empty_home: Path, page: Page) -> None:
    with running_dashboard(empty_home, prepare=()) as address:
        for path in ("/", "/causes", "/consistency", "/health"):
            page.goto(address + path)
            settled(page)
            text = page.locator('[data-testid="stMain"]').inner_text()
            assert "servq" in text or "还没有" in text
        page.locator('[data-testid="stMain"] a', has_text="载入文件").click()
        page.wait_for_url(lambda url: "/health?part=upload" in url)


def test_a_page_s_own_address_on_a_fresh_server_has_our_menu_and_keeps_its_link(sample_home: Path, page: Page) -> None:
    with running_dashboard(sample_home, prepare=()) as address:
        page.goto(f"{address}/causes?week=2026-W33&channel=OTA")
        settled(page)
        assert "投诉根因" in page.locator('[data-testid="stSidebarNav"]').inner_text()
        assert "channel=OTA" in page.url
        assert "退改规则各处不一" in page.locator('[data-testid="stMain"] .sq-title').first.inner_text()


def test_a_damaged_warehouse_is_named_left_alone_and_not_traced(empty_home: Path, page: Page) -> None:
    with running_dashboard(empty_home, prepare=()) as address:
        broken = empty_home / "servq.sqlite"
        for leftover in empty_home.glob("servq.sqlite-*"):
            leftover.unlink()
        broken.write_bytes(b"this is no database" * 500)
        page.goto(address)
        settled(page)
        text = page.locator('[data-testid="stMain"]').inner_text()
        assert "损坏" in text
        assert "Traceback" not in text
        assert broken.read_bytes().startswith(b"this is no database")


def test_words_of_customers_are_text_whatever_they_contain(tmp_path: Path, page: Page) -> None:
    rows = [f'{number},2026-09-2{number % 7} 10:00,<b>官网</b>,*一组*,2,2,"{HOSTILE}"' for number in range(1, 31)]
    file = tmp_path / "hostile.csv"
    file.write_text("\n".join(["答卷编号,提交时间,渠道,班组,推荐意愿,满意度,意见建议", *rows]), encoding="utf-8")
    servq(tmp_path, "init")
    loaded = servq(tmp_path, "load", "surveys", str(file))
    assert loaded.returncode == 0, loaded.stderr
    with requested(page) as addresses, running_dashboard(tmp_path, prepare=()) as address:
        for path in ("/", "/voices", "/team", "/consistency"):
            page.goto(address + path)
            settled(page)
            assert not page.locator('[data-testid="stMain"] img[src="x"]').count()
            assert not page.locator('[data-testid="stMain"] a[href*="198.51.100.7"]').count()
        page.goto(f"{address}/voices")
        settled(page)
        assert HOSTILE in page.locator('[data-testid="stMain"]').inner_text()
    assert not [url for url in addresses if "198.51.100.7" in url or url.endswith("/x")]
