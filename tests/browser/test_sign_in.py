"""Signing in with a real browser: by keyboard, on a phone, by role, and what a revocation in mid-page shows."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from servq.access import accounts
from servq.access.roles import Role
from servq.warehouse.books.audit import newest
from tests.browser.dashboard import DIALOG, running_dashboard, settled
from tests.conftest import open_home

PASSWORD = "three unrelated words"
OUT = "您已退出，或登录已失效"


@pytest.fixture(scope="module")
def team_home(tmp_path_factory: pytest.TempPathFactory, loaded_sample: Path) -> Path:
    home = Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("team") / "home"))
    warehouse = open_home(home)
    for name, role in (("anna", Role.QUALITY), ("leo", Role.LEAD), ("eva", Role.EXECUTIVE), ("mia", Role.LEAD)):
        accounts.add(warehouse, accounts.LOCAL, name, {"anna": "安娜"}.get(name, ""), role, PASSWORD, "test")
    warehouse.close()
    (home / "servq.toml").write_text('[access]\nsign_in = "local"\n', encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def team(team_home: Path) -> Iterator[str]:
    """The address of a dashboard that asks for a sign-in."""
    with running_dashboard(team_home, prepare=()) as found:
        yield found


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_label("用户名").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-testid="stApp"]')
    settled(page)


def menu(page: Page) -> str:
    return page.locator('[data-testid="stSidebarNav"]').inner_text()


def test_a_link_opens_after_signing_in_by_keyboard_and_the_menu_says_who_and_as_what(team: str, page: Page) -> None:
    sign_in(page, f"{team}/causes?span=4", "anna")
    assert page.url.startswith(f"{team}/causes?")
    assert "span=4" in page.url
    said = page.locator('[data-testid="stSidebar"]').inner_text()
    assert "安娜" in said
    assert "质量经理" in said
    assert "数据健康" in menu(page)


def test_signing_out_leaves_nothing_on_the_page_and_ends_the_other_tab_with_its_next_click(
    team: str, page: Page
) -> None:
    sign_in(page, f"{team}/causes", "anna")
    other = page.context.new_page()
    other.goto(f"{team}/voices")
    settled(other)
    page.get_by_role("button", name="退出").click()
    page.get_by_text(OUT).wait_for()
    page.locator(".sq-title").wait_for(state="detached")
    assert page.locator(".js-plotly-plot").count() == 0
    other.locator('[data-testid="stSidebarNav"] a', has_text="投诉根因").click()
    other.get_by_text(OUT).wait_for()
    other.close()
    page.get_by_text("去登录").click()
    page.get_by_label("密码").wait_for()


def test_an_account_switched_off_in_mid_page_is_out_at_the_next_click_and_in_an_open_dialog(
    team: str, team_home: Path, page: Page
) -> None:
    sign_in(page, f"{team}/consistency", "mia")
    page.locator('[class*="st-key-open-broken-"] button').first.click()
    page.wait_for_selector(f"{DIALOG} .sq-title")
    settled(page)
    warehouse = open_home(team_home)
    accounts.disable(warehouse, "mia", "test")
    warehouse.close()
    assert page.locator(f"{DIALOG} .sq-meta").count()
    page.locator(DIALOG).get_by_role("button", name="Page 2", exact=True).click()
    page.get_by_text(OUT).first.wait_for()
    page.locator(f"{DIALOG} .sq-meta").first.wait_for(state="detached")


def test_an_executive_sees_figures_and_no_page_tab_or_button_that_is_not_for_the_role(team: str, page: Page) -> None:
    sign_in(page, f"{team}/causes", "eva")
    assert "数据健康" not in menu(page)
    assert page.get_by_role("tab", name="反复与矛盾").count() == 0
    for address in ("health", "health?part=upload", "causes?part=tree"):
        page.goto(f"{team}/{address}")
        page.get_by_text("您的角色不能看这里或这样做").wait_for()
    page.goto(f"{team}/voices")
    settled(page)
    assert page.get_by_role("button", name="下载全部").count() == 0


def test_another_role_counts_from_the_next_click_on(team: str, team_home: Path, page: Page) -> None:
    sign_in(page, f"{team}/voices", "leo")
    assert page.get_by_role("button", name="下载全部").count() == 2
    warehouse = open_home(team_home)
    accounts.set_role(warehouse, "leo", Role.EXECUTIVE, "test")
    # the button of the page as it was drawn gives nothing any more
    page.get_by_role("button", name="下载全部 CSV").click()
    page.wait_for_timeout(1_000)
    with warehouse.read() as connection:
        assert [line for line in newest(connection, 0, "leo") if line.action == "exported"] == []
    page.locator('[data-testid="stSidebarNav"] a', has_text="原声").click()
    page.wait_for_function("() => !document.body.innerText.includes('下载全部')")
    warehouse.close()


def test_rows_that_are_taken_away_are_counted_in_the_audit_trail(team: str, team_home: Path, page: Page) -> None:
    sign_in(page, f"{team}/voices", "anna")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载全部 CSV").click()
    with Path(coming.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = len(list(csv.reader(file))) - 1
    warehouse = open_home(team_home)
    with warehouse.read() as connection:
        (line,) = newest(connection, 1, "anna", "exported")
    warehouse.close()
    assert (line.way, line.what.startswith("servq-"), line.rows) == ("local", True, rows)


def test_on_a_phone_the_form_fits_and_says_what_is_wrong(team: str, phone: Page) -> None:
    phone.goto(team)
    phone.get_by_label("用户名").fill("anna")
    phone.get_by_label("密码").fill("something else")
    phone.get_by_role("button", name="登录").click()
    phone.get_by_role("alert").wait_for()
    assert "用户名或密码不对" in phone.get_by_role("alert").inner_text()
    assert phone.get_by_label("用户名").input_value() == "anna"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
