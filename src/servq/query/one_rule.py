"""Two periods under one promised limit: where it changed between them, both are counted by the later one.

    old limit 24 h          │ new limit 1 h                     counted by its own limit, attainment falls on the day of
    95 % in time, of 24 h   │ 40 % in time, of 1 h              the change although nobody answers any slower
    42 % in time, of 1 h    │ 40 % in time, of 1 h              by one limit nothing changed

Single figures are counted by the limit promised when each case was opened; only comparisons use this module.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from servq.metrics.clocks import with_clocks
from servq.query.measure import measure
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice
from servq.standards import FIRST_RESPONSE

LIMITED = frozenset({"sla_attainment", "first_response_used"})
"""Metrics that a promised limit decides."""

_BY_LIMIT = ["first_response_used", "within_limit", "attained"]
"""The columns of clocks that it decides."""


def limit_changed(snapshot: Snapshot, metric: str, slice_: Slice) -> date | None:
    """The last day after the first of a period on which a channel's limit changed; None without any.

    Args:
        slice_: the days looked at, and the filter; only channels with complaints in it count.
    """
    days = _days_of_change(snapshot, slice_) if metric in LIMITED else {}
    if not days:
        return None
    channels = set(rows_of(snapshot, "complaints", slice_)["channel"].unique())
    return max((day for channel, day in days.items() if channel in channels), default=None)


def by_limits_of(snapshot: Snapshot, day: date) -> Snapshot:
    """The same state of the warehouse with every case held against its channel's limit on one day."""
    channels = snapshot.complaints["channel"].cat.categories
    limits = {str(channel): snapshot.standards.limit_hours(str(channel), day) for channel in channels}
    key = tuple(sorted(limits.items()))
    if key not in snapshot.under_one_rule:
        clocks = with_clocks(
            snapshot.complaints,
            snapshot.as_of,
            lambda found, _opened: np.array([limits[str(channel)] for channel in found], dtype=float),
        )
        complaints = snapshot.complaints.assign(**{name: clocks[name] for name in _BY_LIMIT})
        snapshot.under_one_rule[key] = replace(snapshot, complaints=complaints)
    return snapshot.under_one_rule[key]


def comparable(snapshot: Snapshot, metric: str, slice_: Slice) -> Snapshot:
    """The snapshot on which the days of a slice are compared: itself, or under the last day's limits where one
    changed."""
    if slice_.end is None or metric not in LIMITED or not _days_of_change(snapshot, slice_):
        return snapshot
    return by_limits_of(snapshot, slice_.end)


def pair_by_one_rule(snapshot: Snapshot, metric: str, now: Slice, before: Slice) -> tuple[Reading, Reading]:
    """A metric in two periods, both by the limits of the later one."""
    known = comparable(snapshot, metric, now.between(before.start, now.end))
    return measure(known, metric, (), now)[0].reading, measure(known, metric, (), before)[0].reading


def _days_of_change(snapshot: Snapshot, slice_: Slice) -> dict[str, date]:
    """Channel -> the last day of the period, but for its first, from which another limit held than the day before."""
    found = {}
    for promise in snapshot.standards.promises:  # oldest first
        day = promise.valid_from
        if (
            promise.metric != FIRST_RESPONSE
            or (slice_.start and day <= slice_.start)
            or (slice_.end and day > slice_.end)
        ):
            continue
        if snapshot.standards.limit_hours(promise.channel, day - timedelta(days=1)) != promise.limit_hours:
            found[promise.channel] = day
    return found
