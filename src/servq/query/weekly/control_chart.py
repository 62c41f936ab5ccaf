"""The control chart of one figure: its weekly series, its limits, and the rules that the last week breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from servq.metrics.statistics.xmr import LEAST_WEEKS as LEAST_WEEKS
from servq.metrics.statistics.xmr import MOST_WEEKS as MOST_WEEKS
from servq.metrics.statistics.xmr import RECENT as RECENT
from servq.metrics.statistics.xmr import Limits as Limits
from servq.metrics.statistics.xmr import broken, limits_before
from servq.query.one_rule import limit_changed
from servq.query.weekly.changes import drawn_values, weekly_course

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from servq.metrics.verdicts import ChartRule
    from servq.query.snapshot import Snapshot
    from servq.records import Reading, Slice


@dataclass(frozen=True)
class ControlChart:
    """A figure week by week, judged by its own past.

    Attributes:
        course: Monday and reading, oldest first; None where a week has no data.
        limits: None where the past is too short for any.
        broken: rule -> for how many weeks it has been broken.
        limit_since: the last day among the weeks on which a promised limit changed; None where none did.
    """

    course: tuple[tuple[date, Reading | None], ...]
    limits: Limits | None
    broken: Mapping[ChartRule, int]
    limit_since: date | None


def control_chart(snapshot: Snapshot, metric: str, slice_: Slice, monday: date) -> ControlChart:
    """The chart of a metric over a slice up to one week."""
    course = weekly_course(snapshot, metric, slice_, monday)
    values = drawn_values(course)
    limits = limits_before(values)
    changed = limit_changed(snapshot, metric, slice_.between(course[0][0], monday + timedelta(days=6)))
    return ControlChart(tuple(course), limits, {} if limits is None else broken(values, limits), changed)
