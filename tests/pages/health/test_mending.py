"""The editor of a quarantined row: the reason beside each cell, and the outcome of the correction."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.query.data.inventory import quarantined
from servq.ui.health import quarantine

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def flat(text: str) -> str:
    return " ".join(text.split())


def cell(app: AppTest, header: str) -> int:
    """The place of a cell in the form: the one that is wrong comes first, the others as they stand in the file."""
    drawn = [element.proto.body for element in app.get("html") if 'class="sq sq-cell' in element.proto.body]
    (place,) = [place for place, body in enumerate(drawn) if f">{header}<" in body]
    return place


def corrected(app: AppTest, header: str, text: str) -> AppTest:
    """The page after one cell was corrected and the row tried again."""
    number = app.selectbox(key="mend-row").value
    app.text_input(key=f"mend-{number}-{cell(app, header)}").set_value(text)
    app.button[-1].click()
    app.run()
    assert not app.exception
    return app


def test_what_is_wrong_stands_above_its_cell_which_comes_first(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("health")
    assert "推荐意愿 超出允许范围" in flat(said(app))
    assert cell(app, "推荐意愿") == 0
    assert app.text_input[0].value == "11"


def test_a_corrected_row_is_loaded_and_waits_no_longer(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    before = one_team.count("SELECT count(*) FROM response")
    text = flat(said(corrected(page("health"), "推荐意愿", "10")))
    assert "surveys.csv 第 42 行：已载入，离开隔离区" in text
    assert "隔离区是空的" in text
    assert one_team.count("SELECT count(*) FROM response") == before + 1
    assert one_team.count("SELECT likelihood FROM response WHERE response_id = 'R900'") == 10
    assert one_team.count("SELECT count(*) FROM load_log WHERE origin = 'retry'") == 1


def test_a_row_that_is_still_wrong_waits_on_and_says_why(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = corrected(page("health"), "推荐意愿", "十")
    assert "仍不可信，继续等待（推荐意愿：不是数字）" in said(app)
    assert app.text_input[0].value == "十"
    assert "surveys.csv 42 推荐意愿 十 不是数字" in flat(said(app))
    assert one_team.count("SELECT count(*) FROM load_log WHERE origin = 'retry'") == 0


def test_what_is_typed_is_hidden_before_it_is_kept(one_team: SimpleNamespace, page: Page) -> None:
    app = page("health")
    corrected(app, "您的意见和建议", "电话 13812345678")
    assert "13812345678" not in [field.value for field in app.text_input]
    corrected(app, "推荐意愿", "9")
    assert one_team.count("SELECT count(*) FROM response WHERE comment = '电话 [手机]'") == 1


def test_where_others_can_open_it_nothing_can_be_mended(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    usual = st.get_option("server.address")
    st._config.set_option("server.address", "0.0.0.0", "test")
    try:
        app = page("health")
    finally:
        st._config.set_option("server.address", usual, "test")
    assert "servq quarantine retry" in said(app)
    assert not app.text_input


def test_names_in_the_file_are_text(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    with one_team.warehouse.write() as connection:
        connection.exec_driver_sql("UPDATE quarantine SET raw = replace(raw, '服务态度', '<img src=x>')")
    assert "<img" not in drawn(page("health"))


def test_what_is_downloaded_is_what_can_be_handed_back(one_team: SimpleNamespace) -> None:
    table: list[list[object]] = []

    def kept(headers: list[str], rows: list[list[object]]) -> bytes:
        table.extend([headers, *rows])
        return b""

    quarantine.file_of(one_team.snapshot(), kept)
    headers, row = table
    assert headers[0] == "隔离编号 quarantine_id"
    told = dict(zip(headers, row, strict=True))
    assert (told["隔离编号 quarantine_id"], told["答卷编号"], told["推荐意愿"]) == (1, "R900", "11")
    assert len(quarantined(one_team.snapshot())) == 1
