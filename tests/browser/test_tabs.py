"""Tabs in a real browser: addresses, old ones on a server just started, Back, the keyboard, a phone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from servq.ui.shell.menu import PARTS, QUESTIONS, TABS
from tests.browser.dashboard import go_to, open_tab, query, running_dashboard, settled

pytestmark = pytest.mark.browser

LINK = "week=2026-W30&channel=OTA&channel=小程序"
KEPT = {"week": ["2026-W30"], "channel": ["OTA", "小程序"]}


def shows(page: Page, name: str, part: str) -> None:
    """Wait until a part is open: its question, its tab, its address and its name in the browser's title."""
    page.locator(".sq-ask", has_text=QUESTIONS[part].zh).wait_for()
    settled(page)
    expect(page.get_by_role("tab", name=TABS[part].zh, exact=True)).to_have_attribute("aria-selected", "true")
    assert page.locator('[role=tab][aria-selected="true"]').count() == 1
    assert urlparse(page.url).path == f"/{name}"
    assert query(page).get("part") == (None if part == name else [part])
    assert part == name or page.title().startswith(TABS[part].zh)
    assert not page.get_by_role("dialog").count()


def test_an_old_address_is_the_first_thing_that_a_new_server_is_asked_for(home: Path, address: str, page: Page) -> None:
    # `address` has filled the home; this server is another one, and nobody has asked it for anything
    with running_dashboard(home, prepare=()) as fresh:
        page.goto(f"{fresh}/promises?{LINK}")
        shows(page, "consistency", "promises")
        assert {name: query(page)[name] for name in KEPT} == KEPT
        assert "渠道：OTA、小程序" in page.locator('[data-testid="stMain"]').inner_text()


def test_a_tab_keeps_the_filter_and_back_and_forward_go_from_tab_to_tab(address: str, page: Page) -> None:
    page.goto(f"{address}/consistency?{LINK}")
    shows(page, "consistency", "consistency")
    for part in ("promises", "lenses"):
        open_tab(page, part)
        shows(page, "consistency", part)
        assert {name: query(page)[name] for name in KEPT} == KEPT
    page.go_back()
    shows(page, "consistency", "promises")
    page.go_back()
    shows(page, "consistency", "consistency")
    page.go_forward()
    shows(page, "consistency", "promises")
    assert {name: query(page)[name] for name in KEPT} == KEPT


def test_back_from_another_page_opens_the_tab_that_was_left(address: str, page: Page) -> None:
    page.goto(f"{address}/causes?part=tree&{LINK}&span=13")
    shows(page, "causes", "tree")
    go_to(page, "voices")
    for _ in range(2):  # the platform makes a step of its own for what a page writes into its link
        page.go_back()
        settled(page)
    shows(page, "causes", "tree")
    assert query(page)["channel"] == ["OTA", "小程序"]


def test_the_arrow_keys_go_from_tab_to_tab(address: str, page: Page) -> None:
    page.goto(f"{address}/journey?week=2026-W30")
    shows(page, "journey", "journey")
    page.get_by_role("tab", name=TABS["journey"].zh, exact=True).focus()
    page.keyboard.press("ArrowRight")
    shows(page, "journey", "silos")
    expect(page.get_by_role("tab", name=TABS["silos"].zh, exact=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    shows(page, "journey", "journey")


@pytest.mark.parametrize("name", [name for name, parts in PARTS.items() if len(parts) > 1])
def test_every_tab_is_within_reach_of_a_thumb_on_a_phone(address: str, phone: Page, name: str) -> None:
    phone.goto(f"{address}/{name}?week=2026-W30")
    settled(phone)
    for part in PARTS[name]:
        box = phone.get_by_role("tab", name=TABS[part].zh, exact=True).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 40


def test_a_metric_is_found_and_its_address_shows_it_alone(address: str, page: Page) -> None:
    page.goto(f"{address}/definitions?metric=nps&week=2026-W30")
    settled(page)
    assert page.locator(".sq-form").evaluate_all("forms => forms.map(form => form.id)") == ["nps"]
    page.get_by_label("找指标").fill("重开")
    page.keyboard.press("Enter")
    page.locator(".sq-form#reopen_rate").wait_for()
    assert "metric" not in query(page)
    page.locator(".sq-form#reopen_rate h3 a").click()
    page.wait_for_url(lambda url: "metric=reopen_rate" in url)
    settled(page)
    assert page.locator(".sq-form").evaluate_all("forms => forms.map(form => form.id)") == ["reopen_rate"]
    page.get_by_role("button", name="看全部指标").click()
    page.locator(".sq-index a", has_text="sla_attainment").click()
    expect(page.locator(".sq-form#sla_attainment")).to_be_in_viewport()
