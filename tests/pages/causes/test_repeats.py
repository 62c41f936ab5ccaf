"""Repeat complaints of customers and orders: as many rows as each line says, and no id of a customer anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.metrics.definitions.repeats import repeated_share
from servq.query.customers.repeats import repeats_behind, repeats_in
from servq.records import Slice

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_share_and_its_interval_by_hand() -> None:
    # 60 customers with one complaint, 10 with two: 20 of 80. Each of the 60 is off by 1/4, each of the 10 by 2 - 1/2:
    # squares 60/16 + 10 * 9/4 = 26.25; variance 26.25 * 70/69 / 6400 = .004161; 3/16 / .004161 = 45.06 complaints
    # that stand alone; Wilson of 1/4 of 45.06 is 14.7 – 39.3, of 20 of 80 it would be 16.8 – 35.5
    found = repeated_share({1: 60, 2: 10})
    assert (found.value, found.n) == (25.0, 80)
    assert (found.low, found.high) == (pytest.approx(14.7, abs=0.1), pytest.approx(39.3, abs=0.1))


def test_nobody_is_no_value() -> None:
    assert (repeated_share({}).value, repeated_share({}).n) == (None, 0)
    assert repeated_share({1: 12}).value == 0.0


def test_two_complaints_of_one_customer_are_one_observation() -> None:
    # 1 of 1 by Wilson: 20.65 – 100
    assert repeated_share({2: 1}).low == pytest.approx(20.65, abs=0.01)


@pytest.mark.parametrize("by", ["customer", "order"])
def test_the_rows_of_each_line_are_as_many_as_it_says_and_name_nobody(by: str, full: SimpleNamespace) -> None:
    snapshot = full.snapshot()
    found = repeats_in(snapshot, by, Slice())
    assert found is not None
    known = full.count(f"SELECT count(*) FROM complaint WHERE {by}_id IS NOT NULL")
    assert found.reading.n == known == sum(complaints for _, complaints in found.groups.values())
    for number, (_, complaints) in found.groups.items():
        behind = repeats_behind(snapshot, by, Slice(), number)
        assert behind.total == len(behind.frame) == complaints
        assert not {"customer_id", "order_id", "raw"} & set(behind.frame)
    assert repeats_behind(snapshot, by, Slice()).total == found.repeated


def test_a_click_opens_the_complaints_of_those_who_have_two(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("contradictions")
    text = flat(said(app))
    assert "重复投诉的客户：100.0%" in text  # T1 and T2 are of C1; T3 and T4 say nobody's name
    assert "2 件：1 个客户" in text
    opened = flat(said(app.button(key="open-repeat-customer-2").click().run()))
    assert "n = 2" in opened
    assert "T1" in opened.partition("n = 2")[2]
    assert "c_" not in opened


def test_a_slice_without_complaints_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "没有能认出客户的投诉" in said(page("contradictions", channel="OTA", team="西湖门店组"))


def test_a_filter_that_complaints_do_not_know_is_said(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "投诉数据不含所选的筛选条件" in said(page("contradictions", segment="亲子"))


def test_the_page_says_both_findings_in_one_sentence(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = flat(said(page("contradictions", span="26")))
    assert re.search(r"[\d.]+% 的投诉来自反复投诉的客户，[\d.]+% 的分数与文字不符", text)


def test_four_complaints_are_too_few_for_a_share(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert "投诉太少，看不出多少人反复投诉" in said(page("contradictions"))
