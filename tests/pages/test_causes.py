"""The root-cause page: the largest cause first, with whom it sits, and how long customers wait."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.query import measure
from servq.records import Slice
from servq.weeks import week_from_key

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("causes"))


def test_four_complaints_are_counted_and_named(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("causes")).split())
    assert "共 4 件投诉" in text
    assert "2 件（50%）" in text  # 退款慢 and 语气生硬, two each


def test_the_refund_rule_is_the_top_cause_of_ota(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("causes", channel="OTA"))
    assert "投诉最多：退改与费用" in text
    assert "其中“退改规则与官网不一致”" in text


def test_the_title_counts_what_the_corridor_counts(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("causes", week="2026-W39", span="4")
    end = week_from_key("2026-W39")
    kept = Slice(end.fromordinal(end.toordinal() - 21), end.fromordinal(end.toordinal() + 6))
    assert f"共 {measure(full.snapshot(), 'complaints', (), kept)[0].reading.n:,} 件投诉" in said(app)


def test_the_team_that_misses_its_promise_stands_out_in_the_table(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    kept = Slice.of(week_from_key("2026-W36"), None)
    app = page("causes", week="2026-W39", span="4")
    row = {r.dims["team"]: r.reading for r in measure(full.snapshot(), "sla_attainment", ("team",), kept)}[
        "小程序客服组"
    ]
    assert f"{row.value:.1f}%" in said(app)
    assert row.high is not None
    assert row.high < 50


def test_a_slice_without_complaints_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("causes", channel="OTA", team="西湖门店组"))
    assert "这段时间没有投诉" in text
    assert "所选范围没有投诉" in text
