"""Every figure opens the rows behind it, and their number is its n: clicked in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import servq, settled

pytestmark = pytest.mark.browser

WEEK = "2026-W36"


def opened_n(page: Page) -> int:
    """The n that the dialog shows."""
    page.wait_for_selector('[data-testid="stDialog"] .sq-title', timeout=60_000)
    settled(page)
    return int(re.sub(r"\D", "", page.locator('[data-testid="stDialog"] .sq-title').inner_text()))


def click_mark(page: Page, chart: str, text: str) -> None:
    """Click the mark of a chart that carries this text (a matrix field's value)."""
    mark = page.locator(f'[class*="st-key-{chart}"] .textpoint', has_text=text).first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def click_point(page: Page, chart: str, place: int = 0) -> None:
    """Click the nth point or bar of a chart."""
    mark = page.locator(f'[class*="st-key-{chart}"] :is(.points .point path, .points path.point)').nth(place)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_card_opens_exactly_the_answers_it_counts(address: str, page: Page, pictures: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    card = page.locator('[class*="st-key-card-nps"]')
    n = int(re.search(r"n = ([\d,]+)", card.inner_text())[1].replace(",", ""))
    card.get_by_role("button").click()
    assert opened_n(page) == n
    page.screenshot(path=pictures / "card-opened.png")
    dialog = page.locator('[data-testid="stDialog"]')
    assert dialog.locator(".sq-quote").count() == min(n, 50)


def test_the_command_line_says_the_number_on_the_card(address: str, home: Path, page: Page) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    asked = servq(home, "measure", "nps", "--from", WEEK, "--to", WEEK, "--format", "json")
    row = json.loads(asked.stdout)["rows"][0]
    shown = page.locator('[class*="st-key-card-nps"]').inner_text()
    assert f"{round(row['value'])} 点" in shown
    assert f"n = {row['n']:,}" in shown


def test_a_matrix_field_opens_its_team_in_its_channel(address: str, page: Page, pictures: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    field = page.locator('[class*="st-key-wide-matrix-nps"] .textpoint').first
    n = int(re.search(r"n=([\d,]+)", field.text_content())[1].replace(",", ""))
    click_mark(page, "wide-matrix-nps", field.text_content())
    assert opened_n(page) == n
    page.screenshot(path=pictures / "matrix-opened.png")


def test_the_same_mark_opens_again_after_the_dialog_was_closed(address: str, page: Page) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    for _ in range(2):
        click_mark(
            page, "wide-matrix-nps", page.locator('[class*="st-key-wide-matrix-nps"] .textpoint').first.text_content()
        )
        assert opened_n(page) > 0
        page.keyboard.press("Escape")
        page.wait_for_selector('[data-testid="stDialog"]', state="detached")
        settled(page)


def test_a_week_of_the_trend_opens_its_answers(address: str, page: Page) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    click_point(page, "chart-trend-nps")
    assert opened_n(page) > 0


@pytest.mark.parametrize("chart", ["chart-pareto-1", "chart-pareto-2"])
def test_a_cause_opens_its_complaints(address: str, page: Page, pictures: Path, chart: str) -> None:
    page.goto(f"{address}/causes?week={WEEK}")
    settled(page)
    label = page.locator(f'[class*="st-key-{chart}"] .textpoint').first.text_content()
    bars = page.locator(f'[class*="st-key-{chart}"] .barlayer .trace').nth(1).locator(".point path")
    box = bars.first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert opened_n(page) == int(re.search(r"(\d+)", label)[1])
    page.screenshot(path=pictures / f"{chart}-opened.png")


def test_a_team_s_clock_opens_its_complaints(address: str, page: Page) -> None:
    page.goto(f"{address}/causes?week={WEEK}")
    settled(page)
    click_point(page, "chart-clocks")
    assert opened_n(page) > 0


def test_a_field_of_the_channel_matrix_opens_its_rows(address: str, page: Page) -> None:
    page.goto(f"{address}/consistency?week={WEEK}")
    settled(page)
    field = page.locator('[class*="st-key-wide-channel-matrix"] .textpoint').first
    n = int(re.search(r"n=([\d,]+)", field.text_content())[1].replace(",", ""))
    click_mark(page, "wide-channel-matrix", field.text_content())
    assert opened_n(page) == n


def test_the_downloaded_file_holds_the_n_rows(address: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    page.locator('[class*="st-key-card-nps"]').get_by_role("button").click()
    n = opened_n(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载全部 CSV").click()
    file = tmp_path / "rows.csv"
    caught.value.save_as(file)
    import csv

    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == n + 1
