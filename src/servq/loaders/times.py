"""Moments: from the text of a cell to UTC epoch seconds.

Owns which forms of date are understood. Never guesses: a date that can be read two ways is not read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"  # 2026-03-05, 2026/3/5, 2026.3.5
    r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})日)"  # 2026年3月5日
    r"(?:(?:T|\s*)(?P<hour>[0-9]{1,2})[:时](?P<minute>[0-9]{1,2})"  # 14:02, 14时02
    r"(?:分|[:分](?P<second>[0-9]{1,2})(?:\.[0-9]+)?秒?)?"  # 14:02:31.000, 14时02分31秒
    r"\s*(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",  # 2026-03-05T14:02:31+08:00
    re.IGNORECASE,
)
_FROM_WORKBOOK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?")  # 2026-03-05T14:02:00

_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")  # the days of _MOMENT that are written with marks
_SIXTY = {f"{number:02d}": number for number in range(60)}
_HOURS = {form.format(hour): hour for hour in range(24) for form in ("{}", "{:02d}")}


def time_reader(zone: ZoneInfo, form: str = "", workbook: bool = False) -> Callable[[str], int]:
    """A function from text to UTC epoch seconds; it raises ValueError for what it does not understand.

    Args:
        zone: where times without an offset were written.
        form: strptime format of a map; then no other form is understood.
        workbook: real moments of a workbook are understood whatever the format says.
    """
    if not form:
        return partial(read_moment, zone=zone)

    def by_form(text: str) -> int:
        if workbook and _FROM_WORKBOOK.fullmatch(text):
            return read_moment(text, zone)
        return _seconds(datetime.strptime(text, form), zone)  # the zone is added below

    return by_form


def read_moment(text: str, zone: ZoneInfo) -> int:
    """UTC epoch seconds of a moment; without a clock it is the day's first moment, without an offset it is `zone`'s.

    The year comes first and has four digits, so that day and month cannot be taken for each other. A fraction of a
    second is dropped. Of an hour that a clock shows twice in autumn, the first is meant.

    >>> from zoneinfo import ZoneInfo
    >>> read_moment("2026年3月5日 14:02", ZoneInfo("Asia/Shanghai"))
    1772690520
    >>> read_moment("2026-03-05T06:02:00Z", ZoneInfo("Asia/Shanghai"))
    1772690520

    Raises:
        ValueError: not such a moment, e.g. `03-05-26` or 30 February.
    """
    quick = _plain(text, zone)
    if quick is not None:
        return quick
    found = _MOMENT.fullmatch(text if text.isascii() else unicodedata.normalize("NFKC", text))
    if not found:
        raise ValueError(text)
    year, _, month, day_iso, month_zh, day_zh, hour, minute, second, offset = found.groups()
    moment = datetime(
        int(year), int(month or month_zh), int(day_iso or day_zh), int(hour or 0), int(minute or 0), int(second or 0)
    )
    if offset:
        moment = datetime.fromisoformat(f"{moment.isoformat()}{offset.upper()}")
    return _seconds(moment, zone)


def is_plain_moment(text: str) -> bool:
    """Whether a text has all six numbers of a moment in their order, so that reading it adds and drops nothing.

    >>> is_plain_moment("2026/3/5 14:02:31"), is_plain_moment("2026/3/5 14:02"), is_plain_moment("2026年3月5日")
    (True, False, False)
    """
    day, _, clock = text.replace("T", " ", 1).partition(" ")
    return clock.count(":") == 2 and clock.isascii() and len(clock) <= 8 and bool(_DAY.fullmatch(day))


def _plain(text: str, zone: ZoneInfo) -> int | None:
    """`2026-03-05 14:02:31` or `2026/3/5 9:02:31` by look-ups, many times faster than a pattern; None for other forms.

    Nearly every time of a large export looks like this, and its days repeat.
    """
    day, _, clock = text.replace("T", " ", 1).partition(" ")
    parts = clock.split(":")
    if len(parts) != 3:
        return None
    start = _steady_day(day, zone)
    hour, minute, second = _HOURS.get(parts[0]), _SIXTY.get(parts[1]), _SIXTY.get(parts[2])
    if start is None or hour is None or minute is None or second is None:
        return None
    return start + hour * 3600 + minute * 60 + second


def _seconds(moment: datetime, zone: ZoneInfo) -> int:
    if moment.tzinfo is not None:
        return int(moment.replace(microsecond=0).timestamp())
    local = moment.replace(tzinfo=zone, microsecond=0)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before is not None and after is not None and before < after:
        raise ValueError(f"{moment} was skipped by the clocks of {zone}")
    return int(local.timestamp())


@lru_cache(maxsize=4096)
def _steady_day(text: str, zone: ZoneInfo) -> int | None:
    """First second of `2026-03-05` or `2026/3/5` where the zone keeps one offset all day; None for all others."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, _, month, day = found.groups()
    try:
        start = datetime(int(year), int(month), int(day), tzinfo=zone)
        offsets = {(start + timedelta(hours=hours)).utcoffset() for hours in (-24, 0, 24, 48)}
    except (ValueError, OverflowError):
        return None
    return int(start.timestamp()) if len(offsets) == 1 else None
