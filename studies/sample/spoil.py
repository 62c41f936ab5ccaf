"""Rows that a loader must quarantine, and rows exported twice: exactly those that data/truths.toml lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from studies.sample.truths import TRUTHS

T = TypeVar("T")


def double(file: str, rows: list[list[T]]) -> None:
    """Insert the duplicates of a file, so that both stand at their listed spreadsheet rows."""
    for entry in sorted(_listed("duplicate_row", file), key=lambda listed: int(listed["row"])):
        rows.insert(entry["row"] - 2, list(rows[entry["of"] - 2]))


def spoil_texts(file: str, header: Sequence[str], rows: list[list[str]]) -> list[int]:
    """Spoil the listed rows of a text file; returns the rows whose last cell must be written without quotes."""
    unquoted: list[int] = []
    for entry in _listed("bad_row", file):
        row = rows[entry["row"] - 2]
        if entry["reason"] == "wrong_width":
            row[-1] = "客服态度可以,就是退款等了一个星期"
            unquoted.append(entry["row"])
        else:
            row[header.index(entry["header"])] = entry["value"]
    return unquoted


def spoil_complaints(file: str, header: Sequence[str], rows: list[list[Any]]) -> None:
    """Spoil the listed rows of the complaint log."""
    for entry in _listed("bad_row", file):
        row, column = rows[entry["row"] - 2], header.index(entry["header"])
        opened = row[header.index("受理时间")]
        assert isinstance(opened, datetime)
        row[column] = opened - timedelta(days=1) if entry["reason"] == "time_order" else entry["value"]


def _listed(kind: str, file: str) -> list[dict[str, Any]]:
    return [entry for entry in TRUTHS[kind] if entry["file"] == file]
