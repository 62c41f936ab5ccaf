"""Readers' ways over the pages: definitions at their figures, the language told, the header and cards on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import settled, until_link_says

pytestmark = pytest.mark.browser


def test_the_definition_opens_at_its_figure_by_keyboard_and_closes_again(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33")
    settled(page)
    there = page.url
    button = page.get_by_role("button", name="净推荐值 NPS：口径")
    button.focus()
    page.keyboard.press("Enter")
    opened = page.locator(":popover-open")
    opened.wait_for()
    assert "分母" in opened.inner_text()
    assert "n = " in opened.inner_text()
    card, box = page.locator('[class*="st-key-card-nps"]').bounding_box(), opened.bounding_box()
    assert card is not None
    assert box is not None
    assert box["x"] < card["x"] + card["width"]
    assert abs(box["y"] - card["y"]) < 900, "in the same screen as its figure"
    page.keyboard.press("Escape")
    opened.wait_for(state="detached")
    assert page.url == there


def test_on_a_phone_a_definition_stays_within_the_screen(address: str, phone: Page) -> None:
    phone.goto(f"{address}/?week=2026-W33")
    settled(phone)
    phone.get_by_role("button", name="净推荐值 NPS：口径").click()
    opened = phone.locator(":popover-open")
    opened.wait_for()
    box = opened.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_the_browser_knows_the_language_of_the_page(address: str, page: Page) -> None:
    page.goto(f"{address}/?week=2026-W33")
    settled(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_text("English", exact=True).click()
    until_link_says(page, "lang", "English")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("width", [390, 700, 767])
def test_nothing_shines_through_the_header_where_the_menu_is_folded_away(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/?week=2026-W33")
    settled(page)
    colour = page.locator("[data-testid=stHeader]").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == "rgb(255, 255, 255)"
    header = page.locator("[data-testid=stHeader]").bounding_box()
    first = page.get_by_role("tab").first.bounding_box()
    assert header is not None
    assert first is not None
    assert first["y"] >= header["y"] + header["height"]


def test_on_a_phone_the_cards_stand_in_two_columns(address: str, phone: Page) -> None:
    phone.goto(f"{address}/?week=2026-W33")
    settled(phone)
    nps, csat = (phone.locator(f".st-key-card-{name}").bounding_box() for name in ("nps", "csat"))
    assert nps is not None
    assert csat is not None
    assert nps["y"] == csat["y"]
    assert nps["x"] + nps["width"] <= csat["x"]
    assert csat["x"] + csat["width"] <= 390
