"""The written service standards with the days from which they hold: promised limits per channel, targets per metric.

They are read from `data/standards.toml`; figures of a day are judged by the version that held on that day.

    [default]
    limit_hours = 24            # of channels without a promise

    [[promise]]
    channel = "小程序"
    metric = "first_response"
    limit_hours = 0.5
    text = "30 分钟内响应"
    text_en = "answered within 30 minutes"
    valid_from = 2026-01-01

    [[target]]
    metric = "nps"
    value = 35
    valid_from = 2026-01-01
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from servq.errors import UsageError
from servq.weeks import day_start

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

FIRST_RESPONSE = "first_response"
"""The clock that `limit_hours` and `limits_for` speak of."""


@dataclass(frozen=True)
class Promise:
    """What a channel promises its customers: a clock kept within so many hours, from a day on."""

    channel: str
    metric: str
    limit_hours: float
    text: str
    text_en: str
    valid_from: date


@dataclass(frozen=True)
class Target:
    """What a metric should reach, in its unit, from a day on."""

    metric: str
    value: float
    valid_from: date


@dataclass(frozen=True)
class Standards:
    """All versions of all promises and targets, oldest first. `Standards()` knows only the default limit."""

    promises: tuple[Promise, ...] = ()
    targets: tuple[Target, ...] = ()
    default_hours: float = 24.0

    def promise(self, channel: str, day: date, metric: str = FIRST_RESPONSE) -> Promise | None:
        """The promise of a channel that holds on a day, or None."""
        return _latest((p for p in self.promises if p.channel == channel and p.metric == metric), day)

    def limit_hours(self, channel: str, day: date) -> float:
        """Hours within which a complaint opened on that day is to be answered: the promise, else the default."""
        promise = self.promise(channel, day)
        return self.default_hours if promise is None else promise.limit_hours

    def target(self, metric: str, day: date) -> float | None:
        """The target of a metric that holds on a day, or None."""
        target = _latest((t for t in self.targets if t.metric == metric), day)
        return None if target is None else target.value

    def limits_for(self, channels: pd.Series[str], opened_at: NDArray[Any]) -> NDArray[Any]:
        """`limit_hours` for a whole table: channels and opening times (UTC epoch seconds), one limit per row."""
        limits = np.full(len(channels), self.default_hours)
        for promise in self.promises:  # oldest first: a later version overwrites
            if promise.metric == FIRST_RESPONSE:
                held = (channels == promise.channel).to_numpy(dtype=bool, na_value=False)
                limits[held & (opened_at >= day_start(promise.valid_from))] = promise.limit_hours
        return limits


_Version = TypeVar("_Version", Promise, Target)


def _latest(versions: Iterable[_Version], day: date) -> _Version | None:
    return max((v for v in versions if v.valid_from <= day), key=lambda v: v.valid_from, default=None)


def read_standards(path: Path) -> Standards:
    """The standards written in a TOML file; a company without the file has none but the default limit.

    Raises:
        UsageError: the file is no TOML, an entry lacks a value or has one of the wrong kind, or a version stands twice.
    """
    if not path.exists():
        return Standards()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    promises = tuple(_promise(entry) for entry in _entries(path.name, content, "promise"))
    targets = tuple(_target(entry) for entry in _entries(path.name, content, "target"))
    _refuse_twice(path.name, "promise", [(p.channel, p.metric, p.valid_from) for p in promises])
    _refuse_twice(path.name, "target", [(t.metric, t.valid_from) for t in targets])
    default = _Entry(f"{path.name}: [default]", content.get("default", {"limit_hours": 24}))
    return Standards(
        promises=tuple(sorted(promises, key=lambda p: p.valid_from)),
        targets=tuple(sorted(targets, key=lambda t: t.valid_from)),
        default_hours=default.hours("limit_hours"),
    )


class _Entry:
    """One table of the file and the place where it stands."""

    def __init__(self, place: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise _bad(place, "应为表", "should be a table")
        self.place, self.values = place, values

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise _bad(f"{self.place} {key}", "缺失或不是文字", "missing or not a text")
        return value

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
            raise _bad(f"{self.place} {key}", "缺失或不是数字", "missing or not a number")
        return float(value)

    def hours(self, key: str) -> float:
        value = self.number(key)
        if value <= 0:
            raise _bad(f"{self.place} {key}", "时限必须大于 0", "a limit must be above 0")
        return value

    def day(self, key: str) -> date:
        value = self.values.get(key)
        if type(value) is not date:
            raise _bad(
                f"{self.place} {key}",
                "缺失或不是日期（如 2026-01-01，不加引号）",
                "missing or not a date (2026-01-01, unquoted)",
            )
        return value


def _entries(file: str, content: dict[str, Any], kind: str) -> list[_Entry]:
    listed = content.get(kind, [])
    if not isinstance(listed, list):
        raise _bad(f"{file}: {kind}", f"应写作 [[{kind}]]", f"write it as [[{kind}]]")
    return [_Entry(f"{file}: [[{kind}]] {number}", values) for number, values in enumerate(listed, start=1)]


def _promise(entry: _Entry) -> Promise:
    return Promise(
        channel=entry.text("channel"),
        metric=entry.text("metric"),
        limit_hours=entry.hours("limit_hours"),
        text=entry.text("text", default=""),
        text_en=entry.text("text_en", default=""),
        valid_from=entry.day("valid_from"),
    )


def _target(entry: _Entry) -> Target:
    return Target(metric=entry.text("metric"), value=entry.number("value"), valid_from=entry.day("valid_from"))


def _refuse_twice(file: str, kind: str, keys: list[tuple[Any, ...]]) -> None:
    for number, key in enumerate(keys, start=1):
        if key in keys[: number - 1]:
            raise _bad(
                f"{file}: [[{kind}]] {number}", "与前面一条同名同日", "an earlier entry has the same name and day"
            )


def _bad(place: str, zh: str, en: str) -> UsageError:
    return UsageError(
        zh, en, where=place, hint_zh="请改正服务标准文件后重试", hint_en="Correct the service standards and try again"
    )
