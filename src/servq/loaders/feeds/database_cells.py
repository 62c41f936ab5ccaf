"""Database values as the text of cells, so that they are checked, quarantined and shown like those of a file.

Owns how each kind of value is written: as it stands there, nothing rounded, nothing guessed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


class NotText(TypeError):
    """A value of bytes; the argument is its place in the row."""


def as_text(value: Any) -> str:
    """The text of one value; a missing one is an empty cell.

    >>> as_text(Decimal("4.80")), as_text(1e-07), as_text(True), as_text(None)
    ('4.80', '0.0000001', 'true', '')
    >>> as_text(datetime(2026, 3, 5, 14, 2, 31, tzinfo=UTC)), as_text(date(2026, 3, 5))
    ('2026-03-05T14:02:31+00:00', '2026-03-05')
    """
    return _WRITERS.get(type(value), _other)(value)


def row_as_text(values: Sequence[Any], in_utc: Sequence[int] = ()) -> list[str]:
    """The cells of one row.

    Args:
        in_utc: places of moments that come without an offset and are in UTC.

    Raises:
        NotText: a value is bytes.
    """
    if in_utc:
        values = list(values)
        for place in in_utc:
            if isinstance(values[place], datetime):
                values[place] = values[place].replace(tzinfo=UTC)
    return [_WRITERS.get(type(value), _other)(value) for value in values]


def _words(value: str) -> str:
    # a character that neither files nor PostgreSQL can hold stands as its picture
    return value.replace("\x00", "␀") if "\x00" in value else value


def _decimal(value: Decimal) -> str:
    return format(value, "f")


def _float(value: float) -> str:
    if 1e15 <= abs(value) < math.inf:  # a whole number whose last digits a float does not hold
        return f"{value:.1f}"
    written = repr(value)
    return format(Decimal(written), "f") if "e" in written else written


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _document(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _bytes(_value: Any) -> str:
    raise NotText


def _other(value: Any) -> str:
    """Ids of 128 bits, addresses, ranges, spans of time: as they write themselves."""
    return str(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _words,
    int: str,
    type(None): lambda _: "",
    Decimal: _decimal,
    float: _float,
    bool: _truth,
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: _bytes,
    bytearray: _bytes,
    memoryview: _bytes,
    list: _document,
    dict: _document,
}
