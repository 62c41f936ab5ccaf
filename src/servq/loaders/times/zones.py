"""Time zones in files: after a clock (`UTC`, `GMT+8`, `+0800`), in a header (`Date (UTC)`), in a format.

Owns which names are zones. An ambiguous name (CST is China's and Chicago's) is refused with a question.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_NAMES: dict[str, tzinfo] = {
    "Z": UTC,
    "UTC": UTC,
    "GMT": UTC,
    "北京时间": ZoneInfo("Asia/Shanghai"),
    "中国标准时间": ZoneInfo("Asia/Shanghai"),
    "HKT": ZoneInfo("Asia/Hong_Kong"),
    "JST": ZoneInfo("Asia/Tokyo"),
    "KST": ZoneInfo("Asia/Seoul"),
    "SGT": ZoneInfo("Asia/Singapore"),
}

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)  # GMT+8, UTC+08:00, +0800
_PLACE = re.compile(r"[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")  # Asia/Shanghai
_LETTERS = re.compile(r"[A-Z]{1,4}T", re.IGNORECASE)  # CST, PST, CEST: said, and not known
_TOLD = (
    r"(?:UTC|GMT)?\s?[+-][0-9]{1,2}(?::?[0-9]{2})?|Z|UTC|GMT|北京时间|中国标准时间"
    r"|(?-i:[A-Z]{2,4}T|[A-Z][a-z]+/[A-Z][A-Za-z_/]+)"  # known or not: CST is told, and asked for
)
_IN_HEADER = re.compile(rf"[(（\[【]\s*({_TOLD})\s*[)）\]】]|[\s_](UTC|GMT)\s*[*:：]?$", re.IGNORECASE)
_IN_FORMAT = re.compile(r"(?<!%)(UTC|GMT|Z)$")

CLOCK_ZONE = r"Z|(?:UTC|GMT)?\s?[+-][0-9]{1,2}(?::?[0-9]{2})?|UTC|GMT|HKT|JST|KST|SGT|北京时间|中国标准时间"
"""The zones that may follow a clock, as a pattern."""


class UnknownZone(ValueError):
    """A zone is given, and its name is unknown or ambiguous."""


def zone_named(said: str) -> tzinfo:
    """The zone of a name or an offset.

    >>> zone_named("GMT+8") == zone_named("+0800"), zone_named("utc")
    (True, datetime.timezone.utc)

    Raises:
        UnknownZone: there is none, or there are several.
    """
    text = said.strip()
    if found := _NAMES.get(text.upper()):
        return found
    if offset := _OFFSET.fullmatch(text):
        sign, hours, minutes = offset.groups()
        length = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if length < timedelta(hours=24):
            return timezone(-length if sign == "-" else length)
    if _PLACE.fullmatch(text):
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError) as err:
            raise UnknownZone(said) from err
    raise UnknownZone(said)


def zone_of_header(header: str) -> tzinfo | None:
    """The zone in a header, or None without any.

    >>> zone_of_header("Submit Date (UTC)"), zone_of_header("提交时间"), zone_of_header("推荐意愿(0-10)")
    (datetime.timezone.utc, None, None)

    Raises:
        UnknownZone: it tells one that is not known.
    """
    found = _IN_HEADER.search(header)
    return zone_named(found[1] or found[2]) if found else None


def zone_of_format(form: str) -> tzinfo | None:
    """The zone in a strptime format, a literal after the clock: `%H:%M:%S UTC`."""
    found = _IN_FORMAT.search(form.rstrip())
    return UTC if found else None


def ends_in_zone(text: str) -> bool:
    """Whether letters after a clock look like a zone: `2026-11-08 20:00 CST`."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return bool(_LETTERS.fullmatch(last))
