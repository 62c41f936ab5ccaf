"""The page of the three lenses: what stands in its first sentence, what is missing, and the way to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("lenses"))


def test_one_team_has_nobody_to_be_compared_with(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("lenses"))
    assert "1 个渠道：0 矛盾 · 1 缺源（问卷、投诉、访客）" in text
    assert "— (k = 0)" in text


def test_the_first_sentence_names_who_is_praised_and_complained_of(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("lenses", week="2026-W39", span="26")
    text = said(app)
    assert "小程序 问卷▲ 投诉▼" in text.partition("个班组")[0]
    assert "访客 SP-05 打分明显与众不同" in text
    assert "k = 12" in text
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert [len(chart["data"][1]["text"]) for chart in charts] == [7 * 4, 12 * 4]


def test_the_executive_s_page_says_it_in_a_sentence_and_leads_here(
    full: SimpleNamespace, page: Page, said: Said, drawn: Callable[[AppTest], str]
) -> None:
    app = page("consistency", week="2026-W39", span="26")
    assert "小程序 问卷▲ 投诉▼" in said(app)
    assert 'href="lenses?week=2026-W39' in drawn(app)
