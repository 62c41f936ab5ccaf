"""The content of a row: the columns that count, their hash, and which of two rows was changed later."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger

from servq.measures import EASY_FROM, EXPECTED, OTHER_SCALE
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from sqlalchemy import Table

NOT_CONTENT = frozenset({"load_id", "row_hash", "week", "text_hash", "updated_at", "raw", "by_day"})
"""Columns that say when and how a row came, or follow from others: rows that differ in these only say the same."""

Key = tuple[str, ...]
"""The values of the columns that name a row."""

Columns = dict[str, list[Any]]
"""Column -> its plain Python values, one per row."""


def names_of(table: Table) -> list[str]:
    """The names of a table's columns, in their order."""
    return [column.name for column in table.c]


LATER = frozenset({*EXPECTED, "repurchased", "nps_band", OTHER_SCALE, "csat_scale", "csat_satisfied_from", *EASY_FROM})
"""Columns that came after rows had been hashed without them: where nothing is said in them, nothing is added."""


def row_hashes(columns: Columns) -> list[str]:
    """A hash of each row's content, independent of file, encoding and column order."""
    said = [_said(values) for name, values in columns.items() if name not in NOT_CONTENT | LATER]
    later = [
        _added(name, columns[name]) for name in sorted(LATER & columns.keys()) if any(map(_is_given, columns[name]))
    ]
    begun = blake2b(digest_size=16)
    hashes = []
    rows = map("\x1f".join, zip(*said, strict=True))
    for row in map("".join, zip(rows, *later, strict=True)) if later else rows:
        digest = begun.copy()  # quicker than starting over
        digest.update(row.encode())
        hashes.append(digest.hexdigest())
    return hashes


def _is_given(value: Any) -> bool:
    return value is not None


def _added(name: str, values: list[Any]) -> list[str]:
    return ["" if value is None else f"\x1f{name}={value}" for value in values]


class _Said(dict[Any, str]):
    """Value -> how it stands in the hash; each distinct one is written once."""

    def __missing__(self, value: Any) -> str:
        self[value] = said = str(value)
        return said


def _said(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds == {str}:
        return values
    if kinds == {str, type(None)}:
        return [value or "" for value in values]
    return list(map(_Said({None: ""}).__getitem__, values))


def is_newer(told: int | None, known: int | None) -> bool:
    """Whether a row was changed after the known one, as far as both give a time."""
    return told is not None and (known is None or told > known)


def as_text(table: Table, name: str, value: Any) -> str:
    """A value as people read it: moments by the business clock, numbers without an empty fraction."""
    if value is None:
        return ""
    if isinstance(table.c[name].type, BigInteger):
        return datetime.fromtimestamp(value, BUSINESS_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    return f"{value:g}" if isinstance(value, float) else str(value)
