"""The corridor out: from the warehouse to readings, one slice at a time."""

from servq.query.behind import Asked, Behind, rows_behind
from servq.query.changes import Family, Found, changes_in, course_of
from servq.query.measure import Row, measure
from servq.query.snapshot import Snapshot, last_load_id, state_of, take_snapshot

__all__ = [
    "Asked",
    "Behind",
    "Family",
    "Found",
    "Row",
    "Snapshot",
    "changes_in",
    "course_of",
    "last_load_id",
    "measure",
    "rows_behind",
    "state_of",
    "take_snapshot",
]
