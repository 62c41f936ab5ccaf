"""Watermarks: the highest value pulled from a database, stored as JSON, and the lag within which late rows are sought.

Owns which kinds of value can be a watermark, and the subtraction of a lag. Never asks a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from servq.errors import SourceUnavailable

KINDS: dict[type, str] = {
    int: "number",
    float: "number",
    Decimal: "number",
    str: "text",
    datetime: "time",
    date: "time",
}
"""Types of a watermark from a database -> the name of the type in servq.toml."""


@dataclass(frozen=True)
class Watermark:
    """The highest value that was pulled, exactly as the database gave it.

    >>> Watermark.of(datetime(2026, 3, 5, 14, 2)).behind(120)
    datetime.datetime(2026, 3, 5, 14, 0)
    """

    value: Any

    @classmethod
    def of(cls, value: Any, wanted: str = "", where: str = "") -> Watermark:
        """A value as a watermark.

        Args:
            wanted: the type that servq.toml says, or "".

        Raises:
            SourceUnavailable: it is of a kind that has no order to rely on, or of another type than is said.
        """
        kind = KINDS.get(type(value))
        if kind is None or (wanted and kind != wanted and not (wanted == "time" and _moment(value))):
            said = kind or type(value).__name__
            raise SourceUnavailable(
                f"水位列的值是 {said}，需要 {wanted or '数、文本或时间'}",
                f"the watermark column holds {said}, needed is {wanted or 'a number, a text or a time'}",
                where=where,
                hint_zh="换一列，或在 query 里用 CAST 转换",
                hint_en="Take another column, or CAST it in the query",
            )
        return cls(value)

    def behind(self, lag: int, where: str = "") -> Any:
        """The value `lag` below this one: seconds below a time, units below a number.

        Raises:
            SourceUnavailable: a text that is no time has nothing below it.
        """
        if not lag:
            return self.value
        if type(self.value) is date:
            return self.value - timedelta(days=-(-lag // 86_400))
        if isinstance(self.value, datetime):
            return self.value - timedelta(seconds=lag)
        if not isinstance(self.value, str):
            return self.value - lag
        moment = _moment(self.value)
        if moment is None:
            raise SourceUnavailable("水位是文本，不能与 lag 一起用", "a watermark of text knows no lag", where=where)
        return _written_like(moment - timedelta(seconds=lag), self.value)

    def as_json(self) -> dict[str, Any]:
        """Its stored form; `from_json` reads it back equal.

        >>> Watermark(Decimal("10.50")).as_json()
        {'type': 'Decimal', 'value': '10.50'}
        """
        value = self.value
        kept = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
        return {"type": type(value).__name__, "value": kept}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Watermark:
        """The watermark from its stored form."""
        read: dict[str, Any] = {
            "Decimal": Decimal,
            "datetime": datetime.fromisoformat,
            "date": date.fromisoformat,
            "float": float,
        }
        return cls(read.get(kept["type"], lambda value: value)(kept["value"]))


def _moment(value: Any) -> datetime | None:
    """The moment that a text tells in the form of ISO 8601: how SQLite keeps times."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _written_like(moment: datetime, text: str) -> str:
    """A moment written as another one is, so that the two compare as texts."""
    if len(text) == 10:
        return moment.date().isoformat()
    digits = {True: "microseconds", False: "seconds"}["." in text]
    written = moment.isoformat(sep=text[10], timespec=digits)
    return written.replace("+00:00", "Z") if text.endswith("Z") else written
