"""Verdicts on readings: against a target, against another period, the best of several groups against the worst.

Makes the families of tests for pages that show several figures. A page chooses the figures; all of them are tested
together here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import against_target, compare_many, spread
from servq.query.measure import measure
from servq.query.one_rule import limit_changed, pair_by_one_rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from servq.metrics.verdicts import Change, Spread, Standing
    from servq.query.snapshot import Snapshot
    from servq.records import Reading, Slice


PROMISE = "sla_attainment"

PROMISE_KEPT_FROM = 90.0
"""Percent of cases within the promised time from which a promise counts as kept, where no target says otherwise."""


@dataclass(frozen=True)
class PeriodChange:
    """One metric over two periods, and the verdict on the difference.

    Attributes:
        limit_since: the last day within the two periods on which a promised limit changed, so that both are counted by
            the later one; None where none did.
    """

    now: Reading
    before: Reading
    change: Change
    limit_since: date | None = None


def period_changes(snapshot: Snapshot, metrics: Sequence[str], now: Slice, before: Slice) -> dict[str, PeriodChange]:
    """Each metric over two periods or two groups, in the given order; all of them tested together (`compare_many`).

    Two periods are counted by the limits of the later one (`one_rule`).
    """
    pairs = [_pair(snapshot, name, now, before) for name in metrics]
    judged = compare_many(
        [(later, earlier, get_metric(name).better) for name, (later, earlier) in zip(metrics, pairs, strict=True)]
    )
    found = zip(metrics, pairs, judged.changes, strict=True)
    return {
        name: PeriodChange(later, earlier, change, _limit_since(snapshot, name, now, before))
        for name, (later, earlier), change in found
    }


def _limit_since(snapshot: Snapshot, metric: str, now: Slice, before: Slice) -> date | None:
    """The day of another limit within two periods; two groups over the same days have one rule anyway."""
    if now.start == before.start:
        return None
    return limit_changed(snapshot, metric, now.between(before.start, now.end))


def _pair(snapshot: Snapshot, metric: str, now: Slice, before: Slice) -> tuple[Reading, Reading]:
    if now.start != before.start:
        return pair_by_one_rule(snapshot, metric, now, before)
    return _reading(snapshot, metric, now), _reading(snapshot, metric, before)


def _reading(snapshot: Snapshot, metric: str, slice_: Slice) -> Reading:
    return measure(snapshot, metric, (), slice_)[0].reading


def standing_of(metric: str, reading: Reading, target: float) -> Standing:
    """Whether a reading meets a target of its metric; of a gap, the target is 0: experience is as expected."""
    return against_target(reading, target, get_metric(metric).better)


def kept_from(snapshot: Snapshot, day: date, channel: str | None = None) -> float:
    """The least share within the promised time, in percent, at which a channel's promise counts as kept on that day."""
    return snapshot.standards.target(PROMISE, day, channel) or PROMISE_KEPT_FROM


def promise_standing(snapshot: Snapshot, within: Reading, monday: date, channel: str | None) -> Standing:
    """Whether a promised response time counts as kept in a week.

    Args:
        within: share of complaints answered in time (`sla_attainment`).
        channel: whose promise it is; None is that of all together.
    """
    return standing_of("sla_attainment", within, kept_from(snapshot, monday, channel))


def best_and_worst(metric: str, readings: Mapping[str, Reading]) -> Spread | None:
    """The best and the worst of several independent groups; None below two judgeable ones."""
    return spread(readings, get_metric(metric).better)
