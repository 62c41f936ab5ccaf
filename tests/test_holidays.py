"""Holidays of weeks; years not announced yet have none, without an error."""

from __future__ import annotations

from datetime import date, timedelta

from servq.holidays import HOLIDAYS, KNOWN_FROM, KNOWN_UNTIL, holidays_in


def named(monday: date) -> list[str]:
    return [holiday.label.zh for holiday in holidays_in(monday)]


def test_a_week_has_the_holidays_of_its_days() -> None:
    assert named(date(2026, 2, 9)) == ["春节"]  # begins on Sunday the 15th
    assert named(date(2026, 2, 16)) == ["春节"]
    assert named(date(2026, 2, 23)) == ["春节"]  # its last day is this Monday
    assert named(date(2026, 3, 2)) == []
    assert named(date(2024, 9, 30)) == ["国庆"]


def test_years_that_are_not_announced_have_no_marks() -> None:
    assert named(date(2031, 9, 29)) == []


def test_every_year_that_is_known_has_its_seven_holidays_in_order() -> None:
    assert list(HOLIDAYS) == sorted(HOLIDAYS, key=lambda holiday: holiday.first)
    assert all(holiday.first <= holiday.last for holiday in HOLIDAYS)
    for year in range(KNOWN_FROM.year, KNOWN_UNTIL.year + 1):
        days = [h.first + timedelta(days=d) for h in HOLIDAYS for d in range((h.last - h.first).days + 1)]
        words = "".join(h.label.zh for h in HOLIDAYS if h.last.year == year)
        assert all(word in words for word in ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"))
        assert len(set(days)) == len(days)
