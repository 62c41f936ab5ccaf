"""Spreadsheet serials: the number formats that mean a moment, and the day and clock of a serial.

Owns the two calendars of Excel. A number outside its calendar stays a number.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_BUILT_IN = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
"""Numbers of the formats of dates and times that no workbook writes down, the Chinese ones among them."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)  # [h]:mm counts hours: a duration, not a moment
_SILENT = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')  # literals, padding, colours, currencies

DAY_MS = 86_400_000
LAST_DAY = 2_958_465
"""31 December 9999 in the calendar of 1900."""


def is_moment(number: int, code: str) -> bool:
    """Whether a number format shows days or clocks.

    >>> is_moment(164, 'yyyy"年"m"月"'), is_moment(164, '0.00"d"'), is_moment(14, ""), is_moment(164, "General")
    (True, False, True, False)
    """
    if not code:
        return number in _BUILT_IN
    if _ELAPSED.search(code):
        return False
    first = _SILENT.sub("", code.split(";")[0]).lower()
    return "general" not in first and any(letter in first for letter in "ymdhs")


def as_moment(text: str, since_1904: bool) -> str:
    """A serial as text in ISO form; the number itself where the calendar has no such moment.

    Excel believes that 1900 was a leap year: its day 60 never was, and the days before it are one less.

    >>> as_moment("46086.58505787037", False), as_moment("44624.58505787037", True)
    ('2026-03-05T14:02:29', '2026-03-05T14:02:29')
    >>> as_moment("0.5", False), as_moment("60", False), as_moment("-1", False)
    ('12:00:00', '60', '-1')
    """
    serial = float(text)
    if not 0 <= serial < LAST_DAY + 1:
        return text
    # Clocks are kept as fractions of a day; a thousandth of a second is what is left of them.
    days, thousandths = divmod(round(serial * DAY_MS), DAY_MS)
    clock = _clock(thousandths)
    if days == 0:  # a clock alone
        return clock
    day = _day(days, since_1904)
    return f"{day}T{clock}" if day else text


@lru_cache(maxsize=4096)
def _day(days: int, since_1904: bool) -> str:
    if since_1904:
        start, moved = date(1904, 1, 1), days
    elif days == 60:
        return ""
    else:
        start, moved = date(1899, 12, 30), days + (days < 60)
    try:
        return (start + timedelta(days=moved)).isoformat()
    except OverflowError:
        return ""


def _clock(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    plain = f"{hour:02d}:{minute:02d}:{second:02d}"
    return f"{plain}.{rest:03d}" if rest else plain
