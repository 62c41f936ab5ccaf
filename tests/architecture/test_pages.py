"""The contract of a page: one question and a short sequence of calls to servq.ui; it holds nothing of its own.

docstring           its question, in both languages
imports             from servq.ui, nothing else
view = shell.open_page("name")
what it shows       …, or, of a page of several parts:

match view.part:
    case "part":    what it shows …, only when this part is open
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from servq.ui import dashboard
from servq.ui.shell import router
from servq.ui.shell.menu import GROUPS, PAGES, PARTS, QUESTIONS, TABS

ROOT = Path(__file__).resolve().parents[2]
UI = sorted((ROOT / "src" / "servq" / "ui").rglob("*.py"))
FILES = sorted((ROOT / "pages").glob("*.py"))

each_page = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)

DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
FORMATS = {"format", "format_map", "strftime", "zfill"}
MARKDOWN = {"markdown", "caption", "metric", "table", "title", "header", "subheader", "latex"}
"""Streamlit's writers that read Markdown or HTML: a customer's words would be taken for more than text."""


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=path.name)


def statements(path: Path) -> list[ast.stmt]:
    """The statements of a page after its docstring and its imports."""
    return [node for node in tree_of(path).body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]


def test_every_page_has_a_name_and_its_parts_and_the_other_way_round() -> None:
    assert {path.stem for path in FILES} == set(PAGES) == set(PARTS)


def test_every_part_stands_on_one_page_and_has_a_question_and_among_others_a_tab() -> None:
    parts = [part for parts in PARTS.values() for part in parts]
    assert sorted(parts) == sorted(QUESTIONS)
    assert {part for parts in PARTS.values() for part in parts if len(parts) > 1} == set(TABS)


def test_a_page_s_first_part_is_called_like_it_so_that_old_links_to_the_page_open_it() -> None:
    assert [parts[0] for parts in PARTS.values()] == list(PARTS)


def test_every_page_stands_in_the_menu_once() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(PAGES)


def test_no_folder_of_pages_stands_beside_the_script_that_runs_them() -> None:
    """Streamlit would open its files without the script, until somebody has come in by the menu."""
    assert not (Path(dashboard.__file__).parent / "pages").exists()
    assert router.FILES == ROOT / "pages"


class TestEachPage:
    @each_page
    def test_it_begins_with_its_question(self, path: Path) -> None:
        first = (ast.get_docstring(tree_of(path)) or "").split("\n")[0]
        assert first.endswith(("？", "?"))
        assert first == f"{QUESTIONS[path.stem].zh} {QUESTIONS[path.stem].en}"

    @each_page
    def test_it_imports_from_the_dashboards_parts_and_nothing_else(self, path: Path) -> None:
        tree = tree_of(path)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert imports
        assert [node.lineno for node in imports if not _from_ui(node)] == []
        assert imports == tree.body[1 : len(imports) + 1], "imports stand together behind the docstring"

    @each_page
    def test_it_opens_itself_before_anything_else(self, path: Path) -> None:
        first = ast.unparse(statements(path)[0])
        assert first in {f"view = shell.open_page('{path.stem}')", f"shell.open_page('{path.stem}')"}

    @each_page
    def test_it_shows_a_part_only_when_it_is_open(self, path: Path) -> None:
        """Of several parts each stands in a case of its own, in the order of the tabs; nothing runs beside them."""
        parts, rest = PARTS[path.stem], statements(path)[1:]
        if len(parts) == 1:
            assert not [node for node in rest if isinstance(node, ast.Match)]
            return
        (switch,) = rest
        assert isinstance(switch, ast.Match)
        assert ast.unparse(switch.subject) == "view.part"
        assert [ast.unparse(case.pattern) for case in switch.cases] == [repr(part) for part in parts]
        assert [case.guard for case in switch.cases] == [None] * len(parts)

    @each_page
    def test_it_defines_and_formats_nothing_and_remembers_nothing(self, path: Path) -> None:
        for node in ast.walk(tree_of(path)):
            assert not isinstance(node, DEFINES), node.lineno
            assert not isinstance(node, ast.JoinedStr), f"an f-string in line {node.lineno}"
            assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)), f"% in line {node.lineno}"
            if isinstance(node, ast.Attribute):
                assert node.attr not in FORMATS | {"session_state", "query_params"}, f"line {node.lineno}"


def _from_ui(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[:2] == ["servq", "ui"]


class TestWhatCustomersWrite:
    """Words and names from files are text; only `markup` writes HTML, and it escapes what is put in."""

    def test_nobody_allows_unsafe_html(self) -> None:
        for path in [*UI, *FILES, ROOT / "app.py"]:
            assert "unsafe_allow_html" not in path.read_text(encoding="utf-8"), path.name

    def test_only_markup_writes_html(self) -> None:
        writing = {path.name for path in UI for name in _called(path) if name in {"st.html", "st.iframe"}}
        assert writing == {"markup.py"}
        assert [path.name for path in UI if "components.v1" in path.read_text(encoding="utf-8")] == []

    def test_nothing_is_written_through_markdown(self) -> None:
        found = [
            f"{path.name}: {name}"
            for path in UI
            for name in _called(path)
            if name in {f"st.{writer}" for writer in (*MARKDOWN, "write")} or name.split(".")[-1] in MARKDOWN - NAMES
        ]
        assert found == []


NAMES = {"title", "header", "table"}
"""Also the names of functions of ours and of plotly's: only Streamlit's own are meant."""


def _called(path: Path) -> list[str]:
    """Every name that is called in a file, as written: `st.html`, `left.caption`."""
    calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call, ast.Attribute | ast.Name)]
