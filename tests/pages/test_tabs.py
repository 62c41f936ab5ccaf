"""Pages with tabs: the link holds the open one, and only that one is computed and sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.ui.shell.menu import PAGES, PART, PARTS, QUESTIONS, TABS, place_of
from servq.ui.shell.view import _memory

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

SEVERAL = {page: parts for page, parts in PARTS.items() if len(parts) > 1}
EACH_PART = [(page, part) for page, parts in SEVERAL.items() for part in parts]


def computed() -> set[str]:
    """The functions whose results are kept for the views that were looked at, by module and name."""
    return {key[0] for key in _memory()._values}


@pytest.mark.parametrize(("name", "part"), EACH_PART)
def test_a_part_asks_its_own_question_and_has_one_title(
    one_team: SimpleNamespace, page: Page, drawn: Said, said: Said, name: str, part: str
) -> None:
    app = page(part)
    assert drawn(app).count('<h1 class="sq-title">') == 1
    asked = [question.zh for question in QUESTIONS.values() if question.zh in said(app)]
    assert asked == [QUESTIONS[part].zh]


@pytest.mark.parametrize("name", SEVERAL)
def test_every_tab_of_a_page_is_there_in_the_reader_s_language(
    one_team: SimpleNamespace, page: Page, name: str
) -> None:
    chinese, english = page(name), page(name, lang="English")
    assert [tab.label for tab in chinese.tabs] == [TABS[part].zh for part in PARTS[name]]
    assert [tab.label for tab in english.tabs] == [TABS[part].en for part in PARTS[name]]


def test_a_part_that_is_none_opens_the_first(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert QUESTIONS["consistency"].zh in said(page("consistency", **{PART: "drivers"}))


def test_a_page_of_one_part_has_no_tabs(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("team", **{PART: "promises"})
    assert not app.tabs
    assert QUESTIONS["team"].zh in said(app)


def test_the_executive_s_first_look_asks_neither_for_the_register_nor_for_rank_correlations(
    full: SimpleNamespace, page: Page
) -> None:
    page("consistency", week="2026-W39")
    first = computed()
    st.cache_resource.clear()
    page("promises", week="2026-W39")
    register = computed()
    st.cache_resource.clear()
    page("lenses", week="2026-W39")
    lenses = computed()
    assert {name for name in register - first if name.startswith("servq.ui.consistency.promise_verdicts")}
    assert "servq.ui.consistency.lenses._drawn" in lenses - first
    assert not {
        name
        for name in first
        if name.startswith(("servq.ui.consistency.promise_history", "servq.ui.consistency.lens_ranks"))
    }
    assert not {
        name
        for name in lenses
        if name.startswith(("servq.ui.consistency.promise_verdicts", "servq.ui.consistency.consistency"))
    }
    assert not {name for name in register if name.startswith(("servq.ui.lens", "servq.ui.consistency.consistency"))}


@pytest.mark.parametrize("part", [part for parts in PARTS.values() for part in parts])
def test_no_link_takes_the_way_over_an_old_address(full: SimpleNamespace, page: Page, drawn: Said, part: str) -> None:
    found = re.findall(r'href="([^"?#]+)', drawn(page(part, week="2026-W39")))
    assert set(found) <= {place_of(name) for name in PAGES}


@pytest.mark.parametrize("name", SEVERAL)
def test_every_part_sends_something_that_no_other_part_of_its_page_sends(
    full: SimpleNamespace, page: Page, name: str
) -> None:
    sent = {part: _ids(page(part, week="2026-W39")) for part in PARTS[name]}
    for part, ids in sent.items():
        others = set.union(*(found for other, found in sent.items() if other != part))
        assert ids - others, f"{part} sends nothing of its own"


def _ids(app: AppTest) -> set[str]:
    """The widgets and charts that a page sent; one that two parts share has the same id on both."""
    kinds = ("button", "selectbox", "button_group", "plotly_chart", "text_input", "file_uploader", "download_button")
    return {element.proto.id for kind in kinds for element in app.get(kind)}
