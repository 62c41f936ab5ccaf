"""The page 班组: one team beside its peers and its past, with significant differences only."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.exports import xlsx_bytes
from servq.ingest import load_file
from servq.query import measure, rows_behind
from servq.query.teams.team_comparison import OTHERS
from servq.records import Slice
from servq.ui.shell.view import View
from servq.ui.team import funnels, peers
from servq.ui.team.coaching_file import file_of
from servq.ui.team.coaching_report import talk_about
from servq.weeks import week_from_key

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_so_and_what_to_do(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "仓库里还没有数据" in said(page("team"))


def test_one_team_alone_has_nobody_to_compare_with(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("team"))
    assert "西湖<b>组</b>：同渠道没有其他班组可比" in text
    assert "40 份答卷 · 4 件投诉" in text


def test_the_cards_show_the_figures_of_the_week(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    # 24 promoters − 8 detractors of 40: 40 points
    text = " ".join(said(page("team")).split())
    assert "40 点" in text
    assert "n = 40" in text


def test_a_week_without_the_team_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("team", focus="西湖门店组", channel="OTA"))
    assert "西湖门店组：所选范围没有数据" in text
    assert "放宽筛选" in text


def test_too_few_answers_are_not_judged(full: SimpleNamespace, page: Page) -> None:
    app = page("team", focus="西湖门店组")
    app.selectbox(key="span").set_value("1").run()
    assert not app.exception
    title = next(e.proto.body for e in app.get("html") if "sq-title" in e.proto.body)
    assert "答卷太少，暂无定论（n = " in title


def test_the_counts_are_those_of_the_corridor(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("team", focus="疑难专席")
    week = week_from_key(app.selectbox(key="week").value)
    kept = Slice.of(week - timedelta(weeks=7), week + timedelta(days=6), team=["疑难专席"])
    snapshot = full.snapshot()
    responses, complaints = (measure(snapshot, name, (), kept)[0].reading.n for name in ("responses", "complaints"))
    assert f"{responses:,} 份答卷 · {complaints:,} 件投诉" in said(app)


def test_a_declining_team_is_weak_in_the_item_that_declined(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("team", focus="西湖门店组")).split())
    assert "西湖门店组：弱在服务态度" in text
    assert "弱项 ▼ 按案件调整后 −" in text


def test_hard_cases_are_named_beside_the_judgement(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("team", focus="疑难专席"))
    assert "它接的客户和案件不一样" in text
    assert "严重程度“高”占投诉的" in text


def test_every_field_beside_the_peers_opens_as_many_rows_as_its_n(full: SimpleNamespace) -> None:
    snapshot = full.snapshot()
    chart = peers._board(View(snapshot, "zh", date(2026, 9, 21), 26, Slice()), "西湖门店组")
    fields = chart.figure.data[1]
    opened = dict(zip(zip(fields.y, fields.x, strict=True), chart.targets, strict=True))
    assert len(opened) == 3 * len(OTHERS), "the team, its peers, the judgement"
    for (row, column), text in zip(opened, fields.text, strict=True):
        asked, kept = opened[row, "本班组" if column == "判断" else column]
        assert opened[row, column][0] == asked
        if column != "判断":
            n = int(re.findall(r"n=([\d,]+)", text)[0].replace(",", ""))
            assert rows_behind(snapshot, asked, kept, 1).total == n, (row, column)


def test_one_value_in_the_team_filter_is_the_team(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("team", team="热线一组")
    assert "热线一组" in said(app)
    assert not [box for box in app.selectbox if box.key == "focus"]


def test_names_from_the_data_stay_text(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    sent = drawn(page("team"))
    assert "西湖&lt;b&gt;组&lt;/b&gt;" in sent
    assert "西湖<b>" not in sent
    assert "<script>" not in sent


def test_the_talk_is_about_the_planted_decline_with_words_that_prove_it(
    full: SimpleNamespace, page: Page, said: Said, drawn: Said
) -> None:
    app = page("team", focus="西湖门店组", span="13")
    text = " ".join(said(app).split())
    assert "西湖门店组辅导谈话：建议只谈“服务态度”" in text
    assert "服务态度 4.09 分 (3.97 – 4.20，n = 267) 弱项 ▼ 按案件调整后 −0.50" in text
    assert "变差 ▼ 之前同样长的周期 4.38 分 (4.28 – 4.49, n = 246)" in text, "it sinks"
    assert "投诉说到“服务态度” 26.3% (15.0 – 42.0%，10 / 38)" in text
    quotes = re.findall('<p class="sq-said">.*?</p>', drawn(app))
    assert len(quotes) >= 3
    assert all("<mark>" in quote for quote in quotes), "each marks the words that say it"


def test_a_broken_promise_is_a_topic_where_no_other_team_is_in_the_channel(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("team", focus="小程序客服组", span="8")).split())
    assert "小程序客服组辅导谈话：建议只谈“响应速度评分”" in text
    assert "未达标 ✕ 目标 90.0%" in text


def test_the_desk_of_hard_cases_has_nothing_to_be_talked_about(full: SimpleNamespace, page: Page, said: Said) -> None:
    for span in ("13", "26"):
        text = said(page("team", focus="疑难专席", span=span))
        assert "疑难专席辅导谈话：证据不足，暂不建议专项辅导" in text
        assert "弱项" not in text


def test_what_is_told_alone_and_not_among_all_is_no_topic(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("team", focus="APP客服组", span="4")).split())
    assert "APP客服组辅导谈话：证据不足，暂不建议专项辅导" in text
    assert "要改进 单独检验显著，合并检验后不显著，不作主题 响应速度评分" in text


def test_a_team_of_four_answers_is_given_no_advice(empty: SimpleNamespace, page: Page, said: Said) -> None:
    heads = "答卷编号,提交时间,渠道,服务班组,推荐意愿,服务态度,您的意见和建议"
    lines = [f"R{place},2025-03-03 10:00,门店,小组,2,1,店员态度很差" for place in range(4)]
    lines += [f"S{place},2025-03-03 10:00,门店,大组,9,5,店员很有耐心" for place in range(40)]
    path = empty.home / "surveys.csv"
    path.write_text("".join(f"{line}\n" for line in [heads, *lines]), "utf-8")
    assert load_file(empty.warehouse, empty.home, path, "surveys").adds_up
    text = said(page("team", focus="小组"))
    assert "小组辅导谈话：答卷太少，不作辅导建议" in text
    assert "店员态度很差" not in text


def test_the_sheet_of_a_talk_is_a_file_with_its_figures_and_words(full: SimpleNamespace) -> None:
    view = View(full.snapshot(), "zh", date(2026, 9, 21), 26, Slice())
    sheet = openpyxl.load_workbook(
        io.BytesIO(file_of(view, "西湖门店组", talk_about(view, "西湖门店组"), xlsx_bytes))
    ).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    (weak,) = [row for row in told if row["判断"] == "弱项 ▼" and row["主题"] == "服务态度"]
    assert (weak["部分"], weak["主题"], weak["n"], weak["数值"], weak["相差"]) == (
        "要改进",
        "服务态度",
        513,
        4.23,
        -0.38,
    )
    words = [row["原话"] for row in told if row["部分"] == "要改进" and row["原话"]]
    assert len(words) == 3
    praised = [row["主题"] for row in told if row["内容"] == "客户表扬"]
    assert praised == ["沟通效率", "响应速度评分"], "attitude is praised most, and is what the talk is to mend"
    assert len({row["内容"] for row in told if "检查项" in row["内容"]}) == 3, "each item once"
    assert {row["班组"] for row in told} == {"西湖门店组"}


def test_its_words_lead_to_the_verbatims_of_this_team(full: SimpleNamespace, page: Page, drawn: Said) -> None:
    sent = drawn(page("team", focus="热线一组", week="2026-W30", lang="English"))
    assert (
        'href="voices?week=2026-W30&amp;span=8&amp;team=%E7%83%AD%E7%BA%BF%E4%B8%80%E7%BB%84&amp;lang=English"' in sent
    )


def test_in_english(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "its peers" in said(page("team", focus="西湖门店组", lang="English"))


def test_a_team_with_nothing_but_visits_has_data(empty: SimpleNamespace, page: Page, said: Said) -> None:
    heads = "访问编号,访问时间,渠道,被访班组,网点,访客编号,检查维度,检查项,得分,满分,备注"
    lines = [f"V{place},2025-03-03 10:00,门店,西湖组,西湖店,M1,环境,整洁,4,5,," for place in range(3)]
    path = empty.home / "visits.csv"
    path.write_text("".join(f"{line}\n" for line in [heads, *(line.removesuffix(",") for line in lines)]), "utf-8")
    assert load_file(empty.warehouse, empty.home, path, "visits").adds_up
    text = said(page("team"))
    assert "所选范围没有数据" not in text
    assert "0 份答卷 · 0 件投诉 · 3 次访问" in text
    assert "没有一周的样本足以画出走势" in text


def test_a_team_with_hard_cases_is_not_judged_by_them(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("team", focus="疑难专席"))
    assert "净推荐值 NPS：疑难专席 原始 13 点，低于 99.8% 限；按所接案件调整后" in text
    assert text.count("，在随机波动之内") >= 2, "beneath the title and above the funnel"
    assert "疑难专席：弱在" not in text, "the title says what the adjusted figures say"
    assert "弱项" not in text


def test_a_click_on_another_team_looks_at_it(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("team", focus="疑难专席")
    key, targets = "funnel-nps-0", [("nps", Slice.of(team=["热线一组"]))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", state := {key: {"selection": {"points": [{"customdata": 0}]}}})
        funnels._look_at(key, targets)
    assert state["focus"] == "热线一组"
    app.session_state["focus"] = state["focus"]
    assert "热线一组" in said(app.run())


def test_one_team_alone_is_on_no_adjusted_funnel(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("team"))
    assert "在随机波动之内" in text
    assert "调整后" not in text.replace("（调整后按精度折算）", "")
