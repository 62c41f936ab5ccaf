"""The reader's own team: chosen once, it stays on the pages of a team; an unknown one in a link is told."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]
TEAM = "小程序客服组"


def test_the_own_team_of_the_link_is_applied_to_causes_and_words(full: SimpleNamespace, page: Page, said: Said) -> None:
    for part in ("causes", "voices"):
        mine, filtered = said(page(part, my_team=TEAM)), said(page(part, team=TEAM))
        assert f"班组：{TEAM}" in filtered
        assert [line for line in mine.splitlines() if line.strip()][-1] in filtered
        assert mine != said(page(part))


def test_the_pages_of_the_whole_company_do_not_narrow_to_the_own_team(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    assert said(page("weekly", my_team=TEAM)) == said(page("weekly"))


def test_the_page_of_a_team_begins_with_the_own_one(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("team", my_team=TEAM)
    assert app.selectbox(key="focus").value == TEAM


def test_a_team_chosen_by_hand_becomes_the_own_one_and_one_merely_shown_does_not(
    full: SimpleNamespace, page: Page
) -> None:
    app = page("team")
    assert "my_team" not in app.session_state
    app.selectbox(key="focus").set_value(TEAM).run()
    assert app.session_state["my_team"] == TEAM


def test_an_unknown_team_in_a_link_is_told_and_opens_no_other_team(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("team", focus="没有的组")
    text = said(app)
    assert "数据中没有链接里的班组“没有的组”，请选择班组" in text
    assert "本周六个数字" not in text
    app.selectbox(key="focus").set_value(TEAM).run()
    assert f"{TEAM}：" in said(app)


def test_an_unknown_own_team_is_told_beside_the_figures_of_all(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "没有链接里的班组“没有的组”，显示全部班组" in said(page("causes", my_team="没有的组"))
