"""The parameters of data/truths.toml, read once: what is planted in the sample."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"

with (DATA / "truths.toml").open("rb") as _file:
    TRUTHS: dict[str, Any] = tomllib.load(_file)


def monday(week: str) -> date:
    """The Monday of a week name.

    >>> monday("2026-W14")
    datetime.date(2026, 3, 30)
    """
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


FIRST_MONDAY = monday(TRUTHS["period"]["first_week"])
WEEKS = (monday(TRUTHS["period"]["last_week"]) - FIRST_MONDAY).days // 7 + 1
END = datetime.combine(FIRST_MONDAY + timedelta(weeks=WEEKS), time()) - timedelta(seconds=1)
"""The last second that the files know of (Shanghai time): nothing in them is later."""


def week_index(week: str) -> int:
    """The number of weeks since the first one."""
    return (monday(week) - FIRST_MONDAY).days // 7


def ramp(week: int) -> float:
    """0 in the first week, 1 in the last, a straight line between."""
    return week / (WEEKS - 1)
