"""Queries: from the warehouse to readings, one slice at a time. Stores nothing; formulas are in `metrics`."""

from servq.query.comparison_period import AGAINST, Against, compared_weeks, has_data, weeks_back
from servq.query.drill import Asked, Behind, rows_behind
from servq.query.measure import Row, measure
from servq.query.snapshot import Snapshot, last_load_id, state_of, take_snapshot
from servq.query.weekly.changes import LOOKED_AT, CellChange, WeekChanges, changes_in, weekly_changes, weekly_course

__all__ = [
    "AGAINST",
    "LOOKED_AT",
    "Against",
    "Asked",
    "Behind",
    "CellChange",
    "Row",
    "Snapshot",
    "WeekChanges",
    "changes_in",
    "compared_weeks",
    "has_data",
    "last_load_id",
    "measure",
    "rows_behind",
    "state_of",
    "take_snapshot",
    "weekly_changes",
    "weekly_course",
    "weeks_back",
]
