"""Readers' ways over the pages: a definition at its figure."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import settled

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
