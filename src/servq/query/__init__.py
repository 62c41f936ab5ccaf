"""The corridor out: from the warehouse to readings, one slice at a time."""

from servq.query.ages import open_ages
from servq.query.behind import Behind, rows_behind
from servq.query.measure import Row, measure
from servq.query.snapshot import Snapshot, last_load_id, take_snapshot

__all__ = ["Behind", "Row", "Snapshot", "last_load_id", "measure", "open_ages", "rows_behind", "take_snapshot"]
