"""The table role × surface: every page, tab, action and download has its row, and what has none is closed to all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from servq.access.roles import NAMES, SURFACES, Role, may, read_role
from servq.access.viewer import Scope, Viewer
from servq.errors import UsageError
from servq.ui.shell.menu import PAGES, PARTS

ROOT = Path(__file__).resolve().parents[2]
UI = {path: path.read_text(encoding="utf-8") for path in (ROOT / "src" / "servq" / "ui").rglob("*.py")}
ASKED = re.compile(r'(?:may|insist|still_may|file)\("((?:action|download):\w+)"')


def of_kind(kind: str) -> set[str]:
    return {name.partition(":")[2] for name in SURFACES if name.startswith(f"{kind}:")}


def test_every_page_has_a_row_and_no_row_is_of_a_page_that_is_not_there() -> None:
    assert of_kind("page") == set(PAGES)


def test_every_further_tab_has_a_row() -> None:
    assert of_kind("tab") == {part for parts in PARTS.values() for part in parts[1:]}


def test_every_action_and_download_that_a_page_asks_for_has_a_row_and_every_row_is_asked_for() -> None:
    asked = {name for text in UI.values() for name in ASKED.findall(text)}
    rows = {name for name in SURFACES if name.startswith(("action:", "download:"))}
    assert asked == rows


def test_every_download_of_rows_is_made_behind_a_permission() -> None:
    """A file that is made when it is clicked is made after the page was drawn: by whoever may have it then."""
    bare = {path.name for path, text in UI.items() if "data=partial(" in text}
    assert bare == set()


def test_what_is_drawn_alone_looks_the_session_up_first() -> None:
    """A dialog is drawn again without its page; `plainly` asks who looks."""
    dialogs = {path.name: text for path, text in UI.items() if "st.dialog(" in text}
    assert len(dialogs) >= 5
    assert [name for name, text in dialogs.items() if text.count("st.dialog(") != text.count("shell.plainly(")] == []
    # these show a counter of rows read, and nothing at all
    fragments = {path.name for path, text in UI.items() if "st.fragment" in text}
    assert fragments == {"upload_report.py", "shell.py"}


def test_every_surface_is_open_to_somebody_and_what_has_no_row_to_nobody() -> None:
    assert all(SURFACES.values())
    assert not any(may(role, "page:somewhere") for role in Role)
    assert set(NAMES) == set(Role)


@pytest.mark.parametrize(
    ("role", "surface", "allowed"),
    [
        (Role.ADMIN, "action:undo_load", True),
        (Role.QUALITY, "action:promise", True),
        (Role.LEAD, "action:card", True),
        (Role.LEAD, "action:promise", False),
        (Role.LEAD, "page:health", False),
        (Role.LEAD, "download:rows", True),
        (Role.EXECUTIVE, "page:consistency", True),
        (Role.EXECUTIVE, "download:rows", False),
        (Role.EXECUTIVE, "action:card", False),
        (Role.READER, "page:weekly", True),
        (Role.READER, "action:load", False),
    ],
)
def test_each_role_may_do_what_people_expect(role: Role, surface: str, allowed: bool) -> None:
    assert may(role, surface) is allowed


def test_only_quality_managers_and_administrators_change_what_counts_for_all() -> None:
    for surface in ("load", "undo_load", "quarantine", "promise", "cause"):
        assert SURFACES[f"action:{surface}"] == {Role.ADMIN, Role.QUALITY}


def test_without_a_sign_in_from_another_machine_everything_is_seen_and_nothing_changed() -> None:
    away = Viewer("root", "", Role.ADMIN, Scope.EVERYTHING, "none", here=False)
    assert away.may("page:health")
    assert away.may("download:rows")
    assert not [name for name in SURFACES if name.startswith("action:") and away.may(name)]


def test_a_viewer_without_a_scope_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Viewer("anna", "Anna", Role.READER)  # type: ignore[call-arg]


def test_a_role_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="没有名为“boss”的角色"):
        read_role("boss")
