"""Channel overlap on the page: customers of several channels, unknown customers, and no id of anyone."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.records import SeenInBoth, Slice

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_an_empty_warehouse_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("silos"))


def test_one_channel_shares_nobody_and_the_same_order_is_heard_of_twice(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    # 40 customers and orders; C1 and O1 complain too; two of four complaints name nobody
    text = " ".join(said(page("silos")).split())
    assert "0.0%（0.0 – 8.8%，n = 40）的客户用过不止一个渠道" in text
    assert "50.0% 的投诉没有客户编号" in text
    assert "同一订单，反复联系：2.5%（0.4 – 12.9%，n = 40），其中跨渠道 0.0%" in text
    assert "不足 10 位" in text


def test_the_sample_says_that_orders_never_meet(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("silos", week="2026-W39", span="26"))
    assert "45.2%（43.9 – 46.5%，n = 5,324）的客户用过不止一个渠道" in text
    assert "6.8% 的答卷、6.8% 的投诉没有客户编号" in text
    assert "同一订单，反复联系：没有（至多 0.04%）" in text
    assert "9,734 个订单号没有一个出现第二次" in text


def test_a_click_opens_customers_by_number_with_answers_and_complaints(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("silos", week="2026-W39", span="26")
    app.session_state["drill"] = (SeenInBoth("customer", "APP", "OTA"), Slice())
    app.session_state["drill_count"] = 1
    app.run()
    text = said(app)
    assert "n = 520" in text
    assert "客户 1：" in text
    assert "件投诉" in text
    assert "c_" not in text.partition("n = 520")[2]
