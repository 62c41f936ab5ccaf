"""The page 神秘访客: shoppers of unusual severity, whether teams may be ranked, and no verdict from one visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.records import Slice
from servq.ui.mystery import mystery
from servq.ui.shell.view import View

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_the_planted_shopper_is_the_first_sentence(full: SimpleNamespace, page: Page, drawn: Said) -> None:
    app = page("mystery")
    title = next(e.proto.body for e in app.get("html") if "sq-title" in e.proto.body)
    assert "访客 SP-05 打分偏严：同班组、同检查项比其他访客低 11.4 个百分点" in title
    assert title.count("SP-") == 1


def test_teams_are_not_ranked_where_shoppers_disagree(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("mystery"))
    assert "处双访的一致性 α = 0.22" in text
    assert "低于 0.667：得分不足以给班组排名" in text
    assert "班组：不排名，按渠道列出" in text


def test_what_was_planned_and_not_visited_is_named(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "缺得最多：官网客服二组 2 季度 0/4" in said(page("mystery"))


def test_every_chart_is_there_and_none_beyond(full: SimpleNamespace, page: Page) -> None:
    assert len(page("mystery").get("plotly_chart")) == 6


def test_scores_of_teams_say_whose_unlike_hand_is_among_them(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "含打分偏严或偏松的访客 SP-05" in said(page("mystery"))


def test_each_checklist_item_tells_its_failures_and_its_score(full: SimpleNamespace) -> None:
    view = View(full.snapshot(), "zh", date(2026, 9, 21), 26, Slice())
    told = mystery._failing(view).figure.data[0].text[0]
    assert "24小时内回访<br><b>22.9%</b> (17.7 – 29.0%)<br>n = 210 · 可判断<br>该项得分 " in told


def test_a_slice_without_visits_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("mystery", channel="OTA"))
    assert "没有神秘访客检查" in text
    assert "放宽筛选" in text


def test_a_filter_that_visits_do_not_know_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "该指标的数据不含客群" in said(page("mystery", segment="亲子"))


def test_one_visit_is_no_verdict(empty: SimpleNamespace, page: Page, said: Said) -> None:
    path = empty.home / "visits.csv"
    path.write_text(
        "访问编号,访问时间,渠道,被访班组,网点,访客编号,检查维度,检查项,得分,满分\n"
        "V1,2025-03-03 10:00,门店,西湖组,西湖店,M1,环境,整洁,1,5\n",
        encoding="utf-8",
    )
    assert load_file(empty.warehouse, empty.home, path, "visits").adds_up
    text = " ".join(said(page("mystery")).split())
    assert "访客的访问次数太少" in text
    assert "不知道访客之间是否一致" in text
    assert "神秘访客得分 —" in text
    assert "20.0%" not in text, "1 of 5 points, on one visit"


def test_in_english(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "Shopper SP-05 marks harder" in said(page("mystery", lang="English"))
