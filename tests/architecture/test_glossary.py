"""The glossary docs/glossary.md: it holds every label of an outcome, once; what it replaces stands on no page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from servq.metrics.verdicts import (
    ACCORDS,
    AGREEMENTS,
    HANDS,
    PROMISE_OUTCOMES,
    RULES,
    STANDINGS,
    UNTESTED,
    VERDICTS,
    ZONES,
)
from servq.records import STATES, Label

ROOT = Path(__file__).resolve().parents[2]
TABLES = (VERDICTS, STANDINGS, PROMISE_OUTCOMES, AGREEMENTS, ACCORDS, HANDS, ZONES, RULES, STATES)
OUTCOMES = {label for table in TABLES for label in table.values()} | {UNTESTED}


def rows() -> list[list[str]]:
    """The glossary's lines: zh, en, meaning, and in its last part the words that are not used."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "zh"]


def strings() -> dict[str, str]:
    """Every string of the program's modules that is no docstring, by module."""
    found = {}
    for path in sorted((ROOT / "src" / "servq").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = _docstrings(tree)
        told = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings
        ]
        found[path.relative_to(ROOT).as_posix()] = "\n".join(told)
    return found


def _docstrings(tree: ast.Module) -> set[str]:
    return {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


@pytest.mark.parametrize("label", sorted(OUTCOMES), ids=lambda label: label.en)
def test_every_outcome_stands_once_in_the_glossary_with_both_names_and_its_meaning(label: Label) -> None:
    entries = [row for row in rows() if row[0] == label.zh]
    assert [row[1] for row in entries] == [label.en]
    assert len(entries[0][2]) > len("a meaning")


def test_no_two_lines_of_the_glossary_name_the_same_thing() -> None:
    for place in (0, 1):
        names = [row[place] for row in rows()]
        assert sorted(names) == sorted(set(names))


ALLOWED = {
    "响应时间": ("src/servq/loaders/",),  # headers of customers' own files
}
"""Replaced words that may stand in some modules."""


def test_what_the_glossary_replaces_stands_on_no_page() -> None:
    replaced = [old.strip() for row in rows() if len(row) > 3 for old in row[3].split(",")]
    wrong = [
        (old, module)
        for module, text in strings().items()
        for old in replaced
        if old in text.replace("首次响应时间", "") and not module.startswith(ALLOWED.get(old, ("no module",)))
    ]
    assert replaced
    assert wrong == []


def test_every_term_of_the_pages_is_used_by_them() -> None:
    text = "\n".join(strings().values())
    assert [row[0] for row in rows() if len(row) > 3 and row[0] not in text] == []
