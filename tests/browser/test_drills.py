"""Drills in a real browser: every figure opens the rows behind it, and their number is its n."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import (
    click_mark,
    click_on,
    click_point,
    close_dialog,
    hover_lines,
    measured,
    number,
    opened_n,
    points,
    servq,
    settled,
)

pytestmark = pytest.mark.browser

WEEK, FIRST_OF_EIGHT = "2026-W36", "2026-W29"
FIRST_WITH_DATA = "2026-W14"


def test_a_card_opens_exactly_the_answers_it_counts(address: str, page: Page, pictures: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    card = page.locator('[class*="st-key-card-nps"]')
    n = number(card.inner_text())
    card.get_by_role("button", name="查看").click()
    assert opened_n(page) == n
    page.screenshot(path=pictures / "card-opened.png")
    dialog = page.locator('[data-testid="stDialog"]')
    assert dialog.locator(".sq-quote").count() == min(n, 50)


def test_the_command_line_says_the_number_on_the_card(address: str, home: Path, page: Page) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    printed = servq(home, "measure", "nps", "--from", WEEK, "--to", WEEK, "--format", "json")
    row = json.loads(printed.stdout)["rows"][0]
    shown = page.locator('[class*="st-key-card-nps"]').inner_text()
    assert f"{round(row['value'])} 点" in shown
    assert f"n = {row['n']:,}" in shown


def test_a_matrix_field_opens_its_team_in_its_channel(address: str, page: Page, pictures: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    field = page.locator('[class*="st-key-wide-matrix-nps"] .textpoint').first
    n = number(field.text_content())
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
        close_dialog(page)


def test_a_week_of_the_trend_opens_its_answers(address: str, home: Path, page: Page, pictures: Path) -> None:
    n = measured(home, "nps", "--from", FIRST_WITH_DATA, "--to", FIRST_WITH_DATA)[0]["n"]
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    click_point(page, "chart-trend-nps")
    assert opened_n(page) == n
    page.screenshot(path=pictures / "trend-opened.png")


@pytest.mark.parametrize("chart", ["chart-pareto-1", "chart-pareto-2"])
def test_a_cause_opens_its_complaints(address: str, page: Page, pictures: Path, chart: str) -> None:
    page.goto(f"{address}/causes?week={WEEK}")
    settled(page)
    label = page.locator(f'[class*="st-key-{chart}"] .textpoint').first.text_content()
    bars = page.locator(f'[class*="st-key-{chart}"] .barlayer .trace').nth(1).locator(".point path")
    click_on(page, bars.first)
    assert opened_n(page) == int(re.search(r"(\d+)", label)[1])
    page.screenshot(path=pictures / f"{chart}-opened.png")


def test_a_team_s_clock_opens_its_complaints(address: str, home: Path, page: Page, pictures: Path) -> None:
    rows = measured(home, "first_response_p90", "--by", "team", "--from", FIRST_OF_EIGHT, "--to", WEEK)
    page.goto(f"{address}/causes?week={WEEK}")
    settled(page)
    team = hover_lines(page, "chart-clocks", points(page, "chart-clocks").first)[0]
    click_point(page, "chart-clocks")
    assert opened_n(page) == {row["team"]: row["n"] for row in rows}[team]
    page.screenshot(path=pictures / "clock-opened.png")


def test_a_field_of_the_channel_matrix_opens_its_rows(address: str, page: Page, pictures: Path) -> None:
    page.goto(f"{address}/consistency?week={WEEK}")
    settled(page)
    field = page.locator('[class*="st-key-wide-channel-matrix"] .textpoint').first
    n = number(field.text_content())
    click_mark(page, "wide-channel-matrix", field.text_content())
    assert opened_n(page) == n
    page.screenshot(path=pictures / "channel-matrix-opened.png")


def test_the_downloaded_file_holds_the_n_rows(address: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{address}/?week={WEEK}")
    settled(page)
    page.locator('[class*="st-key-card-nps"]').get_by_role("button", name="查看").click()
    n = opened_n(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载全部 CSV").click()
    file = tmp_path / "rows.csv"
    caught.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == n + 1
