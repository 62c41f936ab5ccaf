"""The wording of module docstrings: each begins with one short sentence that names the thing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("src/servq", "studies", "benchmarks", "tests")
"""`pages/` is left out: the docstring of a page is its question (test_pages.py)."""

MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]

LONGEST = 120
"""Characters of the first sentence: one line."""

RIDDLE = re.compile(r"(?:What|How|Which|Whether|Who|Whom|Whose|Where|When|Why|If)(?:ever)?\b")
SENTENCE_END = re.compile(r"(?<=[.!?。！？])(?:\s|$)")


def faults(docstring: str | None) -> list[str]:
    """The rules that a module docstring breaks."""
    if not docstring or not docstring.strip():
        return ["missing"]
    first = SENTENCE_END.split(docstring.strip(), maxsplit=1)[0]
    found = []
    if RIDDLE.match(first):
        found.append("begins with a question word: begin with a noun phrase that names the thing")
    if "\n" in first or len(first) > LONGEST:
        found.append(f"the first sentence is longer than one line of {LONGEST} characters")
    return found


def test_every_module_docstring_begins_with_a_short_sentence_that_names_the_thing() -> None:
    wrong = {}
    for path in MODULES:
        found = faults(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"), filename=path.name)))
        if found:
            wrong[path.relative_to(ROOT).as_posix()] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("docstring", "count"),
    [
        ("Week cells: survey measures per week.", 0),
        (
            "XmR control chart of a weekly series: limits of 2.660 moving ranges. Whether it alarms is open.",
            0,
        ),
        ("The load log.\n\nHow rows are counted is described below.", 0),
        ("How a file tells time: its zone and its calendar.", 1),
        ("Whatever is in quarantine.", 1),
        ("Which groups of answers are hidden: too small ones,\nand those that would give them away.", 2),
        ("Counts of rows " + "and of columns " * 8 + "in a file.", 1),
        ("   ", 1),
        (None, 1),
    ],
)
def test_the_rules_find_a_docstring_that_breaks_them(docstring: str | None, count: int) -> None:
    assert len(faults(docstring)) == count
