"""The plan of mystery-shopping visits: visits per channel or team and period, each entry from its day on.

It is read from `data/visit_plan.toml`; a month or quarter is held against the plan that held when it began.

    [[plan]]
    channel = "门店"
    team = "西湖门店组"         # left out: any team of the channel
    every = "month"            # or "quarter"
    visits = 10
    valid_from = 2026-04-01
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from servq.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

Every = Literal["month", "quarter"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3}
"""The number of months of a period of the plan."""


@dataclass(frozen=True)
class Planned:
    """An entry of the plan: visits of a channel, or of one team in it ("" is any), per period from a day on."""

    channel: str
    team: str
    every: Every
    visits: int
    valid_from: date


@dataclass(frozen=True)
class VisitPlan:
    """All versions of all entries, oldest first. `VisitPlan()` plans nothing."""

    entries: tuple[Planned, ...] = ()

    def places(self) -> list[tuple[str, str]]:
        """The channels and teams of all entries, in the order in which they are written first."""
        return list(dict.fromkeys((entry.channel, entry.team) for entry in self.entries))

    def held(self, channel: str, team: str, day: date) -> Planned | None:
        """The entry of a channel and team that holds on a day; None before the first and after one of 0 visits."""
        known = [e for e in self.entries if (e.channel, e.team) == (channel, team) and e.valid_from <= day]
        latest = max(known, key=lambda entry: entry.valid_from, default=None)
        return latest if latest is not None and latest.visits else None


def period_of(day: date, every: Every) -> tuple[date, date]:
    """The first and the last day of the month or quarter that a day lies in.

    >>> period_of(date(2026, 8, 31), "quarter")
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    months = MONTHS[every]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def read_visit_plan(path: Path) -> VisitPlan:
    """The plan written in a TOML file; a company without the file plans nothing.

    Raises:
        UsageError: the file is no TOML, an entry lacks a value or has one of the wrong kind, or a version stands twice.
    """
    if not path.exists():
        return VisitPlan()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    listed = content.get("plan", [])
    if not isinstance(listed, list):
        raise _bad(f"{path.name}: plan", "应写作 [[plan]]", "write it as [[plan]]")
    entries = [_entry(f"{path.name}: [[plan]] {number}", values) for number, values in enumerate(listed, start=1)]
    keys = [(entry.channel, entry.team, entry.valid_from) for entry in entries]
    twice = next((number for number, key in enumerate(keys, start=1) if key in keys[: number - 1]), None)
    if twice is not None:
        raise _bad(f"{path.name}: [[plan]] {twice}", "与前面一条同名同日", "an earlier entry has the same name and day")
    return VisitPlan(tuple(sorted(entries, key=lambda entry: entry.valid_from)))


def _entry(place: str, values: Any) -> Planned:
    if not isinstance(values, dict):
        raise _bad(place, "应为表", "should be a table")
    channel, team, every = (values.get(key, "") for key in ("channel", "team", "every"))
    visits, day = values.get("visits"), values.get("valid_from")
    if not isinstance(channel, str) or not channel.strip() or not isinstance(team, str):
        raise _bad(f"{place} channel, team", "缺失或不是文字", "missing or not a text")
    if every not in MONTHS:
        raise _bad(f"{place} every", "应为 month 或 quarter", "should be month or quarter")
    if isinstance(visits, bool) or not isinstance(visits, int) or visits < 0:
        raise _bad(f"{place} visits", "应为不小于 0 的整数", "should be a whole number of at least 0")
    if type(day) is not date:
        raise _bad(f"{place} valid_from", "缺失或不是日期（如 2026-01-01）", "missing or not a date (2026-01-01)")
    return Planned(channel, team, every, visits, day)


def _bad(place: str, zh: str, en: str) -> UsageError:
    return UsageError(
        zh, en, where=place, hint_zh="请改正访问计划文件后重试", hint_en="Correct the visit plan and try again"
    )
