"""Exports of servq loaded again: every text comes back equal, from CSV and from XLSX."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servq.exports import csv_bytes, xlsx_bytes
from servq.loaders.read import open_file

HEADERS = ["response_id", "answered_at", "channel", "team", "likelihood", "comment"]
COUNT = itertools.count()

STARTS = st.sampled_from(
    ["=1+1", "+86 138", "-3", "@SUM", "＝1", "＋", "－", "＠", "'=1", "''+", "'a", "\t=1", "#N/A", "1e5", "007"]
)
TEXTS = st.lists(
    STARTS | st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12),
    min_size=1,
    max_size=8,
)


def comments(folder: Path, name: str, content: bytes) -> list[str | None]:
    """The comments of a file as loading reads them, none rejected."""
    path = folder / f"{next(COUNT)}{name}"
    path.write_bytes(content)
    found: list[str | None] = []
    for chunk in open_file(path, "surveys").chunks:
        assert not chunk.rejected
        found += [None if pd.isna(value) else str(value) for value in chunk.frame["comment"]]
    path.unlink()
    return found


def rows(texts: list[str]) -> list[list[object]]:
    return [[f"r{place}", "2026-04-29 10:00:00", "OTA", "甲", 10, text] for place, text in enumerate(texts)]


def in_a_sheet(text: str) -> str:
    """A text as XML can hold it: control characters as their pictures, LF for every line break."""
    one = text.replace("\r\n", "\n").replace("\r", "\n")
    pictured = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
    return one.translate(pictured | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})


def same(text: str) -> str:
    return text


@pytest.mark.parametrize(("name", "write", "kept"), [(".csv", csv_bytes, same), (".xlsx", xlsx_bytes, in_a_sheet)])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_every_comment_comes_back_equal(
    tmp_path: Path,
    name: str,
    write: Callable[[list[str], list[list[object]]], bytes],
    kept: Callable[[str], str],
    texts: list[str],
) -> None:
    found = comments(tmp_path, name, write(HEADERS, rows(texts)))
    for text, back in zip(texts, found, strict=True):
        assert back == (kept(text) if kept(text).strip() else None)
