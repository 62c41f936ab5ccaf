"""Entries of a TOML file of standards: each value with its kind and its place, or an error that names the place."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from servq.errors import UsageError


class Entry:
    """One table of the file and its place."""

    def __init__(self, place: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise bad(place, "应为表", "should be a table")
        self.place, self.values = place, values

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise bad(f"{self.place} {key}", "缺失或不是文字", "missing or not a text")
        return value

    def number(self, key: str) -> float:
        """A finite number."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise bad(f"{self.place} {key}", "缺失或不是数字", "missing or not a number")
        return float(value)

    def hours(self, key: str) -> float:
        """A limit in hours."""
        value = self.number(key)
        if value <= 0:
            raise bad(f"{self.place} {key}", "时限必须大于 0", "a limit must be above 0")
        return value

    def above_zero(self, key: str) -> float:
        """A number above 0."""
        value = self.number(key)
        if value <= 0:
            raise bad(f"{self.place} {key}", "必须大于 0", "must be above 0")
        return value

    def day(self, key: str) -> date:
        """A day."""
        value = self.values.get(key)
        if type(value) is not date:
            raise bad(
                f"{self.place} {key}",
                "缺失或不是日期（如 2026-01-01，不加引号）",
                "missing or not a date (2026-01-01, unquoted)",
            )
        return value


def entries(file: str, content: dict[str, Any], kind: str) -> list[Entry]:
    """All tables of one kind, in their order."""
    listed = content.get(kind, [])
    if not isinstance(listed, list):
        raise bad(f"{file}: {kind}", f"应写作 [[{kind}]]", f"write it as [[{kind}]]")
    return [Entry(f"{file}: [[{kind}]] {number}", values) for number, values in enumerate(listed, start=1)]


def refuse_twice(file: str, kind: str, keys: list[tuple[Any, ...]]) -> None:
    """Refuse a file in which two entries would hold from the same day."""
    for number, key in enumerate(keys, start=1):
        if key in keys[: number - 1]:
            raise bad(
                f"{file}: [[{kind}]] {number}", "与前面一条同名同日", "an earlier entry has the same name and day"
            )


def bad(place: str, zh: str, en: str) -> UsageError:
    """The error for a fault in a file of standards, with its place."""
    return UsageError(
        zh, en, where=place, hint_zh="请改正服务标准文件后重试", hint_en="Correct the service standards and try again"
    )
