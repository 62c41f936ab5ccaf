"""Complaint clocks: hours to first response and to resolution, derived from the recorded times once per load.

Defines no metric.

opened ──────── first response ──────── resolved ──── reopened ──── resolved again
  ├ first_response_hours ┤                                                │
  └──────────────────────── resolution_hours ─────────────────────────────┘
                             (while one of the ends is missing: the time open so far, `…_seen` False)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.measures import BY_DAY
from servq.records import OPEN_FOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from servq.standards import Standards

    Limits = Callable[[pd.Series[str], NDArray[Any]], NDArray[Any]]

CLOCK_COLUMNS = (
    "first_response_hours",
    "first_response_seen",
    "first_response_used",
    "first_response_by_day",
    "resolution_hours",
    "resolution_seen",
    "resolution_by_day",
    "within_limit",
    "attained",
    "is_open",
    "is_reopened",
    "open_for",
)
"""The columns that `with_clocks` adds to a table of complaints."""

AGE_LIMITS_HOURS = (24, 72, 168)
"""The upper limits of the ages of open complaints: one, three, seven days (`servq.records.OPEN_FOR`)."""

RIPE_HOURS = 14 * 24
"""The hours after its resolution from which a complaint tells something of the rate of reopening: a fortnight."""


def with_clocks(complaints: pd.DataFrame, as_of: int, limits: Standards | Limits) -> pd.DataFrame:
    """The same complaints with their clocks, as they stood at `as_of`.

    Args:
        complaints: rows are complaints; columns `opened_at`, `channel` and, where known, `first_response_at`,
            `resolved_at`, `reopened_at` (UTC epoch seconds; Int64, float or object, missing allowed). Index is kept.
        as_of: UTC epoch seconds up to which the complaints are known; what happened later is not seen yet.
        limits: the standards, or a function (channels, opened_at) -> hours within which a first response is due.

    Returns:
        A copy with `CLOCK_COLUMNS`. Hours are calendar hours. `first_response_hours` is missing where a case was
        resolved without a recorded response (neither a time nor a running clock). `within_limit` is missing while
        undecided: no response yet, limit not yet passed. `attained` is the same and missing for every case whose limit
        has not passed, answered or not: among young cases only the quick ones are decided, and they are all in time
        (adr/0024). `first_response_used` is the response clock in percent of its limit. Where only the day of an end is
        known (`by_day`) there are no hours of a response; whether it was within its limit is told where the days
        suffice. `is_reopened` is missing for cases never resolved and for those that were resolved (or came back) less
        than `RIPE_HOURS` ago, so that young weeks do not look better. A case that was reopened after its last
        resolution is open again, and its clock runs on from the first opening.
    """
    opened = _seconds(complaints, "opened_at")
    response, resolved, reopened = (
        _known(_seconds(complaints, name), as_of) for name in ("first_response_at", "resolved_at", "reopened_at")
    )
    was_reopened = ~np.isnan(reopened)
    was_resolved = ~np.isnan(resolved) | was_reopened
    is_open = np.isnan(resolved) | (was_reopened & (reopened > resolved))
    answered = ~np.isnan(response)

    response_hours = _hours(opened, np.where(answered, response, as_of))
    response_hours[~answered & ~is_open] = np.nan  # resolved without a recorded response
    resolution_hours = _hours(opened, np.where(is_open, as_of, resolved))
    opened_by_day, answered_by_day, resolved_by_day, reopened_by_day = _days(complaints)
    by_day = opened_by_day | (answered & answered_by_day)
    longest = response_hours + 24 * (answered & answered_by_day)
    shortest = response_hours - 24 * opened_by_day
    settled = np.fmin(resolved + 86_400 * resolved_by_day, reopened + 86_400 * reopened_by_day)
    waited = _hours(settled, np.full(len(opened), float(as_of)))
    limit = (limits if callable(limits) else limits.limits_for)(complaints["channel"], opened)

    decided = (answered & (longest <= limit)) | (shortest > limit)
    limit_passed = _hours(opened, np.full(len(opened), as_of)) - 24 * opened_by_day > limit

    return complaints.assign(
        first_response_hours=np.where(by_day, np.nan, response_hours),
        first_response_seen=answered,
        first_response_used=np.where(by_day, np.nan, 100 * response_hours / limit),
        first_response_by_day=by_day & ~np.isnan(response_hours),
        resolution_hours=resolution_hours,
        resolution_seen=~is_open,
        resolution_by_day=opened_by_day | (~is_open & resolved_by_day),
        within_limit=_maybe(longest <= limit, known=decided),
        attained=_maybe(longest <= limit, known=decided & limit_passed),
        is_open=is_open,
        is_reopened=_maybe(was_reopened, known=was_resolved & (waited >= RIPE_HOURS)),
        open_for=_ages(np.where(is_open, resolution_hours, np.nan)),
    )


def counted_rows(complaints: pd.DataFrame, counted: str) -> pd.DataFrame:
    """The complaints in a metric's n: those with a value in the column that the metric names.

    Args:
        complaints: a table from `with_clocks`.
        counted: `Metric.counted`; "" keeps every row, "open" the cases that are still open.
    """
    if not counted:
        return complaints
    return complaints[complaints["is_open"]] if counted == "open" else complaints[complaints[counted].notna()]


def _seconds(complaints: pd.DataFrame, name: str) -> NDArray[Any]:
    """A column of times as floats, NaN where missing or where the table has no such column."""
    if name not in complaints:
        return np.full(len(complaints), np.nan)
    seconds: NDArray[Any] = complaints[name].to_numpy(dtype="float64", na_value=np.nan)
    return seconds


def _days(complaints: pd.DataFrame) -> list[NDArray[np.bool_]]:
    """For each time of `BY_DAY`: of which complaints only its day is known."""
    bits = np.nan_to_num(_seconds(complaints, "by_day")).astype(np.int64)
    return [(bits & bit) > 0 for bit in BY_DAY.values()]


def _known(seconds: NDArray[Any], as_of: int) -> NDArray[Any]:
    """Times that lie after `as_of` have not happened yet."""
    known: NDArray[Any] = np.where(seconds <= as_of, seconds, np.nan)
    return known


def _hours(start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
    hours: NDArray[Any] = np.maximum(end - start, 0.0) / 3600
    return hours


def _ages(hours: NDArray[Any]) -> NDArray[Any]:
    """The age of each open complaint; NaN stands for a closed one, and sorts behind the last limit."""
    places = np.searchsorted(AGE_LIMITS_HOURS, hours, side="left")
    ages: NDArray[Any] = np.array(list(OPEN_FOR), dtype=object)[np.where(np.isnan(hours), len(OPEN_FOR) - 1, places)]
    return ages


def _maybe(values: NDArray[np.bool_], known: NDArray[np.bool_]) -> pd.arrays.BooleanArray:
    """True, False, or missing where it is not known."""
    return pd.arrays.BooleanArray(values & known, ~known)
