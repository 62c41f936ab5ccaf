"""Durations: from the text of a cell to whole seconds.

Owns which forms of a duration are understood. A bare number needs a unit of the map, and `35:12` is not read: it may be
minutes or hours.
"""

from __future__ import annotations

import re
import unicodedata

UNITS = {
    **dict.fromkeys(("seconds", "second", "secs", "sec", "s", "秒", "秒钟"), 1),
    **dict.fromkeys(("minutes", "minute", "mins", "min", "m", "分", "分钟"), 60),
    **dict.fromkeys(("hours", "hour", "hrs", "hr", "h", "时", "小时", "个小时"), 3_600),
    **dict.fromkeys(("days", "day", "d", "天", "日"), 86_400),
}
"""Words of a unit -> its seconds."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CLOCK = re.compile(r"([0-9]+):([0-5][0-9]):([0-5][0-9])")  # 00:35:12, 125:00:00
_PART = re.compile(rf"({_NUMBER.pattern})\s*({'|'.join(sorted(UNITS, key=len, reverse=True))})\s*")
_LONGEST = 100 * 366 * 86_400


def read_duration(text: str, unit: str = "") -> int:
    """Whole seconds of a duration; a fraction of a second is dropped, as it is of a moment.

    >>> read_duration("35", "分钟"), read_duration("00:35:12"), read_duration("35分钟"), read_duration("2.5h")
    (2100, 2112, 2100, 9000)
    >>> read_duration("1天2小时"), read_duration("1 h 20 min"), read_duration("0", "minutes")
    (93600, 4800, 0)

    Raises:
        ValueError: not such a duration, e.g. `35` without a unit, `35:12` or `-5分钟`.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    seconds = _seconds(plain, unit)
    if seconds > _LONGEST:
        raise ValueError(text)
    return seconds


def _seconds(plain: str, unit: str) -> int:
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = map(int, clock.groups())
        return hours * 3_600 + minutes * 60 + seconds
    if _NUMBER.fullmatch(plain) and unit:
        return int(float(plain) * UNITS[unit])
    parts = list(_PART.finditer(plain))
    sizes = [UNITS[part[2]] for part in parts]
    whole = "".join(part[0] for part in parts) == plain
    if not parts or not whole or sizes != sorted(set(sizes), reverse=True):  # each unit once, the largest first
        raise ValueError(plain)
    return int(sum(float(part[1]) * size for part, size in zip(parts, sizes, strict=True)))
