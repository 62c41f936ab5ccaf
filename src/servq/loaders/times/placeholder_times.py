"""Placeholder times: dates that systems write where a time was never set.

Owns the list. A map's `missing` decides whether such a date means "not yet"; without it servq asks.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = ("1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01", "2099-12-31", "2999-12-31", "9999-12-31")
"""Day 0 and 1 of spreadsheets, epoch 0, and the last days that systems can write."""

_TEXTS = re.compile(r"0|0\.0|00:00:00|0000[-/]00?[-/]00?.*|1900[-/]0?1[-/]00?.*|9999[-/].*")
"""Texts that are no moment at all: a serial of 0, MySQL's day without a day, the day before the first."""


def _around(day: str) -> tuple[float, float]:
    """A day as any zone may have it, in UTC seconds."""
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    hours = timedelta(hours=12)
    last = start.timestamp() + 36 * 3_600
    return (start - hours).timestamp(), last


_RANGES = [_around(day) for day in DAYS]
_EARLY, _LATE = _RANGES[3][1], _RANGES[4][0]


def placeholders(moments: Sequence[int | None]) -> list[int]:
    """Which of the moments are placeholders.

    >>> placeholders([0, 1_772_690_520, None, -2_208_988_800])
    [0, 3]
    """
    odd = [place for place, one in enumerate(moments) if one is not None and not _EARLY < one < _LATE]
    return [place for place in odd if any(low <= (moments[place] or 0) < high for low, high in _RANGES)]


def stands_for_none(text: str) -> bool:
    """Whether a text that is no moment is a system's placeholder for none.

    >>> stands_for_none("0000-00-00 00:00:00"), stands_for_none("1900/1/0"), stands_for_none("soon")
    (True, True, False)
    """
    return bool(_TEXTS.fullmatch(text))
