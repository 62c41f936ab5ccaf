"""Maps for a file at hand: of a known export that it is recognised as, and with columns that are said for every row.

Owns the look at the first rows of a file. What a known export is stands in loaders/headers/known_exports.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from servq.configuration import read_configuration
from servq.errors import ServqError
from servq.loaders.headers import known_exports
from servq.loaders.headers.header_words import named
from servq.loaders.headers.known_exports import KnownExport
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.read import open_table
from servq.loaders.sources.catalog import get_source
from servq.records import Label

FIRST = 6
"""Rows that are looked at: three of a header, and some of data."""


def folder(data: Path) -> Path:
    """The known exports of an installation."""
    return data / "maps" / "known"


def recognised(path: Path, source: str, home: Path, data: Path) -> tuple[KnownExport, list[list[str]]] | None:
    """The known export that a file looks like, with the first rows; None where it is none, or no table at all."""
    known = known_exports.known_exports(folder(data)).values()
    with suppress(ServqError):
        rows = _first_rows(path, source, home)
        if (found := known_exports.recognise(rows, source, known)) is not None:
            return found, rows
    return None


def offered(path: Path, source: str, home: Path, data: Path) -> tuple[Label, dict[str, Any]] | None:
    """The name of the known export that a file looks like, and the table of a map for it, without what it lacks."""
    found = recognised(path, source, home, data)
    return None if found is None else (found[0].label, known_exports.table_for(*found, {}))


def map_of(path: Path, source: str, name: str, said: Mapping[str, str], home: Path, data: Path) -> Map:
    """The map of a known export for this very file.

    Raises:
        FileRefused: the file is no table.
        UsageError: there is no such export, or something needed is neither in the file nor said.
    """
    known = known_exports.known_export(name, folder(data))
    return known_exports.map_for(known, _first_rows(path, source, home), said)


def with_said(path: Path, source: str, map_: Map | None, said: Mapping[str, str], home: Path) -> Map | None:
    """The map, or the one that a file without a map is read by, with columns that are said for every row.

    Raises:
        FileRefused: the file is no table.
    """
    if not said:
        return map_
    if map_ is not None:
        table: dict[str, Any] = json.loads(map_.text)
    else:
        header, _, _, _ = open_table(path, get_source(source), None, read_configuration(home).limits)
        columns = known_exports.by_name(get_source(source), named(header), said.keys())
        table = {"source": source, "columns": columns}
    columns = known_exports.with_constants(table["columns"], said)
    return map_from_table(table | {"columns": columns}, map_.name if map_ is not None else "--set")


def _first_rows(path: Path, source: str, home: Path) -> list[list[str]]:
    as_it_is = Map("", source, {}, header_row=1)
    header, rows, _, _ = open_table(path, get_source(source), as_it_is, read_configuration(home).limits)
    return [header, *(cells for _, cells in islice(rows, FIRST - 1))]
