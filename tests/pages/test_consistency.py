"""The channel page: which channel breaks its promise, and what cannot be told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.query import measure
from servq.records import Slice
from servq.ui.consistency import row_label
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


def test_best_and_worst_stand_there_with_both_n(full: SimpleNamespace, page: Page, said: Said) -> None:
    week = week_from_key("2026-W39")
    kept = Slice.of(week - timedelta(weeks=7), week + timedelta(days=6))
    n = {row.dims["channel"]: row.reading.n for row in measure(full.snapshot(), "sla_attainment", ("channel",), kept)}
    text = " ".join(said(page("consistency", week="2026-W39")).split())
    best, worst = re.search(r"首次响应达标率 (\S+) n=[\d,]+ › (\S+) n=", text).groups()
    assert worst == "小程序"
    assert f"首次响应达标率 {best} n={n[best]:,} › 小程序 n={n['小程序']:,} " in text


def test_of_many_channels_the_largest_are_drawn_and_the_rest_counted(
    empty: SimpleNamespace, page: Page, said: Said, tmp_path: Path
) -> None:
    lines = ["投诉单号,受理时间,首次响应时间,办结时间,渠道,责任班组,投诉类别,状态,投诉内容"]
    for place in range(23 * 10 + 1):  # 23 channels of ten complaints, and the last of eleven
        channel = f"渠道{22 if place == 230 else place % 23:02d}"
        lines.append(f"T{place},2025-03-03 10:00,2025-03-03 12:00,2025-03-05 10:00,{channel},组,噪音,已办结,x")
    path = tmp_path / "complaints.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert load_file(empty.warehouse, empty.home, path, "complaints").adds_up
    app = page("consistency")
    clocks = next(chart for chart in charts_of(app) if chart["layout"]["xaxis"].get("type") == "log")
    names = [text.strip() for text in clocks["layout"]["yaxis"]["ticktext"]]
    assert len(names) == 20
    assert "渠道22" in names
    assert "另有 3 个渠道未画出" in said(app)


def charts_of(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def test_shares_are_percentage_points_apart_and_rows_name_their_unit_once(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("consistency", week="2026-W39")).split())
    assert re.search(r"满意度 CSAT 门店 n=440 › 社交媒体 n=216 5\.8 个百分点 −2\.7 – 15\.2 ", text)
    assert [row_label(name) for name in ("nps", "first_response_median", "complaints_per_100")] == [
        "净推荐值 NPS（点）",
        "首次响应中位数",
        "百份答卷投诉数",
    ]
