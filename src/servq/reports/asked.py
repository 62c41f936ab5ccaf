"""The question of a report: a state of the warehouse, a week, a filter, and what the week is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.query import Against, weeks_back

if TYPE_CHECKING:
    from datetime import date

    from servq.query import Snapshot
    from servq.records import Slice

SPAN = 8
"""Weeks of the sections that need more than one, as the pages take them by default."""


@dataclass(frozen=True)
class Asked:
    """What is asked: a snapshot, a Monday, a filter without days, the comparison period.

    Attributes:
        span: weeks of the sections that need more than one.
    """

    snapshot: Snapshot
    week: date
    where: Slice
    against: Against = Against.WEEK
    span: int = SPAN

    @property
    def this_week(self) -> Slice:
        """The filter over the week."""
        return weeks_back(self.where, self.week, 0, 1)

    @property
    def period(self) -> Slice:
        """The filter over the weeks of sections that need more than one."""
        return weeks_back(self.where, self.week, 0, self.span)

    @property
    def period_before(self) -> Slice:
        """The filter over as many weeks before."""
        return weeks_back(self.where, self.week, self.span, self.span)
