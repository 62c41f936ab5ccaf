"""Business days and weeks: the start of a day, the week it belongs to, the name of a week.

A week starts on Monday and is kept as the date of that Monday. Weeks follow ISO 8601.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from servq.settings import BUSINESS_ZONE


def business_day(seconds: int) -> date:
    """The Shanghai calendar day of a moment given in UTC epoch seconds.

    >>> business_day(1777305599), business_day(1777305600)
    (datetime.date(2026, 4, 27), datetime.date(2026, 4, 28))
    """
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(BUSINESS_ZONE).date()


def today() -> date:
    """The present business day."""
    return business_day(int(datetime.now(UTC).timestamp()))


def day_start(day: date) -> int:
    """UTC epoch seconds of the first moment of a Shanghai day."""
    return int(datetime(day.year, day.month, day.day, tzinfo=BUSINESS_ZONE).timestamp())


def monday_of(day: date) -> date:
    """The Monday that starts the week of a day.

    >>> monday_of(date(2026, 5, 3))
    datetime.date(2026, 4, 27)
    """
    return day - timedelta(days=day.weekday())


def week_label(monday: date) -> str:
    """The name of a week as readers see it.

    >>> week_label(date(2026, 4, 27))
    '2026-W18 (4/27–5/3)'
    """
    sunday = monday + timedelta(days=6)
    return f"{week_key(monday)} ({monday.month}/{monday.day}–{sunday.month}/{sunday.day})"


def week_key(monday: date) -> str:
    """The short name of a week, as it stands in links.

    >>> week_key(date(2026, 4, 27))
    '2026-W18'
    """
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def week_from_key(key: str) -> date:
    """The Monday of a short week name; ValueError when it is none, also for a week 53 of a year that has 52.

    >>> week_from_key("2026-W18")
    datetime.date(2026, 4, 27)
    """
    year, separator, week = key.partition("-W")
    if not (separator and len(year) == 4 and year.isdecimal() and week.isdecimal()):
        raise ValueError(f"{key!r} does not match a week name such as 2026-W18")
    return date.fromisocalendar(int(year), int(week), 1)


def weeks_in(year: int) -> int:
    """The number of weeks of an ISO year, 52 or 53.

    >>> weeks_in(2025), weeks_in(2026)
    (52, 53)
    """
    return date(year, 12, 28).isocalendar().week


def last_weeks(monday: date, count: int) -> list[date]:
    """The Mondays of `count` weeks that end with this one, oldest first."""
    return [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def same_week_last_year(monday: date) -> date:
    """The Monday of the week of the same number a year before; of its last week, where that year had no week 53.

    >>> [week_key(same_week_last_year(week_from_key(week))) for week in ("2026-W18", "2026-W53")]
    ['2025-W18', '2025-W52']
    """
    year, week, _ = monday.isocalendar()
    try:
        return date.fromisocalendar(year - 1, week, 1)
    except ValueError:
        return date.fromisocalendar(year - 1, 52, 1)
