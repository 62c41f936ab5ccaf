"""The names in README and guides: every module, file and folder that they mention is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "servq"
PAGES = [ROOT / "README.md", ROOT / "data" / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

FILES_OF_AN_INSTALLATION = {"servq.toml", "servq.sqlite", "servq.log", "servq.env"}
"""Names that look like a module's and are files in somebody's SERVQ_HOME."""

ROOMS = "|".join(sorted(path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"))
FOLDERS = "|".join(sorted(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")))

MODULE = re.compile(r"\bservq(?:\.[a-z_0-9]+)+")
IN_THE_PROJECT = re.compile(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./*<>-]*")
IN_A_ROOM = re.compile(rf"(?<![\w/.-])(?:{ROOMS})/[\w./-]*\.py\b(?!::)")
A_TEST = re.compile(r"(?<![\w/.-])[a-z]+/(test_\w+\.py)::(\w+)")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def names_in(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    yield from sorted({found.group(0).rstrip(".") for found in pattern.finditer(text)})


def is_module(name: str) -> bool:
    """Whether a dotted name is a module, a folder of modules, or a name in a module."""
    place = ROOT / "src" / name.replace(".", "/")
    if place.is_dir() or place.with_suffix(".py").is_file():
        return True
    room = place.parent / "__init__.py"
    module = room if room.is_file() else place.parent.with_suffix(".py")
    return module.is_file() and re.search(rf"\b{place.name}\b", module.read_text(encoding="utf-8")) is not None


def is_there(path: str) -> bool:
    """Whether a path of the project leads somewhere; one with `<page>` or `*` stands for several."""
    pattern = re.sub(r"<[a-z]+>", "*", path).rstrip("/")
    return any(ROOT.glob(pattern)) if "*" in pattern else (ROOT / pattern).exists()


each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())


@each_page
def test_every_module_that_is_named_is_there(page: Path) -> None:
    named = names_in(page.read_text(encoding="utf-8"), MODULE)
    files = FILES_OF_AN_INSTALLATION
    assert [name for name in named if ".".join(name.split(".")[:2]) not in files and not is_module(name)] == []


@each_page
def test_every_path_that_is_named_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    missing = [name for name in names_in(text, IN_THE_PROJECT) if not is_there(name)]
    missing += [name for name in names_in(text, IN_A_ROOM) if not (SRC / name).exists()]
    assert missing == []


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@each_page
def test_every_test_that_is_named_is_there(page: Path) -> None:
    wrong = []
    for file, name in A_TEST.findall(page.read_text(encoding="utf-8")):
        found = [path for path in (ROOT / "tests").rglob(file) if f"def {name}(" in path.read_text(encoding="utf-8")]
        wrong += [] if found else [f"{file}::{name}"]
    assert wrong == []


def test_a_stale_name_is_found() -> None:
    assert is_module("servq.metrics.catalog") and is_module("servq.metrics.catalog.get_metric")  # noqa: PT018
    assert not is_module("servq.metrics.nps")
    assert is_there("src/servq/ui/<page>/") and is_there("docs/adr/")  # noqa: PT018
    assert not is_there("src/servq/ingest/under_way.py")


ROOM_FOLDERS = sorted(path for path in SRC.glob("*/**") if (path / "__init__.py").is_file())


@pytest.mark.parametrize("folder", ROOM_FOLDERS, ids=lambda path: path.relative_to(SRC).as_posix())
def test_every_folder_of_the_code_stands_in_the_readme_s_tree(folder: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = text.partition("## Where things are")[2].partition("| question |")[0]
    assert re.search(rf"(?<!\w){folder.name}/", tree)
