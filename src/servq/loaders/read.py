"""The opening of a file: from a path to a `Batch` whose chunks are parsed as they are asked for.

Owns the order of the steps: look, decode, find the header, match it. Never parses a row and never stores anything.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

import numpy as np

from servq.configuration import FileLimits
from servq.errors import FileRefused, UsageError
from servq.loaders.books.book import open_book
from servq.loaders.books.joined_tables import ORIGINS
from servq.loaders.books.sheets import as_wide
from servq.loaders.cells.chunks import Layout, chunks, read_cells
from servq.loaders.cells.left_out import LeftOut
from servq.loaders.cells.row_ids import RowIds
from servq.loaders.cells.scales import LONGER
from servq.loaders.files.csv_file import csv_rows, find_delimiter
from servq.loaders.files.detect import look
from servq.loaders.files.encodings import find_encoding
from servq.loaders.files.limits import Bounds
from servq.loaders.files.undecodable import errors_of
from servq.loaders.headers.header_row import Row, split_heading
from servq.loaders.headers.headers import check_unclear, explain, match, match_rules, named, plain
from servq.loaders.maps.column_mapping import Pick
from servq.loaders.maps.map import Map
from servq.loaders.shapes.turning import turned
from servq.loaders.sources.catalog import SOURCES, get_source
from servq.loaders.sources.source import Source
from servq.loaders.times.time_format import Reckoning
from servq.loaders.times.zones import UnknownZone, zone_of_header
from servq.measures import ITEMS
from servq.records import Batch, FileFacts
from servq.records.loading import SEVERAL
from servq.settings import BUSINESS_ZONE

USUAL = FileLimits()
"""The default limits of a file."""


def open_file(
    path: Path,
    source: str | None = None,
    map_: Map | None = None,
    now: float | None = None,
    limits: FileLimits = USUAL,
) -> Batch:
    """One file, detected and matched; its rows are parsed when `chunks` is walked.

    Args:
        path: a file with a table: CSV, XLSX, .xls, .et, .ods, a web page, or a zip of CSV files.
        source: name in the catalog; may be left out when a map says it.
        map_: how a foreign export fits the source.
        now: the moment after which times are in the future (default: the clock's).
        limits: how much is read before the file is refused.

    Raises:
        UsageError: no source, an unknown one, or one that is not the map's.
        FileRefused: the file cannot be trusted as a whole. Walking `chunks` may still raise it, for damage further
            down: a file counts as read only when its last chunk came.
    """
    wanted = which_source(source, map_)
    cells, rows, facts, typed = open_table(path, wanted, map_, limits)
    return open_rows(cells, rows, facts, wanted, map_, now=now, typed=typed)


def open_table(
    path: Path, source: Source, map_: Map | None = None, limits: FileLimits = USUAL
) -> tuple[list[str], Iterator[Row], FileFacts, bool]:
    """The header of a file as it came, its rows as text, what was detected, and whether its moments were real ones.

    Raises:
        FileRefused: as for `open_file`; its headers are not matched yet.
    """
    bounds = Bounds(limits, path.name)
    form, sha256 = look(path, bounds)
    typed = False
    if form == "csv":
        rows, found = _open_csv(path, source, map_, bounds)
    else:
        book = open_book(path, form, source, map_, bounds)
        typed = book.typed
        rows, found = book.open(source, map_)
    header_row, header, rows = split_heading(rows, source, map_, path.name)
    if len(header) > limits.columns:
        raise bounds.over("columns", header_row)
    if form != "csv" and ORIGINS.isdisjoint(header):
        rows = as_wide(rows, len(header))
    header, rows, told = turned(header, bounds.rows(rows), source, map_, path.name)
    if len(header) > limits.columns:
        raise bounds.over("columns", header_row)
    facts = replace(found, sha256=sha256, header_row=header_row, turned=told)
    return header, rows, facts, typed


def open_rows(
    header: Sequence[str],
    rows: Iterator[Row],
    facts: FileFacts,
    source: Source,
    map_: Map | None = None,
    *,
    now: float | None = None,
    typed: bool = False,
) -> Batch:
    """Rows of text from any origin, matched; they are parsed when `chunks` is walked.

    Args:
        header: the headers as they came.
        rows: (row number, cells) of every row after the header.
        facts: where the rows come from; what is found out about the headers is filled in.
        typed: whether moments were real moments before they became text (`2026-03-05T14:02:00`), as in a workbook or a
            database: then a map's format does not bind them.

    Raises:
        FileRefused: the headers do not fit the source.
        UsageError: a constant of the map cannot be used.
    """
    headers = named(header)
    if map_ is None:
        check_unclear(headers, source, facts.name)
    picks = match(headers, source, map_, facts.name)
    rules = match_rules(headers, map_, facts.name)
    layout = Layout(
        source=source,
        headers=headers,
        picks=picks,
        reckoning=Reckoning(map_.timezone if map_ else BUSINESS_ZONE, typed, facts.calendar),
        now=time.time() if now is None else now,
        ids=RowIds(headers, _told(picks, map_)),
        zones=_zones(picks, source, map_, facts.name),
        rules=LeftOut(rules, headers),
    )
    _check_constants(layout, map_.name if map_ else "")
    used = {header for pick in picks.values() for header in pick.headers} | {rule.header for rule in rules}
    known = replace(
        facts,
        columns={name: _shown(pick) for name, pick in picks.items()},
        matched=explain(picks, source, mapped=map_ is not None),
        unused=tuple(header for header in headers if header not in used),
        headers=headers,
        longer_open=tuple(name for name in LONGER if _scale_open(picks.get(name))),
        five_open=tuple(name for name in ("csat", *ITEMS) if _scale_open(picks.get(name))),
        running_ids=_running(picks.get(source.key[0]), source, map_),
    )
    return Batch(source=source.name, facts=known, chunks=chunks(rows, layout), map_name=map_.name if map_ else "")


def which_source(source: str | None, map_: Map | None) -> Source:
    """The source given by its name or by the map.

    Raises:
        UsageError: no source, an unknown one, or one that is not the map's.
    """
    if source is None and map_ is None:
        listed = ", ".join(SOURCES)
        raise UsageError(f"请指明数据来源：{listed}", f"say which source it is: {listed}")
    if source is not None and map_ is not None and source != map_.source:
        raise UsageError(
            f"映射是给 {map_.source} 的，不是 {source}", f"the map is for {map_.source}, not {source}", where=map_.name
        )
    return get_source(source or (map_.source if map_ else ""))


def _open_csv(path: Path, source: Source, map_: Map | None, bounds: Bounds) -> tuple[Iterator[Row], FileFacts]:
    errors = errors_of(map_.undecodable if map_ else {})
    encoding = find_encoding(path, bounds, map_.encoding if map_ else "", errors)
    delimiter = find_delimiter(path, encoding, source, map_, bounds, errors)
    facts = FileFacts(path.name, "", encoding=encoding, delimiter=delimiter)
    return csv_rows(path, encoding, delimiter, bounds, errors), facts


def _check_constants(layout: Layout, where: str) -> None:
    """A constant that cannot be read would set every row aside; better said once."""
    for name, pick in layout.picks.items():
        if pick.constant is not None:
            parsed = read_cells(np.array([pick.constant], dtype=object), name, layout)
            if parsed.reasons is not None:
                raise UsageError(
                    f"{name} 的常量“{pick.constant}”不可用（{parsed.reasons[0]}）",
                    f"the constant '{pick.constant}' of {name} cannot be used ({parsed.reasons[0]})",
                    where=where,
                )


def _told(picks: dict[str, Pick], map_: Map | None) -> dict[str, str]:
    """The map's statements about every row: its constants, and the questionnaire."""
    constants = {name: pick.constant for name, pick in picks.items() if pick.constant is not None}
    return constants | ({"": map_.questionnaire} if map_ is not None else {})


def _zones(picks: dict[str, Pick], source: Source, map_: Map | None, where: str) -> dict[str, tzinfo]:
    """Column of times -> the zone that its header tells; a map that names a zone is believed.

    Raises:
        FileRefused: a header tells a zone that is not known.
    """
    if map_ is not None and map_.tells_zone:
        return {}
    zones = {}
    for name, pick in picks.items():
        for header in pick.headers if source.column(name).kind == "time" and not pick.since else ():
            try:
                zone = zone_of_header(header)
            except UnknownZone as unknown:
                raise FileRefused(
                    f"表头“{header}”写的时区 {unknown} 不认识，或不止一个",
                    f"the header '{header}' tells the zone {unknown}, which is not known or is several",
                    where=where,
                    hint_zh='请在映射的 [read] 中写明，例如 timezone = "Asia/Shanghai"',
                    hint_en='Say which in a map\'s [read], for example timezone = "Asia/Shanghai"',
                ) from None
            if zone is not None:
                zones[name] = zone
    return zones


def _scale_open(pick: Pick | None) -> bool:
    return pick is not None and bool(pick.headers) and pick.scale is None and not pick.words


def _running(pick: Pick | None, source: Source, map_: Map | None) -> bool:
    """Whether the key is a mere number of the row within its file, and nobody says of which questionnaire."""
    named_one = (map_ is not None and map_.questionnaire) or (pick is not None and pick.prefix)
    return pick is not None and not named_one and plain(pick.header) in map(plain, source.numbering)


def _shown(pick: Pick) -> str:
    if pick.row_number:
        return "= row content"
    if not pick.header and pick.headers:
        return SEVERAL + (" + " if pick.join else " / ").join(pick.headers)
    return pick.header if pick.constant is None else f"= {pick.constant}"
