"""Planted truths in a real browser: each is on its page in words, and the planted noise on none.

The letters are those of data/README.md; the broken promise (a) has a test of its own in test_consistency.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import settled

pytestmark = pytest.mark.browser

MAIN = '[data-testid="stMain"]'


def read(page: Page, link: str) -> str:
    """The whole text of a page, on one line."""
    page.goto(link)
    settled(page)
    return " ".join(page.locator(MAIN).inner_text().split())


def test_the_week_in_which_the_promise_broke_leads_with_it(address: str, page: Page) -> None:  # a
    text = read(page, f"{address}/weekly?week=2026-W33")
    changed = text.partition("六个数字")[0].partition("显著变化")[2]
    first = changed.split("控制图")[0]
    assert "变差 ▼ 小程序 首次响应达标率" in first
    assert page.locator('[role="dialog"]:visible').count() == 0, "the first page answers to its name too, not only to /"


def test_the_slow_decline_lasts_and_the_noise_is_no_change(address: str, page: Page) -> None:  # b, e
    text = read(page, f"{address}/weekly?week=2026-W39")
    news, _, lasting = text.partition("六个数字")[0].partition("持续异常")
    assert "本周无新变化" in news
    assert "西湖门店组 服务态度" in lasting
    assert "官网客服二组" not in news + lasting


def test_the_declining_team_is_weak_in_what_declined(address: str, page: Page) -> None:  # b
    text = read(page, f"{address}/team?week=2026-W39&focus=西湖门店组&span=13")
    title = page.locator(f"{MAIN} .sq-title").first.inner_text()
    assert title.startswith("西湖门店组：")
    assert "服务态度" in title
    assert "西湖门店组辅导谈话：建议只谈“服务态度”" in text
    assert page.locator(f"{MAIN} .sq-said mark").count() >= 3, "in the customers' own words"


def test_the_desk_of_hard_cases_is_not_called_weak(address: str, page: Page) -> None:  # d
    text = read(page, f"{address}/team?week=2026-W39&focus=疑难专席&span=26")
    title = page.locator(f"{MAIN} .sq-title").first.inner_text()
    assert title == "疑难专席：与同渠道其他班组无显著差别"
    assert "疑难专席辅导谈话：证据不足，暂不建议专项辅导" in text
    assert "它接的客户和案件不一样" in text
    assert "低于 99.8% 限；按所接案件调整后 35 点，在随机波动之内" in text


def test_the_harsh_shopper_is_the_first_finding_of_the_visits(address: str, page: Page) -> None:  # f
    read(page, f"{address}/mystery?week=2026-W39&span=26")
    first = page.locator(f"{MAIN} .sq-title").first.inner_text()
    assert first.startswith("访客 SP-05 打分偏严")
    assert "SP-0" not in first.replace("SP-05", ""), "nobody else is accused"


def test_elders_recommend_and_stay_away_and_nobody_else_is_said_to(address: str, page: Page) -> None:  # h
    text = read(page, f"{address}/journey?week=2026-W39&span=26")
    assert "银发族愿意推荐，却少有再买：推荐者 6.7% 复购，不推荐者 25.7%（n = 1,045 / 331）" in text
    assert text.count("意愿与行为相悖") == 1
