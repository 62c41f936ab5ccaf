"""Pull of one feed of servq.toml: a failure is reported and recorded, and does not stop the other feeds.

Owns the report about a feed and the record of its outcome.
"""

from __future__ import annotations

import time
from pathlib import Path

from servq.errors import FileRefused, SourceUnavailable, UsageError
from servq.ingest.load import Progress
from servq.ingest.sync.pull_database import DatabasePull
from servq.ingest.sync.pull_folder import FolderPull
from servq.loaders.feeds.feeds import Feed, Folder
from servq.records import LoadReport
from servq.records.feed import FeedReport
from servq.warehouse.books.sync_state import keep_pulled
from servq.warehouse.store.engine import Warehouse


def pull_feed(
    warehouse: Warehouse,
    home: Path,
    feed: Feed,
    *,
    again: bool = False,
    progress: Progress | None = None,
) -> FeedReport:
    """Load what is new in one feed since the last pull.

    Args:
        home: the folder with the key that hides customer ids.
        again: read everything from its beginning; rows that are known change nothing.
        progress: called after each chunk with the rows read so far of the present file or batch.

    Raises:
        WarehouseUnavailable: what was loaded before stays.
    """
    started, loads, message = time.perf_counter(), list[LoadReport](), ""
    pull = _pull_of(warehouse, home, feed, again)
    try:
        loads.extend(pull.run(progress))
        became = {report.status for report in loads}
        status = "refused" if "refused" in became else "loaded" if "loaded" in became else "nothing_new"
    except (FileRefused, UsageError) as error:
        message = error.message
        status = "unavailable" if isinstance(error, SourceUnavailable) else "refused"
    with warehouse.write() as connection:
        keep_pulled(connection, feed.name, status)
    return FeedReport(
        name=feed.name,
        source=feed.source,
        kind=feed.kind,
        status=status,
        loads=tuple(loads),
        left=tuple(pull.left) if isinstance(pull, FolderPull) else (),
        waiting=pull.waiting if isinstance(pull, FolderPull) else 0,
        without_watermark=pull.without_watermark if isinstance(pull, DatabasePull) else 0,
        message=message,
        seconds=time.perf_counter() - started,
    )


def _pull_of(warehouse: Warehouse, home: Path, feed: Feed, again: bool) -> FolderPull | DatabasePull:
    if isinstance(feed.origin, Folder):
        return FolderPull(warehouse, home, feed, feed.origin, again)
    return DatabasePull(warehouse, home, feed, feed.origin, again)
