"""The written service standards with the days from which they hold: promised limits per channel, targets per metric.

Figures of a day are judged by the version that held on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from servq.weeks import day_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from servq.standards.promise import Promise

FIRST_RESPONSE = "first_response"
"""The clock of `limit_hours` and `limits_for`."""


@dataclass(frozen=True)
class TimeLimit:
    """A channel's promised limit: a clock kept within so many hours, from a day on."""

    channel: str
    metric: str
    limit_hours: float
    text: str
    text_en: str
    valid_from: date


@dataclass(frozen=True)
class Target:
    """The target of a metric, in its unit, from a day on: everywhere, or in one channel."""

    metric: str
    value: float
    valid_from: date
    channel: str = ""


@dataclass(frozen=True)
class Margin:
    """The largest difference of two channels on a metric, in its unit, that counts as consistent, from a day on."""

    metric: str
    value: float
    valid_from: date


@dataclass(frozen=True)
class Standards:
    """All versions of all promises, targets and margins, oldest first. `Standards()` knows only the default limit.

    Attributes:
        register: the versions of the register's promises, promise by promise.
    """

    promises: tuple[TimeLimit, ...] = ()
    targets: tuple[Target, ...] = ()
    default_hours: float = 24.0
    margins: tuple[Margin, ...] = ()
    register: tuple[Promise, ...] = ()

    def promise(self, channel: str, day: date, metric: str = FIRST_RESPONSE) -> TimeLimit | None:
        """The promise of a channel that holds on a day, or None."""
        return _latest((p for p in self.promises if p.channel == channel and p.metric == metric), day)

    def limit_hours(self, channel: str, day: date) -> float:
        """Hours within which a complaint opened on that day is to be answered: the promise, else the default."""
        promise = self.promise(channel, day)
        return self.default_hours if promise is None else promise.limit_hours

    def target(self, metric: str, day: date, channel: str | None = None) -> float | None:
        """The target of a metric that holds on a day, or None.

        Args:
            channel: whose own target comes first; None for a figure of several channels, which has the common one.
        """
        (target,) = self.targets_on(metric, [day], channel)
        return None if target is None else target.value

    def targets_on(self, metric: str, days: Iterable[date], channel: str | None = None) -> list[Target | None]:
        """The target of a metric that holds on each of some days, None where there was none yet."""
        common, own = (
            [target for target in self.targets if target.metric == metric and target.channel == whose]
            for whose in ("", channel or "")
        )
        return [_latest(own, day) or _latest(common, day) for day in days]

    def margin(self, metric: str, day: date) -> Margin | None:
        """The margin of a metric that holds on a day, or None."""
        return _latest((m for m in self.margins if m.metric == metric), day)

    def limits_for(self, channels: pd.Series[str], opened_at: NDArray[Any]) -> NDArray[Any]:
        """`limit_hours` for a whole table: channels and opening times (UTC epoch seconds), one limit per row."""
        import numpy as np  # the command line reads standards without it

        limits = np.full(len(channels), float(self.default_hours))
        for promise in self.promises:  # oldest first: a later version overwrites
            if promise.metric == FIRST_RESPONSE:
                held = (channels == promise.channel).to_numpy(dtype=bool, na_value=False)
                limits[held & (opened_at >= day_start(promise.valid_from))] = promise.limit_hours
        return limits


_Version = TypeVar("_Version", TimeLimit, Target, Margin)


def _latest(versions: Iterable[_Version], day: date) -> _Version | None:
    return max((v for v in versions if v.valid_from <= day), key=lambda v: v.valid_from, default=None)
