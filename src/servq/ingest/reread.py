"""Quarantined rows turned into batches again, with their corrections or because a date is no longer in the future.

Each row is read through the map of its own file. Loads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from servq.errors import FileRefused
from servq.loaders.cells.turned_rows import SetAside
from servq.loaders.headers.headers import plain
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.read import open_rows
from servq.loaders.shapes.long_table import again
from servq.loaders.sources.catalog import get_source
from servq.records import Batch, FileFacts, Rejected
from servq.records.loading import SEVERAL
from servq.text.masking.patterns import RULES
from servq.warehouse.books import quarantine

Corrections = Mapping[int, Mapping[str, str]]
"""Id in quarantine -> {header: corrected text}."""

Line = dict[str, Any]
"""One row of the quarantine with how its file was read, as `waiting.lines` gives it."""


@dataclass(frozen=True)
class Reread:
    """Rows of one file as a batch; the number of each row is its id in quarantine."""

    batch: Batch
    map_: Map | None
    lines: tuple[Line, ...]


def may_heal(connection: Connection, batch: Batch, map_: Map | None) -> bool:
    """Whether a row of this very file that was quarantined for a future date might be trusted now."""
    map_hash = map_.sha256 if map_ is not None else ""
    waits = quarantine.of_file(connection, batch.source, batch.facts.sha256, map_hash, ("future_time",))
    if not waits:
        return False
    lines = quarantine.lines(connection, waits.values())
    return any(len(chunk.frame) for again in reread(lines, {}) for chunk in again.batch.chunks)


def reread(lines: Iterable[Line], corrections: Corrections) -> Iterator[Reread]:
    """The rows as batches, one for those that share a file, a map and a header.

    Raises:
        FileRefused: the headers do not fit the source any more.
    """
    ordered = sorted(lines, key=lambda line: (_form(line), line["quarantine_id"]))
    for _, group in groupby(ordered, key=_form):
        some = tuple(group)
        yield _as_batch(some, corrections)


def said_now(line: Line, corrections: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row with all its corrections."""
    return {**line["raw"], **(line["corrected"] or {}), **corrections}


def headers_of(line: Line) -> list[str]:
    """The headers that a row may have: its own, and those of its file that it lacks."""
    of_file = [header for header in line["columns"].values() if not header.startswith(("= ", SEVERAL))]
    return list(dict.fromkeys([*line["raw"], *of_file]))


def _form(line: Line) -> tuple[str, ...]:
    return (line["source"], line["map_hash"], line["file_name"], line["sheet"] or "", *headers_of(line))


def _as_batch(lines: tuple[Line, ...], corrections: Corrections) -> Reread:
    first = lines[0]
    headers, sheet = headers_of(first), first["sheet"] or ""
    map_ = map_from_table(json.loads(first["map_text"]), first["file_name"]) if first["map_text"] else None
    if map_ is not None:  # a row of the wrong width may lack the cell of a rule
        there = set(map(plain, headers))
        map_ = replace(map_, rows=tuple(rule for rule in map_.rows if plain(rule.header) in there))
        parts = [header for pick in map_.columns.values() if not pick.header for header in pick.headers]
        headers = [*headers, *(header for header in dict.fromkeys(parts) if plain(header) not in there)]
    rows = (
        (line["quarantine_id"], _row(line, headers, corrections.get(line["quarantine_id"], {}), map_)) for line in lines
    )
    facts = FileFacts(first["file_name"], "", sheet=sheet)
    try:
        batch = open_rows(headers, rows, facts, get_source(first["source"]), map_, typed=bool(sheet))
    except FileRefused as refused:
        refused.where = f"{first['file_name']} ({first['quarantine_id']} …)"
        raise
    return Reread(batch, map_, lines)


def _row(line: Line, headers: list[str], corrections: Mapping[str, str], map_: Map | None) -> list[str]:
    """The cells of a row; of a table that was turned round, what still cannot be made a row."""
    raw, corrected = said_now(line, corrections), {**(line["corrected"] or {}), **corrections}
    rejected = Rejected(line["quarantine_id"], line["column"], line["value"], line["reason"], raw)
    said = again(rejected, corrected.keys(), None if map_ is None else map_.long)
    return SetAside(said) if isinstance(said, Rejected) else _cells(line, headers, said, corrections)


def _cells(line: Line, headers: list[str], said: Mapping[str, str], corrections: Mapping[str, str]) -> list[str]:
    cells = [said.get(header, "") for header in headers]
    if line["reason"] == "wrong_width" and not (line["corrected"] or corrections):
        # nobody has said yet which cell belongs where
        return [*cells, ""]
    for name in get_source(line["source"]).key:
        header = line["columns"].get(name, "")
        if header in headers and any(rule.mark in said.get(header, "") for rule in RULES):
            # an id that looked like somebody's number was hidden: without it nobody knows what the row is
            cells[headers.index(header)] = ""
    return cells
