"""The corridor out: from the warehouse to readings, one slice at a time."""

from servq.query.comparison_period import AGAINST, Against, compared_weeks, has_data
from servq.query.drill import Asked, Behind, rows_behind
from servq.query.measure import Row, measure
from servq.query.snapshot import Snapshot, last_load_id, state_of, take_snapshot
from servq.query.weekly.changes import Family, Found, changes_in, course_of

__all__ = [
    "AGAINST",
    "Against",
    "Asked",
    "Behind",
    "Family",
    "Found",
    "Row",
    "Snapshot",
    "changes_in",
    "compared_weeks",
    "course_of",
    "has_data",
    "last_load_id",
    "measure",
    "rows_behind",
    "state_of",
    "take_snapshot",
]
