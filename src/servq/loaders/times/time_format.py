"""The time format of a file: its zone, its calendar, and the numbers that stand for moments.

Owns which numbers are moments and the formats that a map may name. Written moments are parsed in moments.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from servq.loaders.times.moments import plain_moments, read_moment, seconds_of
from servq.loaders.times.serials import as_moment
from servq.loaders.times.zones import UnknownZone, zone_of_format
from servq.settings import BUSINESS_ZONE

_COMPACT = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]")
"""2603051402 may be meant as the fifth of March 2026, 14:02, so it is no count of seconds either."""

_NAMED_ZONE = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_FIRST_DAY, _LAST_DAY = 32_874, 73_050  # 1990 to 2099 in the calendar of 1900, 1994 to 2104 in that of 1904
_YEAR_2000 = 946_684_800
_FROM_WORKBOOK = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?")  # 2026-03-05T14:02:00

NUMBERS = {"epoch": 1.0, "epoch_ms": 0.001}
"""Formats of moments that are numbers counted from 1970, in UTC: seconds of one unit."""

CALENDARS = {"excel": 1900, "excel1904": 1904}
"""Formats of moments that are day numbers of a spreadsheet's calendar."""


@dataclass(frozen=True)
class Reckoning:
    """The time format of a file.

    Attributes:
        zone: where times without an offset were written.
        typed: whether its moments were real moments before they became text; then a format does not bind them.
        calendar: the year from which a workbook counts its days; 0 where there is no such calendar.
    """

    zone: tzinfo
    typed: bool = False
    calendar: int = 0

    def plain(self, texts: list[str], altered: bool) -> list[int | None]:
        """The moments that need no rule: in our own zone, and not altered by a map."""
        return [None] * len(texts) if altered or self.zone != BUSINESS_ZONE else plain_moments(texts, self.zone)

    def reader(self, form: str = "") -> Callable[[str], int]:
        """A function from text to UTC epoch seconds; it raises ValueError for what it does not understand.

        Args:
            form: strptime format of a map, or one of NUMBERS or CALENDARS; then no other form is understood.
        """
        if not form:
            return self._unambiguous
        told = zone_of_format(form)

        def by_form(text: str) -> int:
            if self.typed and _FROM_WORKBOOK.fullmatch(text):
                return read_moment(text, self.zone)
            if form in NUMBERS:
                return _counted(text, NUMBERS[form])
            if form in CALENDARS:
                return self._of_day_number(text, CALENDARS[form])
            moment = datetime.strptime(text, form)  # the zone is added below
            if "%Z" in form:  # read by strptime, and then forgotten
                if not _NAMED_ZONE.search(text):
                    raise UnknownZone(text)
                return seconds_of(moment, UTC)
            return seconds_of(moment, told or self.zone)

        return by_form

    def _unambiguous(self, text: str) -> int:
        """The moments with only one reading: written moments, and numbers that can be nothing else."""
        if not text.isascii() or not text[:1].isdigit() or not text.replace(".", "", 1).isdigit():
            return read_moment(text, self.zone)
        if len(text) == 13 and text.isdigit():
            return _counted(text, NUMBERS["epoch_ms"])
        if len(text) == 10 and text.isdigit() and not _COMPACT.fullmatch(text):
            return _counted(text, NUMBERS["epoch"])
        if self.calendar and _FIRST_DAY <= float(text) < _LAST_DAY:
            return self._of_day_number(text, self.calendar)
        return read_moment(text, self.zone)

    def _of_day_number(self, text: str, calendar: int) -> int:
        if not _DECIMAL.fullmatch(text):
            raise ValueError(text)
        return read_moment(as_moment(text, calendar == 1904), self.zone)


def _counted(text: str, unit: float) -> int:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    seconds = int(Decimal(text) * Decimal(str(unit)))
    if seconds < _YEAR_2000:
        raise ValueError(f"{text} lies before the year 2000")
    return seconds
