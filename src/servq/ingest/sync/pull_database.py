"""Pull of a database: each batch in one transaction, stored together with its watermark.

Owns the stored state of a pull, and when it starts over. loaders/feeds/database.py decides which rows are new.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from servq.ingest.load import Progress, load_batch
from servq.loaders.feeds.connections import Address, read_address
from servq.loaders.feeds.database import Pull
from servq.loaders.feeds.feeds import Database, Feed
from servq.loaders.feeds.sessions import connected
from servq.loaders.feeds.watermarks import Watermark
from servq.records import LoadReport
from servq.warehouse.books.sync_state import keep_pulled, pulled
from servq.warehouse.store.engine import Warehouse

ANY = 1.0
"""The share of untrusted rows that what is new may have: a wrong map shows when a table is first read, and one bad row
that comes by itself must not stop those after it.
"""


@dataclass
class DatabasePull:
    """One pull of one database.

    Attributes:
        without_watermark: rows that are never pulled, known once it has begun.
    """

    warehouse: Warehouse
    home: Path
    feed: Feed
    database: Database
    again: bool = False
    without_watermark: int = 0

    def run(self, progress: Progress | None = None) -> Iterator[LoadReport]:
        """Load the new rows, one report per batch; each batch is committed before its report is given.

        Raises:
            SourceUnavailable: the database cannot be read; the batches before are in.
            FileRefused: what came cannot be trusted as a whole; the batches before are in.
        """
        name, database = self.feed.name, self.database
        address = read_address(database.url, database.url_env, database.password_env, name, os.environ)
        since, seen = (None, None) if self.again else self._where_it_stopped(address)
        with connected(address, database.timeout_seconds, name) as connection:
            pull = Pull(self.feed, database, connection, address)
            self.without_watermark = pull.without_watermark()
            with closing(pull.batches(since, seen)) as batches:
                for batch in batches:
                    yield load_batch(
                        self.warehouse,
                        self.home,
                        batch,
                        self.feed.map_,
                        origin="sync",
                        file=name,
                        bad_share=None if since is None else ANY,
                        progress=progress,
                        also=lambda kept, load_id: self._keep(kept, load_id, pull, address),
                    )

    def _where_it_stopped(self, address: Address) -> tuple[Watermark | None, dict[str, Any] | None]:
        """The watermark of the last pull and what stood below it; nothing when it was of another table or query."""
        with self.warehouse.read() as connection:
            before = pulled(connection, self.feed.name)
        kept = before.watermark if before else None
        if not kept or kept.get("of") != self._what_is_read(address):
            return None, None
        return Watermark.from_json(kept["reached"]), kept["window"]

    def _keep(self, connection: Connection, load_id: int, pull: Pull, address: Address) -> None:
        if pull.reached is None:
            return
        # while rows are still on their way the database cannot be asked what stands below the last one
        window = None if pull.more else pull.window(pull.reached)
        watermark = {"reached": pull.reached.as_json(), "window": window, "of": self._what_is_read(address)}
        keep_pulled(connection, self.feed.name, "loaded", watermark, load_id)

    def _what_is_read(self, address: Address) -> str:
        """A hash of what the watermark is a watermark of; a new password or map is no reason to start over."""
        url, database = address.url, self.database
        server = (url.get_backend_name(), url.host, url.port, url.database, sorted(url.query.items()))
        rows = (database.table, database.query, database.watermark, database.lag)
        return blake2b(repr(server + rows).encode(), digest_size=12).hexdigest()
