"""The page 客户旅程: the falls of the same customers' scores between touchpoints, and what is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.records import SameCustomers, Slice

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

HEAD = "答卷编号,提交时间,渠道,服务班组,会员编号,推荐意愿,触点,客群,调查方式,您的意见和建议"


def load_answers(found: SimpleNamespace, *lines: str) -> None:
    path = found.home / "journey.csv"
    numbered = [f"R{place},2025-03-04 10:00,{line}" for place, line in enumerate(lines)]
    path.write_text("\n".join([HEAD, *numbered, ""]), encoding="utf-8")
    assert load_file(found.warehouse, found.home, path, "surveys").adds_up


@pytest.fixture
def broken(empty: SimpleNamespace) -> SimpleNamespace:
    """Forty customers of one counter who fall by about two points, twelve of another who do not, three of a third."""
    lines = []
    for place in range(40):
        wave = 1 if place % 2 else -1
        lines += [f"门店,组,M{place},9,预决策,银发族,网页,", f"门店,组,M{place},{7 + wave},中体验,银发族,网页,慢"]
    for place in range(12):
        wave = 1 if place % 2 else -1
        lines += [f"APP,组,W{place},8,预决策,Z世代,网页,", f"APP,组,W{place},{8 + wave},中体验,Z世代,网页,"]
    for place in range(3):
        lines += [f"官网,组,X{place},8,预决策,亲子,网页,", f"官网,组,X{place},2,中体验,亲子,网页,"]
    load_answers(empty, *lines)
    return empty


def chart_of(app: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(app.get("plotly_chart")[0].proto.spec)
    return found


def labels(app: AppTest) -> str:
    """Everything that stands beneath the slopes."""
    layout = chart_of(app)["layout"]
    return " ".join(text for name, axis in layout.items() if name.startswith("xaxis") for text in axis["ticktext"])


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("journey"))


def test_a_planted_break_is_the_headline(broken: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("journey", week="2025-W10"))
    assert "旅程断点：" in text
    assert "“预决策 → 中体验”推荐意愿（0–10）下降 −2.00（同一批客户 n = 40）" in text
    assert "门店 预决策 → 中体验 −2.00 (−2.32 – −1.68, n = 40)" in " ".join(text.split())


def test_three_people_are_hidden_with_what_would_give_them_away_and_nobody_is_not(
    broken: SimpleNamespace, page: Page
) -> None:
    # 55 in all less 40 less 12 would be the three
    beneath = labels(page("journey", week="2025-W10"))
    assert beneath.count("⊘") == 4, "APP and 官网, Z世代 and 亲子"
    assert "−6.00" not in beneath
    assert "—<br>" in beneath, "nobody went on to 后传播"


def test_a_click_opens_the_customers_without_any_id(broken: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("journey", week="2025-W10")
    app.session_state["drill"] = (
        SameCustomers("likelihood", "touchpoint", "预决策", "中体验"),
        Slice.of(channel=["门店"]),
    )
    app.session_state["drill_count"] = 1
    app.run()
    text = said(app)
    assert "n = 40" in text
    assert "位客户" in text
    assert "客户 1：2 份答卷" in text
    assert "c_" not in text
    assert "M1" not in text


def test_a_filter_by_touchpoint_is_the_reason_why_nothing_can_be_compared(
    broken: SimpleNamespace, page: Page, said: Said
) -> None:
    assert "请取消触点筛选" in said(page("journey", week="2025-W10", touchpoint="预决策"))


def test_other_words_for_touchpoints_are_to_be_mapped(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("journey"))
    assert "请在映射里把“触点”一列译成这三个词" in text
    assert "40 份答卷中 40 份有客户编号（40 位客户）" in text


def test_the_sample_shows_no_break_where_none_was_planted(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("journey", week="2026-W39", span="26"))
    assert "同一批客户在触点之间无显著下降" in text
    assert "11,965 份答卷中 11,157 份有客户编号（5,032 位客户）" in text
    assert "▼" not in labels(page("journey", week="2026-W39", span="26"))
