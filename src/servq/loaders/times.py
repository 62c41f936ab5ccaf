"""Moments: from the text of a cell to UTC epoch seconds.

Owns which forms of date are understood. Never guesses: a date that can be read two ways is not read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
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

_EPOCH = datetime(1970, 1, 1).toordinal()


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
    moment = _plain_iso(text)
    if moment is None:
        found = _MOMENT.fullmatch(text if text.isascii() else unicodedata.normalize("NFKC", text))
        if not found:
            raise ValueError(text)
        year, _, month, day, month_zh, day_zh, hour, minute, second, offset = found.groups()
        moment = datetime(
            int(year), int(month or month_zh), int(day or day_zh), int(hour or 0), int(minute or 0), int(second or 0)
        )
        if offset:
            moment = datetime.fromisoformat(f"{moment.isoformat()}{offset.upper()}")
    return _seconds(moment, zone)


def _plain_iso(text: str) -> datetime | None:
    """`2026-03-05 14:02:31` by the library, which is many times faster than a pattern; None for any other form."""
    if len(text) == 19 and text[4] == text[7] == "-" and text[13] == text[16] == ":" and text[10] in " T":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def _seconds(moment: datetime, zone: ZoneInfo) -> int:
    if moment.tzinfo is not None:
        return int(moment.replace(microsecond=0).timestamp())
    ordinal = moment.toordinal()
    clock = (ordinal - _EPOCH) * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second
    steady = _offset_of_day(ordinal, zone)
    return clock - (_offset(moment, zone) if steady is None else steady)


@lru_cache(maxsize=4096)
def _offset_of_day(ordinal: int, zone: ZoneInfo) -> int | None:
    """The zone's offset in seconds if it holds from the day before to the day after; None when clocks are changed."""
    around = {_offset(datetime.fromordinal(ordinal + days), zone) for days in (-1, 0, 1, 2)}
    return around.pop() if len(around) == 1 else None


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.replace(tzinfo=zone)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first is None or second is None or first < second:
        raise ValueError(f"{moment} was skipped by the clocks of {zone}")
    return int(first.total_seconds())
