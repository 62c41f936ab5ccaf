"""The page 投诉根因: the largest cause first, its channel, and the waiting times."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.query import measure
from servq.records import UNATTRIBUTED, Slice
from servq.weeks import week_from_key

WHOLE = Slice(date(2026, 3, 30), date(2026, 9, 27))
"""All weeks of the sample."""

OTA = WHOLE.and_(channel="OTA")

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("causes"))


def test_four_complaints_are_counted_and_named(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("causes")).split())
    assert "共 4 件投诉" in text
    assert "登记分类（核对用）：" in text
    assert "2 件（50%）" in text  # 退款慢 and 语气生硬, two each


def test_the_refund_rule_is_the_top_cause_of_ota(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("causes", channel="OTA")).split())
    title, _, recorded = text.partition("登记分类（核对用）：")
    assert "说得最多：退改规则各处不一 28 / 85 件" in title
    assert recorded.startswith("退改与费用")
    assert "其中“退改规则与官网不一致”28 件" in recorded


def test_a_rise_is_told_in_the_headline_with_both_shares(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("causes", week="2026-W39")).split())
    assert "明显增多：承诺回电未回 1.5% → 5.3%；说得最多：退改手续费争议 37 / 435 件" in text


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
    table = charts_of(app)[-2]
    assert any(f"<b>{row.value:.1f}%</b>" in text for text in table["data"][1]["text"])
    assert row.high is not None
    assert row.high < 50


def test_a_slice_without_complaints_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("causes", channel="OTA", team="西湖门店组"))
    assert "这段时间没有投诉" in text
    assert "所选范围没有投诉" in text


TEAMS = 23


@pytest.fixture
def many(empty: SimpleNamespace) -> SimpleNamespace:
    """Complaints of 23 teams in four channels that promise nothing, under two categories with one sub-cause each."""
    lines = ["投诉单号,受理时间,首次响应时间,办结时间,渠道,责任班组,投诉类别,投诉子类,状态,投诉内容"]
    for place in range(40 * TEAMS):
        team, kind = place % TEAMS, "噪音" if place % 3 else "停车"
        channel = f"渠道{place % 4}"
        lines.append(
            f"T{place},2025-03-03 10:00,2025-03-03 12:00,2025-03-05 10:00,{channel},班组{team:02d},{kind},其他,已办结,x"
        )
    lines.append("T9999,2025-03-03 10:00,2025-03-03 12:00,2025-03-05 10:00,渠道1,班组22,停车,其他,已办结,x")
    path = empty.home / "complaints.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert load_file(empty.warehouse, empty.home, path, "complaints").adds_up
    return empty


def charts_of(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def ticks_of(chart: dict[str, Any]) -> list[str]:
    return [text.strip() for text in chart["layout"]["yaxis"]["ticktext"]]


def test_one_name_under_two_categories_is_two_bars(many: SimpleNamespace, page: Page) -> None:
    sub_causes = charts_of(page("causes"))[1]
    assert ticks_of(sub_causes) == ["噪音 › 其他", "停车 › 其他"]
    assert sub_causes["data"][1]["y"] == [0, 1]
    assert sub_causes["data"][1]["x"] == [613, 308]


def test_of_many_teams_the_largest_are_shown_and_the_rest_counted(
    many: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("causes")
    *_, clocks, table = charts_of(app)
    assert len(ticks_of(clocks)) == len(table["layout"]["yaxis"]["categoryarray"]) == 20
    assert ticks_of(clocks)[0] == "班组22"
    assert "另有 3 个班组，件数较少，可用筛选查看" in said(app)
    assert "班组21" not in table["layout"]["yaxis"]["categoryarray"]


def test_channels_that_promised_nothing_get_no_promise(many: SimpleNamespace, page: Page) -> None:
    assert not charts_of(page("causes", channel="渠道1"))[-2]["data"][2]["x"]


def test_less_than_half_is_not_called_concentrated(many: SimpleNamespace, page: Page, said: Said) -> None:
    assert "登记最多：噪音 613 件（67%），其中“噪音 › 其他”613 件，最多来自 渠道" in said(page("causes"))
    assert "“噪音 › 其他”154 件，集中在 渠道1" in said(page("causes", channel="渠道1"))


def test_a_filter_that_complaints_do_not_know_is_named(full: SimpleNamespace, page: Page, said: Said) -> None:
    segment = full.snapshot().values("segment")[0]
    app = page("causes", segment=segment)
    assert said(app).count("该指标的数据不含") == 6  # the title, and a note for each of the five parts
    assert "没有投诉" not in said(app)
    assert charts_of(app) == []


def test_the_open_ones_stand_by_team_and_age(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    # T2 of 2025-03-03 and T3 of 2025-03-04 are open; the newest moment of the data is of 2025-03-06
    app = page("causes")
    assert "未结投诉 2 件，其中 0 件已有 7 天以上" in said(app)
    none, some = charts_of(app)[-1]["data"]
    assert (some["x"], some["text"]) == ([1], ["<b>2</b>"])
    assert none["x"] == [0, 2, 3]


def test_where_nothing_is_open_no_table_is_drawn(many: SimpleNamespace, page: Page, said: Said) -> None:
    assert "没有未结投诉" in said(page("causes"))


def test_the_planted_cause_of_ota_comes_first_in_the_customers_own_words(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("causes", channel="OTA", week="2026-W39", span="26")
    chart = charts_of(app)[0]
    assert ticks_of(chart)[0] == "退改规则各处不一"
    kept = Slice.of(week_from_key("2026-W14"), date(2026, 9, 27), channel=["OTA"], cause=["money.rules"])
    n = measure(full.snapshot(), "complaints", (), kept)[0].reading.n
    assert chart["data"][1]["x"][0] == n
    assert f"客户自己说得最多的原因：退改规则各处不一（{n:,} / " in said(app)


def test_what_no_cause_explains_is_counted_and_is_no_bar(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("causes", week="2026-W39", span="26")
    kept = Slice.of(week_from_key("2026-W14"), date(2026, 9, 27))
    snapshot = full.snapshot()
    whole, without = (
        measure(snapshot, "complaints", (), one)[0].reading.n for one in (kept, kept.and_(cause=UNATTRIBUTED))
    )
    assert f"未归因 {without:,} / {whole:,} 件" in said(app)
    assert UNATTRIBUTED not in ticks_of(charts_of(app)[0])


def test_the_ranking_is_switched_by_the_link_and_its_parts_are_those_of_the_nps(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    nps = measure(full.snapshot(), "nps", (), WHOLE)[0].reading
    app = page("causes", week="2026-W39", span="26", by="nps")
    labels = charts_of(app)[0]["data"][2]["text"]
    assert f"各行合计 = 净推荐值 +{nps.value:.2f} 点" in said(app)
    told = [float(re.search(r"[+−]?[\d.]+", label)[0].replace("−", "-")) for label in labels]
    assert sum(told) == pytest.approx(nps.value, abs=0.005 * len(told))
    assert [label.strip() for label in ticks_of(charts_of(app)[0])[-2:]] == ["未归因", "没有写文字"]
    hours = charts_of(page("causes", week="2026-W39", span="26", by="hours"))[0]
    assert all("小时" in label for label in hours["data"][2]["text"])


def test_the_rows_of_a_cause_open_below_what_is_known_of_it_with_its_words_marked(
    full: SimpleNamespace, page: Page, said: Said, drawn: Said
) -> None:
    n = measure(full.snapshot(), "complaints", (), OTA.and_(cause="money.rules"))[0].reading.n
    app = page("causes", channel="OTA", week="2026-W39", span="26", cause="money.rules")
    assert f"这个原因的 {n:,} 件投诉" in said(app)
    assert f"n = {n:,}" in said(app)
    assert "about=money.rules" in drawn(app)
    marks = re.findall(r"<mark>(.*?)</mark>", drawn(app))
    assert len(marks) >= 50, "one at least in each of the page's fifty complaints"
    assert drawn(app).count("case=TS") == 50


def test_a_cause_that_nobody_names_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("causes", cause="no.such"))
    assert "n = 0" in text
    assert "这个原因的" not in text


def test_a_team_is_compared_with_its_peers_and_the_past_with_how_many_were_looked_at(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("causes", week="2026-W39", span="26", team="西湖门店组")).split())
    assert re.search(r"与同渠道其他班组比：看了 \d+ 个原因，\d+ 个可比，\d+ 个说得清", text)
    assert "与之前 26 周比：投诉太少，尚不能比较" in text, "nothing is known of then"


def test_words_that_look_like_markup_stay_words_where_they_are_marked(
    one_team: SimpleNamespace, page: Page, drawn: Said
) -> None:
    app = page("causes")
    app.session_state["drill"] = ("complaints", Slice.of(cause_category=one_team.snapshot().values("cause_category")))
    app.session_state["drill_count"] = 1
    sent = drawn(app.run())
    assert "&lt;script&gt;" in sent
    assert "<script" not in sent
