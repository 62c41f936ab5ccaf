"""Unique names: a public class is not called like another one in a different room."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "servq"


def homes() -> dict[str, set[str]]:
    """Public class -> the files that define one of that name."""
    found = defaultdict(set)
    for path in SRC.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(path.relative_to(SRC).as_posix())
    return dict(found)


def test_no_class_is_named_like_another() -> None:
    assert {name: files for name, files in homes().items() if len(files) > 1} == {}
