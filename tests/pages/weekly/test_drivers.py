"""The drivers of recommending: worded as correlation, and shown only with enough answers."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def test_it_says_correlation_and_never_cause(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("drivers")
    text = said(app)
    assert "相关" in text
    assert "导致" not in text
    assert "R² = " in text
    assert len(app.get("plotly_chart")) == 1


def test_n_is_that_of_the_answers_with_all_five_scores(full: SimpleNamespace, page: Page, said: Said) -> None:
    given = " AND ".join(
        f"{name} IS NOT NULL" for name in ("likelihood", "attitude", "responsiveness", "resolution", "communication")
    )
    n = full.count(f"SELECT count(*) FROM response WHERE {given} AND week >= '2026-08-03'")
    assert f"n = {n:,}（推荐意愿与四项都作答）" in said(page("drivers"))


def test_too_few_answers_are_not_weighed(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert "样本不足：五问齐答的只有 0 份" in said(page("drivers"))


def test_a_slice_without_answers_says_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "放宽筛选" in said(page("drivers", channel="电报"))


def test_in_english(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "This is correlation" in said(page("drivers", lang="English"))
