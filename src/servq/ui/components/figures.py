"""Readings for pages: asked of `query`, cached per view; and the reason or the part of the answers behind one."""

from __future__ import annotations

from datetime import date

from servq.metrics.catalog import METRICS, get_metric
from servq.query import Row, measure, weekly_course
from servq.query.newest import newest_only
from servq.records import Reading, Slice
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.view import View, kept_per_view

__all__ = ["METRICS", "by_week", "get_metric", "reading", "readings", "rests_on", "why_empty"]


@kept_per_view
def readings(view: View, metric: str, by: tuple[str, ...], slice_: Slice) -> list[Row]:
    """One metric over a slice, for each group of the `by` dimensions."""
    return measure(view.snapshot, metric, by, slice_)


@kept_per_view
def reading(view: View, metric: str, slice_: Slice) -> Reading:
    """One metric over a slice."""
    return measure(view.snapshot, metric, (), slice_)[0].reading


def why_empty(view: View, metric: str) -> str:
    """The reason why a metric has nothing to draw: no rows, rows without the filter's dimension, or too few."""
    reason = reading(view, metric, view.period).reason
    return say("样本不足，不画图。", "Too few rows to draw.") if reason is None else name_of(reason)


@kept_per_view
def by_week(view: View, metric: str, slice_: Slice, count: int) -> list[tuple[date, Reading | None]]:
    """One metric for each of the last `count` weeks, oldest first; None where a week has no data.

    Begins with the first week that has any data at all.
    """
    first = min([*view.snapshot.weeks, view.week])
    course = weekly_course(view.snapshot, metric, slice_, view.week, count)
    return [(monday, found) for monday, found in course if monday >= first]


def rests_on(view: View, slice_: Slice) -> None:
    """Say how many of a slice's answers are looked at; nothing where it is all of them."""
    part = newest_only(view.snapshot, slice_)
    if part is not None:
        shell.note(
            say(
                f"只看最新的 {part.counted:,} 份答卷（该范围共 {part.of:,} 份）；缩短周期或加筛选，可看全部",
                f"rests on the newest {part.counted:,} of {part.of:,} answers: a shorter period or a filter shows all",
            )
        )
