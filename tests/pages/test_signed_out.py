"""Pages that are run past the door: where readers sign in, nobody sees anything without a session."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.access.viewer import NotSignedIn
from servq.exports import csv_bytes
from servq.ui.shell import permissions
from servq.ui.shell.menu import PARTS

Page = Callable[..., AppTest]


@pytest.fixture
def guarded(one_team: SimpleNamespace) -> SimpleNamespace:
    (one_team.home / "servq.toml").write_text('[access]\nsign_in = "local"\n', encoding="utf-8")
    return one_team


@pytest.mark.parametrize("part", [part for parts in PARTS.values() for part in parts])
def test_it_shows_the_way_to_sign_in_and_nothing_else(
    guarded: SimpleNamespace, page: Page, said: Callable[[AppTest], str], part: str
) -> None:
    app = page(part)
    assert said(app).split() == ["您已退出，或登录已失效", "去登录", "›"]
    assert not [*app.button, *app.selectbox, *app.tabs, *app.get("plotly_chart"), *app.get("download_button")]


def test_nothing_is_changed_or_taken_away(guarded: SimpleNamespace) -> None:
    for ask in (
        permissions.viewer,
        lambda: permissions.insist("action:promise"),
        lambda: permissions.may("page:weekly"),
    ):
        with pytest.raises(NotSignedIn):
            _as_a_new_reader(ask)
    assert not _as_a_new_reader(lambda: permissions.still_may("action:load"))
    with pytest.raises(NotSignedIn):
        _as_a_new_reader(lambda: permissions.file("download:rows", "drill", lambda make: make([], []), csv_bytes))


def _as_a_new_reader(ask: Callable[[], object]) -> object:
    """In a thread of its own, as every reader's run is."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(ask).result()


def test_where_nobody_signs_in_a_file_leaves_no_line_in_the_audit_trail(one_team: SimpleNamespace) -> None:
    made = permissions.file("download:rows", "drill", lambda make: make(["a"], [[1]]), lambda heads, rows: b"x")
    assert made() == b"x"
    assert one_team.count("SELECT count(*) FROM audit") == 0
