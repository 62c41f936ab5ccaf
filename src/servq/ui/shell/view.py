"""A reader's view: a state of the warehouse, a week, a span of weeks, a filter, a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from servq.query import Snapshot, weeks_back
from servq.records import Slice
from servq.ui.shell.language import Language
from servq.ui.shell.memory import Memory
from servq.weeks import last_weeks

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class View:
    """The filter bar's state, with the snapshot it filters.

    Attributes:
        week: the Monday of the week looked at.
        span: how many weeks up to that one make the period.
        slice_: the dimension filter, without days.
        part: the part of the page that is open; figures do not depend on it.
    """

    snapshot: Snapshot = field(repr=False)
    language: Language
    week: date
    span: int
    slice_: Slice
    part: str = ""

    @property
    def this_week(self) -> Slice:
        """The filter over the chosen week."""
        return self.weeks_back(0, 1)

    @property
    def last_week(self) -> Slice:
        """The filter over the week before."""
        return self.weeks_back(1, 1)

    @property
    def period(self) -> Slice:
        """The filter over the whole span."""
        return self.weeks_back(0, self.span)

    @property
    def period_before(self) -> Slice:
        """The filter over as many weeks before the period."""
        return self.weeks_back(self.span, self.span)

    def weeks_back(self, back: int, count: int) -> Slice:
        """The filter over `count` weeks that end `back` weeks before the chosen one."""
        return weeks_back(self.slice_, self.week, back, count)

    def target(self, metric: str, slice_: Slice | None = None) -> float | None:
        """The target of a metric in the chosen week, of a slice's one channel or of all; or None."""
        return self.snapshot.standards.target(metric, self.week, (slice_ or self.slice_).only("channel"))

    def mondays(self, count: int) -> list[date]:
        """The Mondays of the last `count` weeks, oldest first."""
        return last_weeks(self.week, count)

    @cached_property
    def memory(self) -> Memory:
        """The cache of this view and others; asked for once per rerun, since asking costs."""
        return _memory()

    @cached_property
    def key(self) -> str:
        """The cache key of readings and charts: views with equal keys look alike."""
        return repr((self.snapshot.version, self.language, self.week, self.span, self.slice_))


def kept_per_view(function: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Cache a function's result per view until the data, the filter or the language change.

    Arguments besides the view must be hashable; what is returned is shared between readers and must not be changed.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(view: View, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (name, view.key, repr((args, sorted(kwargs.items()))))
        made: R = view.memory.recall(key, lambda: function(view, *args, **kwargs))
        return made

    return cast(Callable[Concatenate[View, P], R], remembered)


@st.cache_resource(show_spinner=False)
def _memory() -> Memory:
    return Memory(most=3_000)
