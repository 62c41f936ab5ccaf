"""The modules and memory that the scorer needs in a process of its own; its speed: `make bench`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

PROGRAM = """
import json, resource, sys, numpy
from pathlib import Path
pages = lambda: int(Path("/proc/self/statm").read_text().split()[1])
from servq.text.sentiment.scorer import default_scorer
before = pages()
default_scorer().score(["很好"])
megabytes = (pages() - before) * resource.getpagesize() / 2**20
print(json.dumps({"modules": sorted(sys.modules), "megabytes": megabytes}))
"""
HEAVY = {"pandas", "scipy", "sklearn", "snownlp", "jieba", "sqlalchemy", "streamlit", "plotly"}
"""What takes a second to import or to set up: the first score would wait for it."""


@pytest.fixture(scope="module")
def started() -> dict[str, Any]:
    """The modules and the memory of a process that has scored once."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_first_score_waits_for_nothing_heavy(started: dict[str, Any]) -> None:
    assert HEAVY & set(started["modules"]) == set()


def test_the_scorer_needs_little_memory(started: dict[str, Any]) -> None:
    assert started["megabytes"] < 60
