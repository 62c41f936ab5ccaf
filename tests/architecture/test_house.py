"""The architecture of the code: layers, sizes, names, and the rooms in which each library may be used."""

from __future__ import annotations

import ast
import fnmatch
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "servq"
STEPS = SRC / "warehouse" / "migrations" / "versions"
"""Migration steps: each is a record of what was done once, as long as it had to be."""

MODULES = [path for path in sorted(SRC.rglob("*.py")) if STEPS not in path.parents]
EVERYTHING_RUN = [*MODULES, *sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]

LIMITS = {"module": 280, "folder": 20, "page": 60, "app.py": 40, "function": 40}
"""Lines that a head can hold. A function's docstring is not counted."""

TOP_LEVEL = {
    ".ci", ".gitignore", ".streamlit", "CHANGELOG.md", "Makefile", "README.md", "app.py", "benchmarks", "data", "docs",
    "pages", "pyproject.toml", "src", "studies", "tests",
}  # fmt: skip


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def told(lines: dict[str, int]) -> str:
    """The names that are too long, with their lengths."""
    return "\n".join(["too long:", *(f"{name} {count}" for name, count in lines.items())])


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported anywhere in a file, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def importers(*packages: str) -> set[str]:
    """The files that import one of these packages."""
    return {
        shown(path)
        for path in EVERYTHING_RUN
        if any(name.split(".")[0] in packages for name in imported(tree_of(path)))
    }


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


class TestLayers:
    def test_every_import_contract_is_kept(self, capsys: pytest.CaptureFixture[str]) -> None:
        status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
        assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out

    def test_the_layers_name_every_module_and_a_new_one_must_be_placed(self) -> None:
        (layers,) = [one for one in contracts() if one["type"] == "layers" and one["containers"] == ["servq"]]
        assert layers["exhaustive"] is True
        named = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
        there = {path.stem for path in SRC.glob("*.py")} | {path.parent.name for path in SRC.glob("*/__init__.py")}
        assert there - {"__init__"} == named

    def test_streamlit_and_plotly_live_in_the_dashboard_only(self) -> None:
        strangers = {name for name in importers("streamlit", "plotly") if not name.startswith("src/servq/ui/")}
        assert strangers == {"app.py"}

    def test_sqlalchemy_and_alembic_live_in_the_warehouse(self) -> None:
        found = importers("sqlalchemy", "alembic", "sqlite3", "psycopg")
        strangers = {name for name in found if not name.startswith("src/servq/warehouse/")}
        pulling = {f"src/servq/loaders/feeds/{name}.py" for name in ("connections", "database", "queries", "sessions")}
        passing = (
            "edits/promises",
            "load",
            "load_run",
            "models/rescoring",
            "quarantine/retry",
            "reread",
            "rows/coding",
            "rows/erased_persons",
            "rows/made_ids",
            "rows/scoring",
            "sync/pull_database",
            "sync/pull_folder",
        )
        assert strangers <= pulling | {f"src/servq/ingest/{name}.py" for name in passing}, (
            "the corridor in names the connection that it hands through"
        )


class TestSizes:
    def test_modules_fit_into_a_head(self) -> None:
        long = {shown(path): length(path) for path in MODULES if length(path) > LIMITS["module"]}
        assert not long, told(long)

    def test_folders_hold_no_more_than_a_reader_can_scan(self) -> None:
        folders = {shown(folder): len(list(folder.glob("*.py"))) for folder in {path.parent for path in MODULES}}
        full = {name: count for name, count in sorted(folders.items()) if count > LIMITS["folder"]}
        assert not full, told(full)

    def test_pages_and_the_router_are_short(self) -> None:
        pages = {shown(path): length(path) for path in (ROOT / "pages").glob("*.py")}
        assert max(pages.values()) < LIMITS["page"], told(pages)
        assert length(ROOT / "app.py") < LIMITS["app.py"]

    def test_functions_fit_on_a_screen(self) -> None:
        long = {}
        for path in MODULES:
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = _lines(node)
                    if lines > LIMITS["function"]:
                        long[f"{shown(path)}:{node.name}"] = lines
        assert not long, told(long)


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1 if said else 0)


class TestNames:
    def test_every_module_says_what_it_is(self) -> None:
        assert [shown(path) for path in EVERYTHING_RUN if not ast.get_docstring(tree_of(path))] == []

    def test_no_module_is_named_after_nothing(self) -> None:
        vague = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base", "shared"}
        assert [shown(path) for path in SRC.rglob("*") if path.stem in vague] == []

    def test_nothing_else_lies_on_the_top_level(self) -> None:
        ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()] + [".git"]
        there = {path.name for path in ROOT.iterdir()}
        assert {name for name in there if not any(fnmatch.fnmatch(name, rule) for rule in ignored)} <= TOP_LEVEL


class TestAlone:
    """servq connects to nothing but the browser on this machine and the database that it was given."""

    ADDRESS = re.compile(r"\b(?:https?|wss?|ftp)://([^\s/\"'`)<>]*)")
    OURS = re.compile(r"127\.0\.0\.1|localhost|www\.w3\.org|\{host\}:\{port\}")

    def test_no_other_host_is_named_in_the_program(self) -> None:
        named = [
            f"{shown(path)}: {host}"
            for path in [*EVERYTHING_RUN, *SRC.rglob("*.css"), *SRC.rglob("*.js"), *SRC.rglob("*.html")]
            for host in self.ADDRESS.findall(path.read_text(encoding="utf-8"))
            if not self.OURS.match(host)
        ]
        assert named == []

    def test_nothing_that_fetches_is_imported(self) -> None:
        fetching = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}
        found = {shown(path) for path in EVERYTHING_RUN if fetching.intersection(imported(tree_of(path)))}
        assert found == {"src/servq/cli/serve.py"}, "serve asks its own dashboard on this machine whether it is up"
