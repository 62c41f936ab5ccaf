"""Drills of the causes, consistency and team pages: as many rows as the figure's n, on the command line too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Locator, Page

from servq.metrics.catalog import get_metric
from servq.records import OPEN_FOR
from tests.browser.dashboard import (
    DIALOG,
    click_on,
    close_dialog,
    empty,
    hover_lines,
    measured,
    number,
    opened_n,
    points,
    query,
    servq,
    settled,
)

pytestmark = pytest.mark.browser

WEEK, FIRST_OF_EIGHT = "2026-W36", "2026-W29"
EIGHT_WEEKS = ("--from", FIRST_OF_EIGHT, "--to", WEEK)
TEAM, BROKEN = "小程序客服组", "小程序"
"""A team with many rows; the one channel that breaks its promise in these eight weeks."""
ONE, OTHER, SHARED = "官网客服一组", "官网客服二组", "官网"
"""Two teams and the one channel of the first, in which they are compared."""
PER_PAGE = 50


@pytest.fixture(scope="module")
def tab(tab: Page) -> Page:
    """Empty for the first test of this file; the others mostly stay where the one before was."""
    empty(tab)
    return tab


def be_at(tab: Page, address: str, path: str, **choices: str) -> None:
    """Open a page of the dashboard, unless the tab shows it already."""
    wanted = {"week": WEEK} | choices
    there = query(tab)
    if urlparse(tab.url).path == f"/{path}" and all(there.get(name) == [value] for name, value in wanted.items()):
        if tab.locator(DIALOG).count():
            close_dialog(tab)
        return
    tab.goto(f"{address}/{path}?" + "&".join(f"{name}={value}" for name, value in wanted.items()))
    settled(tab)


def opens(tab: Page, mark: Locator, picture: Path) -> int:
    """The n of the dialog that a click on this mark opens; its picture is kept, then the dialog closed."""
    click_on(tab, mark)
    n = opened_n(tab)
    assert tab.locator(f"{DIALOG} .sq-quote").count() == min(n, PER_PAGE)
    tab.screenshot(path=picture)
    close_dialog(tab)
    return n


def complaint_ids(tab: Page) -> list[str]:
    """The numbers of the complaints listed in the dialog."""
    return tab.locator(f"{DIALOG} .sq-quote .sq-meta span:nth-child(2)").all_inner_texts()


def told_by(home: Path, metric: str, dimension: str, *words: str) -> dict[str, int]:
    """The n that the command line prints for each value of a dimension over the eight weeks."""
    return {row[dimension]: row["n"] for row in measured(home, metric, "--by", dimension, *words, *EIGHT_WEEKS)}


@pytest.mark.parametrize("place", [0, -1])
def test_a_week_of_the_complaint_trend_opens_its_complaints(
    address: str, home: Path, tab: Page, pictures: Path, place: int
) -> None:
    be_at(tab, address, "causes")
    mark = points(tab, "chart-complaints-trend").nth(place)
    lines = hover_lines(tab, "chart-complaints-trend", mark)
    week = re.match(r"\d{4}-W\d\d", lines[0])[0]
    n = measured(home, "complaints", "--from", week, "--to", week)[0]["n"]
    assert number(lines[-1]) == n
    assert opens(tab, mark, pictures / f"complaints-trend-{week}-opened.png") == n


def test_the_dialog_of_one_team_leads_to_the_team_s_page(address: str, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "causes")
    mark = points(tab, "chart-clocks").nth(1)
    team = hover_lines(tab, "chart-clocks", mark)[0]
    click_on(tab, mark)
    opened_n(tab)
    tab.screenshot(path=pictures / "clocks-link.png")
    tab.locator(f"{DIALOG} .sq-link", has_text=team).click()
    tab.wait_for_url("**/team?*")
    settled(tab)
    assert (query(tab)["focus"], query(tab)["week"]) == ([team], [WEEK])
    assert tab.locator('[data-testid="stMain"] .sq-title').first.inner_text().startswith(f"{team}：")
    assert tab.locator(DIALOG).count() == 0


def test_an_age_of_a_team_s_open_complaints_opens_exactly_these(
    address: str, home: Path, tab: Page, pictures: Path
) -> None:
    newest = ("--from", "2026-W32", "--to", "2026-W39")  # what is open is young
    rows = measured(home, "open_complaints", "--by", "team,open_for", *newest)
    told = {(row["team"], OPEN_FOR[row["open_for"]].zh): (row["n"], row["open_for"]) for row in rows}
    be_at(tab, address, "causes", week="2026-W39")
    mark = points(tab, "chart-open-by-age", ".trace:last-child").first
    team, age = hover_lines(tab, "chart-open-by-age", mark)[0].split(" · ")
    n, code = told[team, age]
    assert opens(tab, mark, pictures / "open-by-age-opened.png") == n > 0
    where = ("--where", f"team={team}", "--where", f"open_for={code}", *newest)
    listed = servq(home, "verbatims", "--metric", "open_complaints", *where, "--format", "json")
    assert json.loads(listed.stdout)["total"] == n


def test_a_p90_opens_under_its_own_name(address: str, home: Path, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "consistency")
    mark = points(tab, "chart-promise-clocks", ".trace:nth-child(1)").first
    channel = hover_lines(tab, "chart-promise-clocks", mark)[0]
    click_on(tab, mark)
    assert opened_n(tab) == told_by(home, "first_response_p90", "channel")[channel]
    assert "首次响应 P90" in tab.locator(DIALOG).inner_text()
    close_dialog(tab)


def test_a_channel_s_median_opens_its_complaints(address: str, home: Path, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "consistency")
    told = {
        row["channel"]: row["n"] for row in measured(home, "first_response_median", "--by", "channel", *EIGHT_WEEKS)
    }
    medians = points(tab, "chart-promise-clocks", ".trace:nth-child(2)")
    assert medians.count() == len(told)
    mark = medians.first
    lines = hover_lines(tab, "chart-promise-clocks", mark)
    assert number(lines[-1]) == told[lines[0]]
    assert opens(tab, mark, pictures / "promise-clocks-opened.png") == told[lines[0]]


@pytest.mark.parametrize("metric", ["nps", "first_response_median"])
def test_a_channel_beside_the_others_opens_its_rows(
    address: str, home: Path, tab: Page, pictures: Path, metric: str
) -> None:
    be_at(tab, address, "consistency")
    chart = f"chart-intervals-{metric}"
    if not points(tab, chart).count():  # the page is at rest: the chart is there, or another metric is chosen
        tab.locator('[class*="st-key-channel-metric"]').get_by_text(get_metric(metric).label.zh, exact=True).click()
        points(tab, chart).first.wait_for()
        settled(tab)
    told = told_by(home, metric, "channel")
    mark = points(tab, chart).nth(1)
    lines = hover_lines(tab, chart, mark)
    assert number(lines[-1]) == told[lines[0]]
    assert opens(tab, mark, pictures / f"intervals-{metric}-opened.png") == told[lines[0]]


def test_a_broken_promise_opens_every_complaint_it_counts_page_by_page(
    address: str, home: Path, tab: Page, pictures: Path
) -> None:
    be_at(tab, address, "consistency")
    n = told_by(home, "sla_attainment", "channel")[BROKEN]
    tab.locator('[class*="st-key-open-broken-"]').get_by_role("button", name=f"查看这 {n} 件投诉").click()
    assert opened_n(tab) == n
    tab.screenshot(path=pictures / "broken-promise-opened.png")
    seen = complaint_ids(tab)
    assert len(seen) == PER_PAGE
    for place in range(2, -(-n // PER_PAGE) + 1):
        before = seen[-1]
        tab.locator(DIALOG).get_by_role("button", name=f"Page {place}", exact=True).click()
        tab.locator(f"{DIALOG} .sq-meta", has_text=before).wait_for(state="detached")
        assert opened_n(tab) == n
        tab.screenshot(path=pictures / f"broken-promise-page-{place}.png")
        seen += complaint_ids(tab)
    assert len(seen) == len(set(seen)) == n


def test_a_team_s_card_opens_its_week(address: str, home: Path, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "team", focus=TEAM)
    row = measured(home, "negative_share", "--where", f"team={TEAM}", "--from", WEEK, "--to", WEEK)[0]
    card = tab.locator('[class*="st-key-card-negative_share"]')
    assert number(card.inner_text()) == row["n"]
    assert opens(tab, card.get_by_role("button", name="查看"), pictures / "team-card-opened.png") == row["n"]


@pytest.mark.parametrize(("place", "named", "counted"), [(0, ONE, ONE), (1, "同渠道其他班组", OTHER)])
def test_a_team_s_item_opens_its_answers(
    address: str, home: Path, tab: Page, pictures: Path, place: int, named: str, counted: str
) -> None:
    n = told_by(home, "attitude", "team", "--where", f"channel={SHARED}")[counted]
    be_at(tab, address, "team", focus=ONE)
    mark = points(tab, "chart-items").nth(place)
    lines = hover_lines(tab, "chart-items", mark)
    assert lines[0] == f"{named} · 服务态度"
    assert number(lines[-1]) == n
    assert opens(tab, mark, pictures / f"team-item-{place}-opened.png") == n


def test_a_week_of_a_team_s_trend_opens_its_answers(address: str, home: Path, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "team", focus=TEAM)
    mark = points(tab, "chart-team-trend-nps").last
    n = measured(home, "nps", "--where", f"team={TEAM}", "--from", WEEK, "--to", WEEK)[0]["n"]
    assert number(hover_lines(tab, "chart-team-trend-nps", mark)[-1]) == n
    assert opens(tab, mark, pictures / "team-trend-opened.png") == n


def test_a_line_of_a_team_s_talk_opens_its_answers(address: str, tab: Page, pictures: Path) -> None:
    be_at(tab, address, "team", focus=TEAM)
    praise = tab.locator('[class*="st-key-open-talk-praise-"] button').first
    n = int(re.findall(r"[\d,]+", praise.inner_text())[0].replace(",", ""))
    assert opens(tab, praise, pictures / "team-talk-opened.png") == n
