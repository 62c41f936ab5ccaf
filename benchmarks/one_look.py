"""A first look at a warehouse, measured from inside its own process: `python -m benchmarks.one_look HOME`.

CPU seconds: reading the snapshot, the week's changes, the three sources and the consistency matrix over 26 weeks, each
for the first time; then the snapshot after a change of one week. The change is rolled forward: use a copy's home.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from benchmarks.process import peak_memory_mb
from benchmarks.server import ROOT
from servq.query import Snapshot, take_snapshot, weeks_back
from servq.query.channels.agreement import channels_together
from servq.query.channels.lenses import through_lenses
from servq.query.weekly.changes import weekly_changes
from servq.records import Slice
from servq.standards import read_standards
from servq.warehouse.facts import week_cells
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import response

SPAN = 26
"""Weeks that are looked at together."""


def main(home: Path) -> None:
    """Measure and print as JSON."""
    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")
    standards = read_standards(ROOT / "data" / "standards.toml")
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        done = work()
        seconds[name] = time.process_time() - started
        return done

    snapshot: Snapshot = timed("snapshot", lambda: take_snapshot(warehouse, standards))
    peak, monday = peak_memory_mb(), snapshot.weeks[-1]
    days = weeks_back(Slice(), monday, 0, SPAN)
    timed("weekly", lambda: weekly_changes(snapshot, Slice(), monday))
    timed("next_week", lambda: weekly_changes(snapshot, Slice(), monday - timedelta(days=7)))
    timed("sources", lambda: through_lenses(snapshot, days))
    timed("consistency", lambda: channels_together(snapshot, days, monday))
    with warehouse.write() as connection:
        one = connection.scalar(select(response.c.response_id).where(response.c.week == monday))
        connection.execute(update(response).where(response.c.response_id == one).values(likelihood=10))
        timed("one_week_counted", lambda: week_cells.rebuild(connection, [monday]))
    timed("snapshot_again", lambda: take_snapshot(warehouse, standards))
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "peak_all_mb": peak_memory_mb()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
