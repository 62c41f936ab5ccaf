"""Links, filters and language: a copied link opens the same view, and the filter is kept from page to page."""

from __future__ import annotations

from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page

from servq.ui.shell.menu import FIRST, PARTS, path_of
from tests.browser.dashboard import go_to, page_in, query, requested, settled, until_link_says

pytestmark = pytest.mark.browser

EVERY_PART = [path_of(part) for parts in PARTS.values() for part in parts if part != FIRST]


def test_the_week_stands_in_the_link_although_nobody_chose_it(address: str, page: Page) -> None:
    page.goto(address)
    settled(page)
    assert query(page)["week"] == ["2026-W39"]


def test_a_copied_link_opens_the_same_view_elsewhere(address: str, page: Page, chromium: Browser) -> None:
    page.goto(f"{address}/?week=2026-W33&channel=小程序&span=13&segment=商务客")
    settled(page)
    said, link = page.locator('[data-testid="stMain"]').inner_text(), page.url
    with page_in(chromium) as elsewhere:
        elsewhere.goto(link)
        settled(elsewhere)
        assert elsewhere.locator('[data-testid="stMain"]').inner_text() == said
    assert "渠道：小程序" in said
    assert "客群：商务客" in said


def test_the_filter_goes_with_the_reader_from_page_to_page(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33&channel=OTA")
    settled(page)
    go_to(page, "causes")
    assert query(page)["channel"] == ["OTA"]
    assert query(page)["week"] == ["2026-W33"]
    go_to(page, "consistency")
    assert query(page)["channel"] == ["OTA"]
    assert "渠道：OTA" in page.locator('[data-testid="stMain"]').inner_text()


def test_a_filter_is_chosen_by_hand_and_cleared_again(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33")
    settled(page)
    everyone = page.locator('[class*="st-key-card-nps"]').inner_text()
    page.get_by_role("button", name="筛选").click()
    page.locator('[class*="st-key-channel"] input').click()
    page.get_by_role("option", name="OTA").click()
    until_link_says(page, "channel", "OTA")
    assert page.locator('[class*="st-key-card-nps"]').inner_text() != everyone
    page.keyboard.press("Escape")
    page.get_by_role("button", name="清除筛选").click()
    until_link_says(page, "channel")
    assert page.locator('[class*="st-key-card-nps"]').inner_text() == everyone


def test_a_filter_without_rows_says_so_and_shows_no_zero(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33&channel=OTA&team=西湖门店组")
    settled(page)
    card = page.locator('[class*="st-key-card-nps"]').inner_text()
    assert "n = 0" in card
    assert "0 点" not in card
    assert not page.locator('[data-testid="stException"]').count()


def test_english_is_one_switch_away_and_stands_in_the_link(address: str, page: Page) -> None:
    page.goto(f"{address}/?lang=English")
    settled(page)
    text = page.locator('[data-testid="stMain"]').inner_text()
    assert "interval" in text
    assert "置信" not in text
    assert "区间" not in text


@pytest.mark.parametrize("path", ["", *EVERY_PART])
def test_no_page_scrolls_sideways_on_a_phone_or_calls_another_host(address: str, phone: Page, path: str) -> None:
    with requested(phone) as addresses:
        phone.goto(f"{address}/{path}")
        settled(phone)
    wide = phone.evaluate(
        "['html','[data-testid=stMain]','[data-testid=stMainBlockContainer]'].filter(s => {"
        "const e = document.querySelector(s); return e && e.scrollWidth > e.clientWidth + 2 })"
    )
    assert wide == []
    assert {urlparse(url).netloc for url in addresses if url.startswith("http")} == {urlparse(address).netloc}


def test_a_list_of_choices_speaks_the_reader_s_language(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33")
    settled(page)
    page.get_by_role("button", name="筛选").click()
    page.locator('[class*="st-key-channel"] input').click()
    assert read_by_a_reader(page, '[role=option][data-key="__select_all__"] > div') == "全选"
    page.keyboard.type("zzz")
    assert read_by_a_reader(page, "[role=listbox][data-empty=true] [role=option] > span") == "没有匹配项"


def read_by_a_reader(page: Page, place: str) -> str:
    """The visible text where the style sheet replaces the platform's text, which then has no size."""
    element = page.locator(place)
    element.wait_for(state="attached")
    size, words = element.evaluate("e => [getComputedStyle(e).fontSize, getComputedStyle(e, '::after').content]")
    assert size == "0px"
    return str(words).strip('"')
