"""Emerging phrases and the cause tree: each phrase with its n and two sentences, and none invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

HEAD = "投诉单号,受理时间,渠道,责任班组,投诉类别,投诉内容"
OLD = ("退款一直没有到账", "客服态度很差", "房间很脏", "排队等了很久", "导游强制购物", "发票开错了")
GATE = "闸机刷脸失败，孩子进不去"


@pytest.fixture
def gates(empty: SimpleNamespace) -> SimpleNamespace:
    """Twelve weeks of one shop with ten complaints each; in the last four weeks every fifth also names the gate."""
    rows = [
        f"T{week}-{at},{_day(week)} 1{at}:00,门店,西湖组,其他,{OLD[(week + at) % len(OLD)]}{_gate(week, at)}"
        for week in range(12)
        for at in range(10)
    ]
    path = empty.home / "complaints.csv"
    path.write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    assert load_file(empty.warehouse, empty.home, path, "complaints").adds_up
    return empty


def _day(week: int) -> date:
    return date(2025, 1, 6) + timedelta(weeks=week)


def _gate(week: int, at: int) -> str:
    return f"。{GATE}" if week >= 8 and at % 5 == 0 else ""


def test_a_new_wording_stands_in_the_title_with_its_n_and_a_sentence(
    gates: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("tree", span="4")).split())
    assert "（8 件投诉，此前 0 件）" in text
    assert "闸机" in text
    assert GATE in text
    assert "本期 40 件，此前最多 26 周 80 件" in text


def test_the_button_opens_exactly_its_complaints(gates: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("tree", span="4")
    (button,) = [one for one in app.button if one.key == "open-novel-0"]
    assert "这 8 件" in button.label
    opened = " ".join(said(button.click().run()).split())
    assert "n = 8 件投诉" in opened
    assert opened.count("T8-") == 2


def test_where_nothing_is_new_the_page_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("tree"))
    assert "未发现显著的新说法" in text
    assert "受理分类与客户原文：" in text


def test_before_there_is_a_past_nothing_is_called_new(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("tree"))
    assert "此前没有可比的投诉，无从说新" in text


def test_a_category_of_the_clerk_that_the_tree_does_not_know_is_named(
    gates: SimpleNamespace, page: Page, said: Said
) -> None:
    assert "原因树没有的分类不参与一致率：其他" in said(page("tree", span="4"))


@pytest.mark.parametrize("link", [{"channel": "没有"}, {"segment": "商务", "lang": "English"}])
def test_a_slice_without_complaints_says_why(
    link: dict[str, str], full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("tree", **link))
    assert "No complaints in this period" in text if "lang" in link else "这段时间没有投诉" in text


def test_an_administrator_sees_what_would_move_and_takes_it_in_and_out_again(
    gates: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("tree", span="4")
    app.button(key="suggest-0").click().run()
    text = " ".join(said(app).split())
    assert "会找到 8 件" in text
    assert GATE in text
    app.text_input(key="leaf-name").set_value("刷脸闸机故障").run()
    app.selectbox(key="leaf-category").set_value("system").run()
    app.button(key="leaf-accept").click().run()
    assert not app.exception
    assert gates.count("SELECT count(*) FROM text_cause WHERE cause = 'system.刷脸闸机故障'") > 0
    app = page("tree", span="4")
    assert "其中自己收入 1 个" in said(app)
    assert "其中未归因 0 件 多数已归：刷脸闸机故障" in " ".join(said(app).split()), "nobody is asked for it twice"
    assert "8 件" in app.button(key="open-own-0").label
    app.button(key="withdraw-0").click().run()
    assert "其中自己收入 0 个" in said(app)
    assert gates.count("SELECT count(*) FROM text_cause WHERE cause = 'system.刷脸闸机故障'") == 0


def test_nobody_changes_the_tree_where_other_machines_are_served(
    gates: SimpleNamespace, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servq.ui.shell.permissions.may", lambda surface: not surface.startswith("action:"))
    assert [one.key for one in page("tree", span="4").button if one.key.startswith("suggest")] == []
