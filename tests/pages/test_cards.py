"""Improvement cards: made from a cause of the period, listed with state and age, changed, printed and exported."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import openpyxl
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from servq.exports import xlsx_bytes
from servq.query.data.improvement_cards import all_cards
from servq.records import Slice
from servq.text.masking.masking import pseudonym, read_key
from servq.ui.cards.card_list import age_of, file_of, is_late
from servq.warehouse.upkeep import erase
from servq.warehouse.upkeep.doctor import examine
from tests.pages.conftest import HOSTILE

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def flat(text: str) -> str:
    return " ".join(text.split())


def made(app: AppTest, **typed: str) -> AppTest:
    """The page after a card was written and kept."""
    for name, said in typed.items():
        field: Any = app.text_area if name == "action" else app.text_input
        field(key=f"card-new-{name.replace('_', '-')}").set_value(said)
    app.button(key="FormSubmitter:card-new-存为改进卡").click().run()
    assert not app.exception, app.exception
    return app


def test_without_cards_the_page_says_so_and_offers_the_first(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = flat(said(page("cards")))
    assert "还没有改进卡" in text
    assert "2 件，占 4 件的 50.0%" in text  # 退改, the first of the two categories by name


def test_an_empty_warehouse_and_an_empty_slice_say_so(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "servq demo" in said(page("cards"))


def test_a_slice_without_complaints_makes_no_card(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("cards", channel="OTA", team="西湖门店组")
    assert "没有投诉，无从建卡" in said(app)
    assert not app.text_area


def test_a_card_keeps_figures_sentences_and_what_was_typed(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = made(
        page("cards", about="退改 › 退款慢"), why_0="渠道不同步", why_1="没有接口", action="打通接口", owner="王经理"
    )
    text = flat(said(app))
    assert "1 张改进卡未完成，0 张已逾期" in text
    assert "2 / 4 件 = 50.0%（15.0 – 85.0%）" in text  # Wilson of 2 of 4
    assert "“退款 100% 没到”" in text
    assert "1. 渠道不同步 2. 没有接口" in text
    (card,) = all_cards(one_team.snapshot())
    assert (card.title, card.plan.action, card.plan.state) == ("退改 › 退款慢", "打通接口", "open")
    assert dict(card.slice_.where) == {"category": ("退改",), "subcategory": ("退款慢",)}
    assert (card.share.n, card.share.total, card.share.load_id) == (2, 4, 2)
    assert set(card.sentences) == {"退款 100% 没到"}, "the other one is nearly the same, and shorter than a sentence"


def test_a_card_without_an_action_is_refused_and_nothing_is_kept(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    assert "请写明措施" in said(made(page("cards"), why_0="x"))
    assert one_team.count("SELECT count(*) FROM cause_card") == 0


def test_personal_data_that_is_typed_is_hidden_before_it_is_kept(one_team: SimpleNamespace, page: Page) -> None:
    made(page("cards"), action="回电 13812345678", why_0="客户 13812345678 说的")
    (card,) = all_cards(one_team.snapshot())
    assert (card.plan.action, card.plan.whys) == ("回电 [手机]", ("客户 [手机] 说的",))


def test_a_change_is_kept_with_its_history(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = made(page("cards"), action="打通接口")
    app.selectbox(key="card-1-state").set_value("done")
    app.date_input(key="card-1-due").set_value(date(2025, 4, 1))
    app.button(key="FormSubmitter:card-1-保存修改").click().run()
    assert not app.exception
    (card,) = all_cards(one_team.snapshot())
    assert (card.plan.state, card.plan.due_on, card.done_at) == ("done", date(2025, 4, 1), card.changed_at)
    assert [line.state for line in card.history] == ["done", "open"]
    assert "改进卡都已处理完" in said(app)


def test_a_card_is_late_from_the_day_after_it_was_due_until_it_is_finished(
    one_team: SimpleNamespace, page: Page
) -> None:
    app = made(page("cards"), action="打通接口")
    app.date_input(key="card-1-due").set_value(date(2025, 4, 1))
    app.button(key="FormSubmitter:card-1-保存修改").click().run()
    (card,) = all_cards(one_team.snapshot())
    assert [is_late(card, date(2025, 4, day)) for day in (1, 2)] == [False, True]
    assert age_of(card, date.fromordinal(date.today().toordinal() + 40)) in {"已建 39 天", "已建 40 天", "已建 41 天"}


def test_the_rows_of_a_card_are_as_many_as_its_n(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = made(page("cards", about="退改"), action="打通接口")
    app.button(key="open-card-rows").click().run()
    assert "n = 2 件投诉" in flat(said(app))


def test_what_is_typed_and_what_customers_wrote_is_text(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    app = made(page("cards", about="态度"), action=HOSTILE, owner="=1+1")
    assert "<script>" not in drawn(app)
    assert not [element for element in app.markdown if "bold" in element.value]
    cards = all_cards(one_team.snapshot())
    sheet = openpyxl.load_workbook(io.BytesIO(file_of(cards, xlsx_bytes))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "'=1+1" in [cell.value for cell in cells]


def test_where_others_can_open_it_no_card_can_be_written(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    made(page("cards"), action="打通接口")
    usual = st.get_option("server.address")
    st._config.set_option("server.address", "0.0.0.0", "test")
    try:
        app = page("cards", card="1")
    finally:
        st._config.set_option("server.address", usual, "test")
    assert "打通接口" in said(app)
    assert not app.text_area


def test_a_card_that_is_not_there_is_said(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert "没有编号为“9”的改进卡" in said(page("cards", card="9"))


def test_the_rows_of_a_cause_lead_to_a_card_of_it(full: SimpleNamespace, page: Page, drawn: Said) -> None:
    app = page("causes")
    category = full.snapshot().values("category")[0]
    app.session_state["drill"] = ("complaints", Slice.of(category=[category]))
    app.session_state["drill_count"] = 1
    assert f"about={quote(category)}" in drawn(app.run())


def test_a_card_is_made_of_a_cause_of_the_words_too(full: SimpleNamespace, page: Page, said: Said) -> None:
    link = {"week": "2026-W39", "span": "26", "channel": "OTA"}
    app = page("cards", about="money.rules", **link)
    n = full.snapshot().causes["cause"].eq("money.rules").sum()
    made(app, action="三处规则改成一份")
    (card,) = all_cards(full.snapshot())
    assert card.title == "退改规则各处不一（客户原话）"
    assert dict(card.slice_.where) == {"cause": ("money.rules",), "channel": ("OTA",)}
    assert 0 < card.share.n <= n
    assert card.sentences


def test_a_person_who_is_erased_is_gone_from_the_cards_too(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    made(page("cards", about="退改"), action="打通接口")
    assert one_team.count("SELECT count(*) FROM cause_card_sentence") == 1
    with one_team.warehouse.write() as connection:
        erase.forget(connection, pseudonym("C1", read_key(one_team.home)), "test")
    (card,) = all_cards(one_team.snapshot())
    assert (card.sentences, card.share.n) == ((), 2), "the figures stay as they were"
    assert [check.name for check in examine(one_team.warehouse) if not check.ok] == []
    with one_team.warehouse.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM cause_card_sentence")).scalar_one() == 0
    assert "没到" not in said(page("cards", card="1"))
