"""The page 渠道一致性: the channels that break their promise, and what cannot be judged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
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
    text = said(page("consistency"))
    assert "1 个渠道：0 一致 · 0 不一致 · 1 证据不足" in text
    assert "没有公开的承诺可以对照" in text


def test_over_half_a_year_the_first_sentence_says_what_was_planted(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("consistency", week="2026-W39", span="26"))
    assert "2 项承诺未兑现：小程序 响应承诺（自 W33 起）、OTA 退改规则与官网不一致 7 个渠道：" in " ".join(text.split())
    assert "7 个渠道：3 一致 · 1 不一致 · 3 证据不足" in text


def test_a_channel_with_the_same_scores_that_breaks_a_promise_is_not_called_consistent_alone(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("consistency", week="2026-W39", span="26"))
    assert "OTA（得分一致，但有承诺未兑现）" in text


def test_a_channel_with_other_matters_to_deal_with_is_not_blamed_without_saying_so(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    # of eight weeks the call centre's NPS is lower: it has the hard cases, as planted
    text = said(page("consistency", week="2026-W39"))
    assert "小程序 响应承诺（自 W33 起）" in text
    assert "▼ 呼叫中心：NPS 低 24 点，业务构成也不同" in text


def test_beneath_the_title_stand_names_then_what_other_pages_found_then_raw_figures_beside_standardised_ones(
    full: SimpleNamespace, page: Page, said: Said, drawn: Callable[[AppTest], str]
) -> None:
    app = page("consistency", week="2026-W39")
    text = " ".join(said(app).split())
    assert "一致：OTA（得分一致，但有承诺未兑现） · 证据不足：官网、APP、" in text
    assert "社交媒体（还需至多 404 份）、门店（还需至多 192 份）" in text
    assert "服务断层 › 同一批客户在触点之间无显著下降" in text
    assert "三源对照 › 互相矛盾：呼叫中心、小程序（近 26 周）" in text
    assert "跨渠道客户识别 › 22.8%" in text
    assert 'href="consistency?part=lenses&amp;week=2026-W39' in drawn(app)
    kept = Slice.of(week_from_key("2026-W32"), None, channel=["呼叫中心"])
    counts = {row.dims["survey_mode"]: row.reading.n for row in measure(full.snapshot(), "nps", ("survey_mode",), kept)}
    raw = measure(full.snapshot(), "nps", (), kept)[0].reading
    (row,) = re.findall(r"呼叫中心 网页 ([\d.]+)% 其余渠道 [\d.]+% (−?\d+) 点 .*? (−?\d+) 点 ", text)
    assert float(row[0]) == pytest.approx(100 * counts["网页"] / sum(counts.values()), abs=1.0)
    assert int(row[1]) == round(raw.value)
    assert int(row[2]) < int(row[1])  # it was asked by phone, where everybody scores higher


def test_before_it_broke_no_channel_is_blamed_for_its_promise(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("consistency", week="2026-W32"))
    assert "响应承诺" not in text
    assert "小程序：" not in text


def test_the_share_in_time_is_the_corridor_s(full: SimpleNamespace, page: Page, said: Said) -> None:
    kept = Slice.of(week_from_key("2026-W32"), None, channel=["小程序"])
    reading = measure(full.snapshot(), "sla_attainment", (), kept)[0].reading
    text = " ".join(said(page("consistency", week="2026-W39", span="8")).split())
    assert f"{reading.value:.1f}%" in text
    assert f"n={reading.n:,}" in text


def test_one_channel_alone_is_compared_with_nothing(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("consistency", channel="OTA"))
    assert "1 个渠道：0 一致 · 0 不一致 · 1 证据不足" in text
    assert "0 格一起检验" in text


def test_a_filter_that_complaints_do_not_know_is_said_not_taken_for_no_promise(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("consistency", segment="商务客"))
    assert "该指标的数据不含客群" in text
    assert "没有公开的承诺" not in text


def test_best_and_worst_stand_there_with_both_n(full: SimpleNamespace, page: Page) -> None:
    week = week_from_key("2026-W39")
    kept = Slice.of(week - timedelta(weeks=7), week + timedelta(days=6))
    n = {row.dims["channel"]: row.reading.n for row in measure(full.snapshot(), "sla_attainment", ("channel",), kept)}
    fields = fields_of(page("consistency", week="2026-W39"), "最好")
    worst = fields["首次响应达标率", "最差"]
    assert worst.endswith(f"小程序 n={n['小程序']:,}")
    best = fields["首次响应达标率", "最好"]
    assert best.endswith(f"n={n[best.split()[1]]:,}")


def test_shares_are_percentage_points_apart(full: SimpleNamespace, page: Page) -> None:
    fields = fields_of(page("consistency", week="2026-W39"), "最好")
    assert fields["满意度 CSAT", "最好"] == "89.1% 门店 n=440"
    assert fields["满意度 CSAT", "最差"] == "83.3% 社交媒体 n=216"
    assert fields["满意度 CSAT", "相差（95% 区间）"] == "○ 5.8 个百分点 −2.7 – 15.2"


def test_a_field_of_the_matrix_says_value_n_and_verdict(full: SimpleNamespace, page: Page) -> None:
    fields = fields_of(page("consistency", week="2026-W39"), "小程序")
    assert fields["承诺 按时响应率", "小程序"] == "▼ 29.0 n=93"
    assert fields["首次响应 时限占用率", "小程序"] == "▼ 150.3 n=94"
    assert fields["NPS", "OTA"] == "● 33 n=543"
    assert fields["NPS", "社交媒体"] == "○ 30 n=222"
    assert {place for place, text in fields.items() if text.startswith("▼")} == {
        ("承诺 按时响应率", "小程序"),
        ("首次响应 时限占用率", "小程序"),
        ("响应", "小程序"),  # who waits longer than promised says so when asked
        ("NPS", "呼叫中心"),
    }


def test_the_reference_may_be_one_channel(full: SimpleNamespace, page: Page) -> None:
    fields = fields_of(page("consistency", week="2026-W39", reference="官网"), "小程序")
    assert ("NPS", "官网") not in fields
    assert fields["首次响应 时限占用率", "小程序"].startswith("▼")


@pytest.mark.parametrize(
    ("metric", "channel", "told"),
    [
        ("nps", "呼叫中心", "▼ 不一致，较差：呼叫中心 与参照相差 −24 点（95% 区间 −33 – −16）"),
        ("csat", "社交媒体", "○ 证据不足：社交媒体 与参照相差 −2.1 个百分点"),
        ("csat", "门店", "○ 高于参照；是否超出允许差距 ±5.0 个百分点 尚无定论：门店 与参照相差 +"),
        ("sla_attainment", "小程序", "▼ 不一致，较差：小程序承诺时间内响应的下限 90.0%"),
    ],
)
def test_a_field_opens_its_evidence_above_as_many_rows_as_its_n(
    full: SimpleNamespace, page: Page, said: Said, metric: str, channel: str, told: str
) -> None:
    app = page("consistency", week="2026-W39")
    week = week_from_key("2026-W39")
    kept = Slice.of(week - timedelta(weeks=7), week + timedelta(days=6), channel=[channel])
    app.session_state["drill"], app.session_state["drill_count"] = (metric, kept), 1
    text = said(app.run())
    assert not app.exception
    assert told in text
    n = measure(full.snapshot(), metric, (), kept)[0].reading.n
    assert f"n = {n:,}" in text
    if metric == "nps":
        assert "允许差距 δ = ±10 点，2026-01-01 起" in text
        assert "调查方式构成不同：“网页”占该渠道答卷的 5%，参照 63%。" in text
        assert "原始 28 点 (20 – 35) → 按各渠道共同的调查方式构成 19 点 (0 – 37)" in text
        assert re.search(r"电话\s+288 \(60%\)", text)
        assert "业务构成不同" in text


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


def fields_of(app: AppTest, column: str) -> dict[tuple[str, str], str]:
    """(row, column) -> the text of a field, of the board that has this column."""
    for chart in charts_of(app):
        heat = next((trace for trace in chart["data"] if trace["type"] == "heatmap" and column in trace["x"]), None)
        if heat is not None:
            marks = next(trace for trace in chart["data"] if trace["type"] == "scatter")
            texts = [re.sub(r"<[^>]*>", "", text.replace("<br>", " ")) for text in marks["text"]]
            return dict(zip(zip(marks["y"], marks["x"], strict=True), texts, strict=True))
    raise AssertionError(f"no board has a column {column}")


def test_of_many_answers_the_pages_behind_say_what_they_found_when_they_are_opened(
    full: SimpleNamespace, page: Page, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "打开该页时再逐客户比较"
    assert told not in said(page("consistency"))
    monkeypatch.setattr("servq.ui.consistency.further._MOST_ANSWERS", 100)
    st.cache_resource.clear()
    assert said(page("consistency")).count(told) == 2
