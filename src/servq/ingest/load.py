"""Loading: from a file, or a batch of rows from anywhere, to committed facts, in one transaction.

Owns where a load begins and ends, what it is logged as, and that nothing of it is kept unless all of it is. What
becomes of the rows on their way stands in under_way.py.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from servq.ingest.under_way import UnderWay
from servq.loaders.maps import Map
from servq.loaders.read import open_file
from servq.records import Batch, LoadReport
from servq.text.masking import read_key
from servq.warehouse import cells, log
from servq.warehouse.engine import Warehouse

Progress = Callable[[int], None]
"""Told how many rows have been read so far."""

Also = Callable[[Connection, int], None]
"""Something else to be kept if and only if the load is: told the connection and the load id."""


def load_file(
    warehouse: Warehouse,
    home: Path,
    path: Path,
    source: str | None,
    map_: Map | None = None,
    *,
    origin: str = "file",
    replace: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Load one file whole or not at all.

    Args:
        home: the folder with the key that hides customer ids.
        source: name of the source; may be left out when the map names it.
        origin, replace, progress: as for `load_batch`.

    Returns:
        A report whose counts add up to the rows read; `unchanged` when this very file is in already.

    Raises:
        FileRefused: nothing was loaded, and the message says what to do.
        WarehouseUnavailable: nothing was loaded.
    """
    batch = open_file(path, source, map_)
    return load_batch(warehouse, home, batch, map_, origin=origin, file=str(path), replace=replace, progress=progress)


def load_batch(
    warehouse: Warehouse,
    home: Path,
    batch: Batch,
    map_: Map | None = None,
    *,
    origin: str = "file",
    file: str = "",
    replace: bool = False,
    progress: Progress | None = None,
    also: Also | None = None,
) -> LoadReport:
    """Load a batch of rows, whole or not at all; returns and raises as `load_file` does.

    Args:
        batch: its `facts.sha256` tells whether the very same came before; "" where nobody can tell.
        origin: how it came: file, upload, sync or retry.
        file: what the report calls it (default: the batch's own name).
        replace: what the batch says counts, also where the warehouse knows otherwise.
        progress: called after each chunk with the rows read so far.
        also: called inside the transaction when the rows are in it.
    """
    started = time.perf_counter()
    name, key = file or batch.facts.name, read_key(home)
    map_hash, map_text = (map_.sha256, map_.text) if map_ is not None else ("", None)
    with warehouse.write() as connection:
        before = log.earlier_load(connection, batch.source, batch.facts.sha256, map_hash)
        if before is not None:
            if also is not None:
                also(connection, before.load_id or 0)
            return dataclasses.replace(before, file=name, seconds=time.perf_counter() - started)
        load_id = log.begin_load(
            connection, batch.source, batch.facts, map_hash, _who(), origin=origin, map_text=map_text
        )
        under_way = UnderWay(connection, batch, load_id, key)
        for chunk in batch.chunks:
            under_way.take(chunk)
            if progress is not None:
                progress(under_way.rows_read)
        cells.rebuild(connection, under_way.weeks())
        report = under_way.report(name, time.perf_counter() - started)
        log.end_load(connection, load_id, report)
        if also is not None:
            also(connection, load_id)
    return report


def _who() -> str:
    """The name under which this process runs; a container's user may have none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""
