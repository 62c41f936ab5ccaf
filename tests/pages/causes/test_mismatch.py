"""Contradictions of score and text on the page: the share, both lists, and as many rows as each says."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.query import measure, rows_behind
from servq.records import Slice

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]
LISTS = {"high_score_negative": "high_negative", "low_score_positive": "low_positive"}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_list_that_a_click_opens_has_as_many_rows_as_its_button_says(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("contradictions", span="26")
    for name in LISTS:
        label = app.button(key=f"open-{name}").label
        opened = flat(said(app.button(key=f"open-{name}").click().run()))
        n = rows_behind(full.snapshot(), name, Slice(), 1).total
        assert f"查看这 {n:,} 份答卷" in label
        assert f"n = {n:,} 份答卷" in opened


def test_the_search_on_the_page_of_verbatims_finds_the_same_rows(full: SimpleNamespace, page: Page, said: Said) -> None:
    for name, fit in LISTS.items():
        n = measure(full.snapshot(), name)[0].reading.n
        assert n > 0
        assert f"共 {n:,} 条评论" in said(page("voices", span="26", fit=fit))


def test_complaints_have_no_score_to_contradict(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("voices", kind="complaints", fit="high_negative")
    assert app.selectbox(key="fit").disabled
    assert said(app) == said(page("voices", kind="complaints"))


def test_a_team_without_such_answers_says_why(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("contradictions", channel="OTA", team="西湖门店组")
    assert "这里没有" in said(app) or "没有答卷" in said(app)
    assert app.button(key="open-high_score_negative").disabled
