"""The channel page: which channel breaks its promise, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.query import measure
from servq.records import Slice
from servq.weeks import week_from_key

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("consistency"))


def test_a_year_before_any_promise_was_published_none_is_tested(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    # the four complaints are of March 2025, the promises hold from January 2026
    assert "没有可检验的响应承诺" in said(page("consistency"))


def test_the_mini_program_is_the_one_that_breaks_its_promise(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("consistency", week="2026-W39"))
    assert "1 个违背（小程序）" in text
    assert "“30 分钟内响应”" in text


def test_before_it_broke_no_channel_is_blamed(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "0 个违背" in said(page("consistency", week="2026-W32"))


def test_the_share_in_time_is_the_corridor_s(full: SimpleNamespace, page: Page, said: Said) -> None:
    kept = Slice.of(week_from_key("2026-W32"), None, channel=["小程序"])
    reading = measure(full.snapshot(), "sla_attainment", (), kept)[0].reading
    text = " ".join(said(page("consistency", week="2026-W39", span="8")).split())
    assert f"{reading.value:.1f}%" in text
    assert f"n={reading.n:,}" in text


def test_one_channel_alone_is_compared_with_nothing(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("consistency", channel="OTA"))
    assert "0 格一起检验" in text
    assert "有差异" not in text


def test_a_filter_that_complaints_do_not_know_is_said_not_taken_for_no_promise(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("consistency", segment="商务客"))
    assert "该指标的数据不含客群" in text
    assert "没有可检验的响应承诺" not in text


def test_what_counts_as_kept_stands_on_the_page(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "兑现：95% 区间整个不低于 90.0%" in said(page("consistency"))
