"""The undo of a load on the page 数据健康: nothing goes before it is confirmed, and what cannot go says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.ui.health import undo

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_a_load_goes_after_its_confirmation_and_the_log_says_so(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("health")
    (load_id,) = [one.split()[0] for one in app.selectbox(key=undo.LOAD).options if "surveys.csv" in one]
    number = int(load_id.removeprefix("#"))
    app.selectbox(key=undo.LOAD).set_value(number).run()
    assert app.button(key=undo.GO).disabled
    assert one_team.count("SELECT count(*) FROM response") > 0
    app.checkbox(key=f"{undo.SURE}-{number}").check().run()
    app.button(key=undo.GO).click().run()
    assert not app.exception
    assert one_team.count("SELECT count(*) FROM response") == 0
    assert one_team.count("SELECT count(*) FROM survey_cell") == 0
    text = said(app)
    assert f"已撤销第 {number} 次载入" in text
    assert re.search(r"已撤销 \d{4}-\d\d-\d\d", text), "the line in the log says when"


def test_where_others_can_open_it_nothing_can_be_undone(one_team: SimpleNamespace, page: Page) -> None:
    usual = st.get_option("server.address")
    st._config.set_option("server.address", "0.0.0.0", "test")
    try:
        app = page("health")
    finally:
        st._config.set_option("server.address", usual, "test")
    assert not [one for one in app.button if one.key == undo.GO]
