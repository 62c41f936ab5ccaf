"""The page 每周得分: significant changes are reported, noise is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.query import changes_in, measure
from servq.records import Slice
from servq.ui.weekly.weekly import LOOKED_AT
from servq.weeks import week_from_key, week_key

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("weekly"))
    assert "仓库里还没有数据" in text
    assert "在“载入文件”选择或拖入一份" in "".join(text.split())
    assert "servq demo" in text


def test_one_team_s_only_week_has_figures_and_nothing_to_compare_with(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("weekly")).split())
    assert "上周没有数据，无从比较" in text
    assert "40 点" in text  # 24 promoters − 8 detractors of 40
    assert "n = 40" in text


def test_a_week_is_compared_with_the_four_before_it_when_the_link_says_so(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("weekly", week="2026-W39", against="four-weeks")).split())
    monday = week_from_key("2026-W39")
    four = Slice(monday - timedelta(weeks=4), monday - timedelta(days=1))
    assert f"前四周 {measure(full.snapshot(), 'csat', (), four)[0].reading.value:.1f}%" in text
    assert "对比前四周与自己的过去" in text
    assert "上周" not in text


def test_without_data_of_last_year_the_page_says_so_and_still_has_its_control_charts(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("weekly", week="2026-W33", against="last-year")).split())
    assert "对比去年同周（没有数据）与自己的过去" in text
    assert text.count("去年同周没有数据") == 10  # each card, and no change is told from nothing
    assert "小程序 首次响应中位数" in text.partition("六个数字")[0]
    assert "超出控制限" in text.partition("六个数字")[0]


def test_the_choice_of_what_to_compare_with_stands_on_the_page(page: Page, said: Said, full: SimpleNamespace) -> None:
    app = page("weekly", week="2026-W39")
    choice = next(one for one in app.get("button_group") if one.key == "against")
    assert choice.value == "week"
    assert "去年同周没有数据" in said(choice.set_value("last-year").run())


def test_the_broken_promise_leads_the_week_in_which_it_broke(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("weekly", week="2026-W33")).split())
    assert "处显著变化" in text
    assert "变差 ▼ 小程序 首次响应达标率" in text
    assert "变差 ▼ 小程序 首次响应中位数" in text


def test_the_dramatic_week_of_a_small_cell_is_left_alone(full: SimpleNamespace, page: Page, said: Said) -> None:
    # 官网客服二组 in APP fell by about 30 points in W39, drawn from an unchanged truth
    assert "本周无新变化" in said(page("weekly", week="2026-W39"))


def test_the_slow_decline_is_told_as_something_that_lasts(full: SimpleNamespace, page: Page, said: Said) -> None:
    # the attitude of 西湖门店组 wears off over half a year; no two weeks beside each other can be told apart
    text = " ".join(said(page("weekly", week="2026-W39")).split())
    head, _, lasting = text.partition("持续异常")
    assert "本周无新变化；6 项" in head
    assert "小程序 首次响应达标率 85.5% → 19.5% (n = 41，近 4 周至少 3 周接近或超出控制限；自 2026-W33 起)" in lasting
    assert "西湖门店组 服务态度 4.30 分 → 3.77 分" in lasting.partition("六个数字")[0]
    assert "小程序 首次响应达标率" in lasting.partition("六个数字")[0]


def test_the_total_of_a_filtered_page_says_what_it_is_the_total_of(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("weekly", week="2026-W33", channel="小程序")).split())
    assert "变差 ▼ 所选合计（小程序） 首次响应达标率" in text
    assert "变差 ▼ 全部" not in text


def test_the_planted_shift_is_pointed_out_at_once_and_most_weeks_are_silent(full: SimpleNamespace) -> None:
    snapshot = full.snapshot()
    told = {
        week_key(monday): changes_in(snapshot, LOOKED_AT, Slice(), monday).news
        for monday in [*snapshot.weeks[1:19:2], week_from_key("2026-W33")]
    }
    first = {(cell.metric, *cell.dims.values()) for cell in told.pop("2026-W33")}
    assert ("first_response_median", "小程序") in first
    assert ("sla_attainment", "小程序") in first
    assert [week for week, news in told.items() if news] == []


def test_a_channel_with_a_single_team_stands_in_the_list_once(full: SimpleNamespace) -> None:
    news = changes_in(full.snapshot(), LOOKED_AT, Slice(), week_from_key("2026-W33")).news
    assert [tuple(cell.dims) for cell in news if cell.metric == "first_response_median"] == [("channel",)]


def test_a_line_opens_its_control_chart_with_the_rules_and_the_holidays(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("weekly", week="2026-W33")
    button = next(b for b in app.button if "控制图" in b.label)
    text = " ".join(said(button.click().run()).split())
    assert "1 点超出控制限 触发 ◆" in text
    assert "连续 8 点在中心线同一侧 未触发 ○" in text
    assert "中心 ± 2.660 × 平均移动极差" in text
    assert "法定节假日" in text


@pytest.mark.parametrize("week", ["2026-W20", "2026-W33"])
def test_the_six_cards_show_what_the_corridor_says(full: SimpleNamespace, page: Page, said: Said, week: str) -> None:
    text = " ".join(said(page("weekly", week=week)).split())
    monday = week_from_key(week)
    for name, unit in (("nps", "点"), ("csat", "%")):
        reading = measure(full.snapshot(), name, (), Slice(monday, monday + timedelta(days=6)))[0].reading
        shown = f"{round(reading.value)} {unit}" if unit == "点" else f"{reading.value:.1f}%"
        assert shown in text
        assert f"n = {reading.n:,}" in text


def test_a_filter_that_leaves_nothing_shows_no_figure(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("weekly", channel="OTA", team="西湖门店组")).split())
    assert "所选范围本周没有数据" in text
    assert "0 点" not in text


def test_a_filter_that_complaints_do_not_know_is_said_not_ignored(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    assert "该指标的数据不含客群" in said(page("weekly", segment="商务客"))


def test_english_leaves_no_chinese_sentence_behind(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("weekly", lang="English"))
    assert "Nothing new this week; " in text
    assert "区间" not in text
    ours = re.sub(r"\(\d+/\d+–\d+/\d+\)", "", text.partition("This week's words")[0])
    snapshot = full.snapshot()
    for name in [*snapshot.values("team"), *snapshot.values("channel")]:
        ours = ours.replace(name, "")
    assert not re.findall(r"[\u4e00-\u9fff]+", ours)  # names from the data are Chinese, nothing else is
