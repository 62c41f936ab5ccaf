"""Public holidays of mainland China as announced by the State Council: days off, without make-up working days.

Marks on charts read it. Nothing is computed from it, so a year that is not announced yet has no marks and no error;
`known_until` says up to which day it tells.

Source: 国务院办公厅关于 2024、2025、2026 年部分节假日安排的通知（国办发明电〔2023〕7 号、〔2024〕12 号、〔2025〕7 号）.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from servq.records import Label


class Holiday(NamedTuple):
    """A holiday with its first and last day off."""

    label: Label
    first: date
    last: date


_NEW_YEAR, _SPRING = Label("元旦", "New Year"), Label("春节", "Spring Festival")
_QINGMING, _LABOUR = Label("清明", "Qingming"), Label("劳动节", "Labour Day")
_DUANWU, _AUTUMN, _NATIONAL = (
    Label("端午", "Dragon Boat"),
    Label("中秋", "Mid-Autumn"),
    Label("国庆", "National Day"),
)

HOLIDAYS: tuple[Holiday, ...] = (
    Holiday(_NEW_YEAR, date(2023, 12, 30), date(2024, 1, 1)),
    Holiday(_SPRING, date(2024, 2, 10), date(2024, 2, 17)),
    Holiday(_QINGMING, date(2024, 4, 4), date(2024, 4, 6)),
    Holiday(_LABOUR, date(2024, 5, 1), date(2024, 5, 5)),
    Holiday(_DUANWU, date(2024, 6, 8), date(2024, 6, 10)),
    Holiday(_AUTUMN, date(2024, 9, 15), date(2024, 9, 17)),
    Holiday(_NATIONAL, date(2024, 10, 1), date(2024, 10, 7)),
    Holiday(_NEW_YEAR, date(2025, 1, 1), date(2025, 1, 1)),
    Holiday(_SPRING, date(2025, 1, 28), date(2025, 2, 4)),
    Holiday(_QINGMING, date(2025, 4, 4), date(2025, 4, 6)),
    Holiday(_LABOUR, date(2025, 5, 1), date(2025, 5, 5)),
    Holiday(_DUANWU, date(2025, 5, 31), date(2025, 6, 2)),
    Holiday(Label("国庆中秋", "National Day"), date(2025, 10, 1), date(2025, 10, 8)),
    Holiday(_NEW_YEAR, date(2026, 1, 1), date(2026, 1, 3)),
    Holiday(_SPRING, date(2026, 2, 15), date(2026, 2, 23)),
    Holiday(_QINGMING, date(2026, 4, 4), date(2026, 4, 6)),
    Holiday(_LABOUR, date(2026, 5, 1), date(2026, 5, 5)),
    Holiday(_DUANWU, date(2026, 6, 19), date(2026, 6, 21)),
    Holiday(_AUTUMN, date(2026, 9, 25), date(2026, 9, 27)),
    Holiday(_NATIONAL, date(2026, 10, 1), date(2026, 10, 7)),
)
"""Oldest first; the years 2024 to 2026 are whole."""

KNOWN_FROM, KNOWN_UNTIL = date(2024, 1, 1), date(2026, 12, 31)
"""Outside these days nothing is known, which is not the same as no holiday."""


def holidays_in(monday: date) -> list[Holiday]:
    """The holidays that have a day off in the week of a Monday.

    >>> [holiday.label.zh for holiday in holidays_in(date(2026, 9, 28))]
    ['国庆']
    """
    sunday = monday + timedelta(days=6)
    return [holiday for holiday in HOLIDAYS if holiday.first <= sunday and holiday.last >= monday]
