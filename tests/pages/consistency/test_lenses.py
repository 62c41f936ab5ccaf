"""The three sources on the page: the first sentence, what is missing, and the links."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("lenses"))


def test_one_team_has_nobody_to_be_compared_with(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("lenses")).split())
    assert "问卷、投诉、访客太少，三源还不能合看" in text
    assert "1 个渠道：0 矛盾 · 1 缺数据来源（问卷、投诉、访客）" in text
    assert "— k = 0" in text


def test_the_first_sentence_names_who_is_praised_and_complained_of(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("lenses", week="2026-W39", span="26")
    text = said(app)
    assert "互相矛盾：呼叫中心、小程序、小程序客服组；三源一致：春熙路门店组 ▲" in text
    assert "小程序 问卷▲ 投诉▼" in text.partition("个班组")[0]
    assert "访客 SP-05 打分明显与众不同" in text
    assert "k = 12" in text
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert [len(chart["data"][1]["text"]) for chart in charts] == [7 * 4, 12 * 4]


def test_a_short_period_is_widened_and_said_because_visits_are_few(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("lenses", week="2026-W39", span="1"))
    assert "2026-03-30 – 2026-09-27（访问少，三源都看近 26 周，不随上面的周期）" in text
    assert "互相矛盾：呼叫中心、小程序、小程序客服组" in text
    assert "不随上面的周期" not in said(page("lenses", week="2026-W39", span="26"))


def test_a_slice_without_rows_says_so_on_each_of_the_executive_s_pages_and_claims_nothing(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    pages = ("consistency", "promises", "lenses", "silos", "contradictions")
    text = {name: said(page(name, channel="nowhere")) for name in pages}
    assert "调查方式构成相近" not in text["consistency"]
    assert "没有可以检验的承诺" in text["promises"]
    assert "Spearman" not in text["lenses"]
    assert "所选范围没有答卷，也没有投诉" in text["silos"]
    assert "没有答卷" in text["contradictions"]
