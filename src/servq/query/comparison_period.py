"""Comparison periods: the weeks that a week is compared with, their name, and whether they hold any data."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from servq.query.snapshot import Snapshot
from servq.records import Label, Slice
from servq.weeks import same_week_last_year


class Against(StrEnum):
    """The reader's choice of comparison period."""

    WEEK = "week"
    FOUR_WEEKS = "four-weeks"
    LAST_YEAR = "last-year"


AGAINST: dict[Against, Label] = {
    Against.WEEK: Label("上周", "the week before"),
    Against.FOUR_WEEKS: Label("前四周", "the four weeks before"),
    Against.LAST_YEAR: Label("去年同周", "the same week last year"),
}


def compared_weeks(slice_: Slice, monday: date, against: Against) -> Slice:
    """The filter over the weeks that a week is compared with."""
    if against == Against.LAST_YEAR:
        return weeks_back(slice_, same_week_last_year(monday), 0, 1)
    return weeks_back(slice_, monday, 1, 4 if against == Against.FOUR_WEEKS else 1)


def has_data(snapshot: Snapshot, weeks: Slice) -> bool:
    """Whether any fact at all lies in a period, whatever the filter."""
    return any(weeks.start <= monday <= weeks.end for monday in snapshot.weeks) if weeks.start and weeks.end else True


def weeks_back(slice_: Slice, monday: date, back: int, count: int) -> Slice:
    """The filter over `count` weeks that end `back` weeks before this one."""
    end = monday + timedelta(days=6, weeks=-back)
    return slice_.between(end - timedelta(days=7 * count - 1), end)
