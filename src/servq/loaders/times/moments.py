"""Moments: from the text of a cell to UTC epoch seconds.

Owns which forms of date are understood. Never guesses: a date that can be read two ways is not read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from servq.loaders.times.zones import CLOCK_ZONE, zone_named

_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"  # 2026-03-05, 2026/3/5, 2026.3.5
    r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})[日号])"  # 2026年3月5日
    # 114:02 behind a slash is the 11th at four or the 1st at 14 o'clock; 0514:02 can be read in one way
    r"(?:(?:T|\s+|(?<=[日号])|(?=[上下中凌早晚])|(?<=[-/.][0-9]{2})(?=[0-9]{2}[:时点]))"
    r"(?:(?P<half>上午|下午|中午|凌晨|早上|晚上)\s*)?"  # 下午 3:04
    r"(?P<hour>[0-9]{1,2})[:时点](?P<minute>[0-9]{1,2})"  # 14:02, 14时02
    r"(?:分|[:分](?P<second>[0-9]{1,2})(?:\.[0-9]+)?秒?)?"  # 14:02:31.000, 14时02分31秒
    r"(?:\s*(?P<half_en>[AP]\.?M\.?))?"  # 3:04:05 PM
    rf"\s*(?P<zone>{CLOCK_ZONE})?)?",  # 2026-03-05T14:02:31+08:00, … GMT+8
    re.IGNORECASE,
)

_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")  # the days of _MOMENT that are written with marks
FIRST_YEAR = 1900
"""Earlier years are what systems write for "no date" (0001-01-01): never a moment, and no guess at a missing one."""

_SIXTY = {f"{number:02d}": number for number in range(60)}
_MINUTES = {
    f"{form.format(hour)}:{minute}": hour * 3600 + number * 60
    for hour in range(24)
    for form in ("{}", "{:02d}")
    for minute, number in _SIXTY.items()
}
"""Seconds since midnight of every `14:02`, hours below ten with and without their zero."""


def read_moment(text: str, zone: tzinfo) -> int:
    """UTC epoch seconds of a moment; without a clock it is the day's first moment, without an offset it is `zone`'s.

    The year comes first and has four digits, so that day and month cannot be taken for each other. A fraction of a
    second is dropped. Of an hour that a clock shows twice in autumn, the first is meant.

    >>> from zoneinfo import ZoneInfo
    >>> read_moment("2026年3月5日 14:02", ZoneInfo("Asia/Shanghai"))
    1772690520
    >>> read_moment("2026-03-05T06:02:00Z", ZoneInfo("Asia/Shanghai"))
    1772690520
    >>> read_moment("2026/3/5 下午 2:02 GMT+8", ZoneInfo("Asia/Tokyo"))
    1772690520

    Raises:
        ValueError: not such a moment, e.g. `03-05-26` or 30 February.
    """
    (quick,) = plain_moments([text], zone)
    if quick is not None:
        return quick
    found = _MOMENT.fullmatch(text if text.isascii() else unicodedata.normalize("NFKC", text))
    if not found:
        raise ValueError(text)
    said = found.groupdict()
    month, day = said["month"] or said["month_zh"], said["day"] or said["day_zh"]
    hour = _hour(int(said["hour"] or 0), said["half"] or (said["half_en"] or "").replace(".", "").upper())
    moment = datetime(int(said["year"]), int(month), int(day), hour, int(said["minute"] or 0), int(said["second"] or 0))
    return seconds_of(moment, zone_named(said["zone"]) if said["zone"] else zone)


def _hour(hour: int, half: str) -> int:
    """The hour of 24 for an hour and the half of the day in which it is told.

    >>> _hour(3, "下午"), _hour(12, "上午"), _hour(12, "PM"), _hour(15, "下午"), _hour(11, "中午")
    (15, 0, 12, 15, 11)

    Raises:
        ValueError: there is no such hour (上午 13), or it may be meant in two ways (晚上 12).
    """
    if not half:
        return hour
    morning = half in ("上午", "凌晨", "早上", "AM")
    if hour > (12 if morning else 23) or (half == "晚上" and hour == 12):
        raise ValueError(f"{half} {hour}")
    if morning:
        return hour % 12
    return hour if hour >= 12 or (half == "中午" and hour >= 10) else hour + 12


def plain_moments(texts: list[str], zone: tzinfo) -> list[int | None]:
    """The texts that give all six numbers of a moment in their order, as seconds; None for the others.

    Nearly every time of a large export looks like this, and its days and clocks repeat: look-ups are many times faster
    than a pattern.

    >>> from zoneinfo import ZoneInfo
    >>> plain_moments(["2026/3/5 14:02:31", "2026/3/5 14:02", "2026年3月5日"], ZoneInfo("Asia/Shanghai"))
    [1772690551, None, None]
    """
    days: dict[str, int | None] = {}
    found: list[int | None] = []
    for text in texts:
        before, _, second = text.rpartition(":")
        day, mark, minute = before.partition(" ")
        if not mark:
            day, _, minute = before.partition("T")
        try:
            clock = _MINUTES[minute] + _SIXTY[second]
            if day not in days:
                days[day] = _steady_day(day, zone)
            found.append(days[day] + clock)  # type: ignore[operator]  # a day that is none: caught below
        except (KeyError, TypeError):  # no moment that says itself
            found.append(None)
    return found


def seconds_of(moment: datetime, zone: tzinfo) -> int:
    """UTC epoch seconds of a moment; one without an offset is the zone's.

    Raises:
        ValueError: the clocks of the zone skipped it, or nobody was served then.
    """
    if moment.year < FIRST_YEAR:
        raise ValueError(f"{moment} lies before {FIRST_YEAR}")
    if moment.tzinfo is not None:
        return int(moment.replace(microsecond=0).timestamp())
    local = moment.replace(tzinfo=zone, microsecond=0)
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    if before is not None and after is not None and before < after:
        raise ValueError(f"{moment} was skipped by the clocks of {zone}")
    return int(local.timestamp())


@lru_cache(maxsize=4096)
def _steady_day(text: str, zone: tzinfo) -> int | None:
    """First second of `2026-03-05` or `2026/3/5` where the zone keeps one offset all day; None for all others."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, _, month, day = found.groups()
    if int(year) < FIRST_YEAR:
        return None
    try:
        start = datetime(int(year), int(month), int(day), tzinfo=zone)
        offsets = {(start + timedelta(hours=hours)).utcoffset() for hours in (-24, 0, 24, 48)}
    except (ValueError, OverflowError):
        return None
    return int(start.timestamp()) if len(offsets) == 1 else None
