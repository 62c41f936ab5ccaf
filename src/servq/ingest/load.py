"""Loading: a file, or a batch of rows, stored as facts in one transaction, whole or not at all.

Owns the start and end of a load, its line in the log, and its atomicity. The steps of each chunk are in load_run.py.
"""

from __future__ import annotations

import dataclasses
import gc
import getpass
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sqlalchemy import Connection

from servq.configuration import read_configuration
from servq.errors import FileRefused
from servq.ingest.load_run import Terms, UnderWay
from servq.ingest.reread import may_heal
from servq.ingest.rows.demanded import with_demanded
from servq.ingest.rows.row_masking import hide_in_facts, hide_in_map, hide_in_refusal
from servq.loaders.maps.map import Map, in_questionnaire
from servq.loaders.read import open_file
from servq.records import Batch, FileFacts, LoadReport
from servq.text.masking.masking import mask_name, mask_path, read_key
from servq.warehouse.books import load_log, quarantine
from servq.warehouse.facts import week_cells
from servq.warehouse.store.engine import Warehouse

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
    bad_share: float | None = None,
    trial: bool = False,
    questionnaire: str = "",
    opened: Callable[[FileFacts], None] | None = None,
    progress: Progress | None = None,
    also: Also | None = None,
) -> LoadReport:
    """Load one file whole or not at all, within the limits of servq.toml.

    Args:
        home: the folder with the key that hides customer ids, and with servq.toml.
        source: name of the source; may be left out when the map names it.
        questionnaire: the name of the questionnaire that the file is of; its ids are then ids within it.
        opened: told what the file was taken for, before its rows are read.
        origin, replace, bad_share, trial, progress, also: as for `load_batch`.

    Returns:
        A report whose counts add up to the rows read; `unchanged` when this very file is in already.

    Raises:
        FileRefused: nothing was loaded, and the message says what to do.
        WarehouseUnavailable: nothing was loaded.
    """
    file = mask_path(path)
    try:
        batch, map_ = _opened(home, path, source, map_, questionnaire.strip())
        if opened is not None:
            opened(hide_in_facts(batch.facts))
        return load_batch(
            warehouse,
            home,
            batch,
            map_,
            origin=origin,
            file=file,
            replace=replace,
            bad_share=bad_share,
            trial=trial,
            progress=progress,
            also=also,
        )
    except FileRefused as refused:
        raise hide_in_refusal(refused, path.name) from None


def _opened(home: Path, path: Path, source: str | None, map_: Map | None, of: str) -> tuple[Batch, Map | None]:
    """The file with its map; where it is of a questionnaire that is named, with a map that says so."""
    limits = read_configuration(home).limits
    batch = open_file(path, source, map_, limits=limits)
    if not of:
        return batch, map_
    batch.chunks.close()
    map_ = in_questionnaire(of, batch.source, batch.facts.columns, map_)
    return open_file(path, source, map_, limits=limits), map_


def load_batch(
    warehouse: Warehouse,
    home: Path,
    batch: Batch,
    map_: Map | None = None,
    *,
    origin: str = "file",
    file: str = "",
    replace: bool = False,
    bad_share: float | None = None,
    trial: bool = False,
    progress: Progress | None = None,
    also: Also | None = None,
) -> LoadReport:
    """Load a batch of rows, whole or not at all; returns and raises as `load_file` does.

    Args:
        batch: its `facts.sha256` tells whether the very same came before; "" where that is not known.
        origin: how it came: file, upload, sync or retry.
        file: what the report calls it (default: the batch's own name).
        replace: what the batch says counts where it is not known which of two rows is newer. A map may say so too.
        bad_share: above this share of untrusted rows the whole of it is refused (default: servq.toml's).
        trial: find out what would become of the rows, and keep nothing.
        progress: called after each chunk with the rows read so far.
        also: called inside the transaction when the rows are in it.
    """
    started = time.perf_counter()
    batch = dataclasses.replace(batch, facts=dataclasses.replace(batch.facts, name=mask_name(batch.facts.name)))
    loading = read_configuration(home).loading
    share = loading.bad_share if bad_share is None else bad_share
    newer = replace or (map_ is not None and map_.on_change == "replace")
    name, key = file or batch.facts.name, read_key(home)
    terms = Terms(name, key, origin, newer, share, progress, demanded=loading.demanded)
    with _everything_else_at_rest(), warehouse.write() as connection:
        attempt = connection.begin_nested() if trial else None
        report = None if replace else _known_already(connection, batch, map_, terms)
        if report is None:
            report = load_into(connection, batch, map_, terms)
        if attempt is not None:
            attempt.rollback()
            report = undone(report, "tried")
        elif also is not None:
            also(connection, report.load_id or 0)
    return dataclasses.replace(report, seconds=time.perf_counter() - started)


def load_into(connection: Connection, batch: Batch, map_: Map | None, terms: Terms) -> LoadReport:
    """Load the rows of a batch inside the caller's transaction."""
    facts = hide_in_facts(batch.facts)
    map_hash, map_text = (map_.sha256, hide_in_map(map_, batch.facts)) if map_ is not None else ("", None)
    load_id = load_log.begin_load(
        connection, batch.source, facts, map_hash, who_runs(), origin=terms.origin, map_text=map_text
    )
    waits = quarantine.of_file(connection, batch.source, batch.facts.sha256, map_hash)
    under_way = UnderWay(connection, batch, load_id, terms)
    for chunk in batch.chunks:
        under_way.take(with_demanded(chunk, batch.facts, terms.demanded))
        if terms.progress is not None:
            terms.progress(under_way.rows_read)
        del chunk  # before the next one is read
    under_way.refuse_if_on_another_scale()
    under_way.refuse_if_mostly_bad()
    under_way.refuse_if_another_questionnaire()
    # what waited since this file was read before and is trusted now waits no more
    quarantine.release(connection, (waits[row] for row in waits.keys() - under_way.set_aside), load_id)
    report = under_way.report()
    load_log.end_load(connection, load_id, report, under_way.not_placed)
    week_cells.rebuild(
        connection, under_way.weeks()
    )  # they count answers by what their load says of those who gave none
    return report


def undone(report: LoadReport, status: str) -> LoadReport:
    """The report of a load that was rolled back: without a load id, and without conflicts within the file."""
    conflicting = tuple(
        dataclasses.replace(one, load_id=0) if one.load_id == report.load_id else one for one in report.conflicting
    )
    return dataclasses.replace(report, status=status, load_id=None, conflicting=conflicting)


def _known_already(connection: Connection, batch: Batch, map_: Map | None, terms: Terms) -> LoadReport | None:
    """The report of the load of this same file, unless it quarantined rows for future dates that have passed."""
    map_hash = map_.sha256 if map_ is not None else ""
    before = load_log.earlier_load(connection, batch.source, batch.facts.sha256, map_hash)
    if before is None or may_heal(connection, batch, map_):
        return None
    return dataclasses.replace(before, file=terms.file, facts=hide_in_facts(batch.facts))


@contextmanager
def _everything_else_at_rest() -> Iterator[None]:
    """While rows come in, Python looks for garbage among them only: looking at all else is 6 % of a load."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


_acting: ContextVar[str] = ContextVar("acting", default="")


def acting_as(who: str) -> None:
    """From here on, in this thread, a signed-in person acts: the books name the person, not the server's account."""
    _acting.set(who)


def who_runs() -> str:
    """The person who acts; else the account that runs this process, which in a container may have no name."""
    if who := _acting.get():
        return who
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""
