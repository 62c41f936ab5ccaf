"""Preview of a file before it is loaded: what was detected, its first rows as they will be stored, what is wrong in it.

Whatever is kept of it is hidden already as it will be in the warehouse. Stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from servq.configuration import read_configuration
from servq.errors import FileRefused, ServqError, UsageError
from servq.ingest import export_maps
from servq.ingest.look_through import MORE_CHUNKS, LookThrough
from servq.ingest.rows.demanded import with_demanded
from servq.ingest.rows.row_masking import hide_in_frame, hide_in_refusal, hide_in_row
from servq.ingest.trial import MOST_ROWS, TriedRow, tried_rows
from servq.loaders.cells.chunks import CHUNK_ROWS
from servq.loaders.headers.header_words import forms
from servq.loaders.headers.headers import ALIKE, called, likeness, named, plain
from servq.loaders.maps.map import Map
from servq.loaders.maps.shapes import read_items, read_long
from servq.loaders.read import open_file, open_table
from servq.loaders.sources.catalog import get_source
from servq.loaders.sources.source import Column
from servq.records import Chunk, FileFacts, Label, Rejected
from servq.settings import read_settings
from servq.text.masking.masking import read_key

ROWS_SHOWN, PROBLEMS_SHOWN = MOST_ROWS, 20
LOOKED_AT = 2
"""Chunks that are looked at: a small one and a large one, so that the look is quick and finds what is not rare."""

_SAMPLED = 200


@dataclass(frozen=True)
class FilePreview:
    """The preview of a file before it is loaded.

    Attributes:
        refused: why nothing of it can be loaded as it is; None when it can.
        facts: what was detected; None where not even its header can be read.
        rows: the first trusted rows as they will be stored.
        first: the first rows of the file, as they would be stored beside what the file says.
        rows_read: how many rows were looked at; `whole` when that was all of them.
        looked_through: how many rows were looked through for whether the load will be refused; None: all of them.
        problems: the first rows that would be set aside; `bad` is how many were found.
        unanswered: how many of those looked at answer nothing at all.
        left_out: how many of them the map's rules leave out.
        rows_expected: about how many rows the file has; None where that cannot be told from its beginning.
        samples: header -> the first value under it, hidden where it may be a person's.
        looks_like: of a refused file, the known export that it looks like, and the table of a map for it.
    """

    refused: ServqError | None
    facts: FileFacts | None = None
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    first: tuple[TriedRow, ...] = ()
    rows_read: int = 0
    whole: bool = True
    looked_through: int | None = None
    problems: tuple[Rejected, ...] = ()
    bad: int = 0
    unanswered: int = 0
    left_out: int = 0
    rows_expected: int | None = None
    samples: dict[str, str] = field(default_factory=dict)
    looks_like: tuple[Label, dict[str, Any]] | None = None


def preview(path: Path, source: str, map_: Map | None, read: dict[str, Any], home: Path) -> FilePreview:
    """Read the beginning of a file as it would be loaded.

    Args:
        read: a map's [read] options, `long` and `items`, for a file whose columns nobody has named yet.
        home: the folder with the key that hides customer ids.
    """
    key, limits = read_key(home), read_configuration(home).limits
    if map_ is None and not read.keys().isdisjoint(("long", "items")):
        return _headers_only(path, source, read, home, UsageError("请指定各列在哪里", "say which column is which"))
    try:
        batch = open_file(path, source, map_, limits=limits)
        with closing(batch.chunks):
            loading = read_configuration(home).loading
            judged = (with_demanded(one, batch.facts, loading.demanded) for one in batch.chunks)
            chunks, through = list(islice(judged, LOOKED_AT)), LookThrough(batch.facts)
            through.take(chunks)
            through.take(islice(judged, MORE_CHUNKS))
            through.whole = next(judged, None) is None
    except ServqError as error:
        said = hide_in_refusal(error, path.name) if isinstance(error, FileRefused) else error
        return _headers_only(path, source, read, home, said)
    if not chunks:
        return FilePreview(_nothing_in_it(path), batch.facts)
    raw = _as_they_came(chunks)
    facts, whole = batch.facts, len(chunks) < LOOKED_AT or chunks[-1].rows_read < CHUNK_ROWS
    rows_read, rejected = sum(one.rows_read for one in chunks), [bad for one in chunks for bad in one.rejected]
    return FilePreview(
        refused=through.refused(path.name, loading.bad_share),
        looked_through=None if through.whole else through.rows,
        facts=facts,
        rows=hide_in_frame(_first(chunks), key),
        first=tried_rows(chunks, source, facts, key),
        rows_read=rows_read,
        whole=whole,
        problems=tuple(hide_in_row(bad, facts, key) for bad in rejected[:PROBLEMS_SHOWN]),
        bad=len(rejected),
        unanswered=sum(len(one.unanswered) for one in chunks),
        left_out=sum(sum(one.left_out.values()) for one in chunks),
        rows_expected=rows_read if whole else _rows_expected(path, facts, raw),
        samples=_samples(raw, facts, source, key),
    )


def _as_they_came(chunks: Sequence[Chunk]) -> pd.DataFrame:
    """The first rows as text; where none of them is trusted, those that are not."""
    first = chunks[0].raw
    if len(first):
        return first
    bad = [one.raw for one in chunks[0].rejected if one.reason != "wrong_width"][:_SAMPLED]
    return pd.DataFrame(bad, dtype=object) if bad else first


def _first(chunks: Sequence[Chunk]) -> pd.DataFrame:
    """The first trusted rows, without the cells as they came."""
    found = next((one.frame for one in chunks if len(one.frame)), chunks[0].frame)
    return found.drop(columns="raw", errors="ignore").head(ROWS_SHOWN)


def _headers_only(path: Path, source: str, read: dict[str, Any], home: Path, refused: ServqError) -> FilePreview:
    """The headers of a refused file, for somebody who can map them; nothing when it is no table."""
    try:
        cells, rows, facts, _ = open_table(
            path, get_source(source), _only_reads(source, read), read_configuration(home).limits
        )
        first = [row for _, row in islice(rows, _SAMPLED)]
    except ServqError:
        return FilePreview(refused)
    headers = named(cells)
    looks_like = export_maps.offered(path, source, home, read_settings().data)
    raw = pd.DataFrame([row for row in first if len(row) == len(headers)], columns=list(headers))
    return FilePreview(
        refused,
        replace(facts, headers=headers),
        rows_read=len(raw),
        samples=_samples(raw, facts, source, read_key(home)),
        looks_like=looks_like,
    )


def _only_reads(source: str, read: dict[str, Any]) -> Map | None:
    """A map that says how a table is read, and nothing of its columns."""
    said = {name: value for name, value in read.items() if name not in ("timezone", "long", "items")}
    shapes: dict[str, Any] = {
        "long": read_long(read.get("long"), "[long]"),
        "items": read_items(read.get("items"), source, "[items]"),
    }
    return Map("", source, {}, **said, **shapes) if said or any(shapes.values()) else None


def _nothing_in_it(path: Path) -> FileRefused:
    return FileRefused("文件只有表头，没有数据行", "the file has a header and no rows", where=path.name)


def _rows_expected(path: Path, facts: FileFacts, raw: pd.DataFrame) -> int | None:
    """The number of rows like these that fill the file; None for a workbook, which is packed."""
    if not facts.encoding or raw.empty or facts.turned is not None:
        return None
    lines = [",".join(map(str, cells)) for cells in raw.head(_SAMPLED).itertuples(index=False, name=None)]
    written = sum(len(line.encode(facts.encoding, "replace")) + 1 for line in lines)
    return round(path.stat().st_size * len(lines) / written)


def _samples(raw: pd.DataFrame, facts: FileFacts, source: str, key: bytes) -> dict[str, str]:
    """One value a header, as an example to go by; hidden as its column is, or would be by the name of its header."""
    first = {}
    for place, header in enumerate(map(str, raw.columns)):
        values = (str(value) for value in raw.iloc[:_SAMPLED, place] if str(value).strip())
        if (value := next(values, None)) is not None:
            first[header] = value
    by_name = {
        column.name: header
        for column in get_source(source).columns
        for header in first
        if plain(header) in forms(column)
    }
    known = replace(facts, columns=by_name | facts.columns)
    return hide_in_row(Rejected(0, "", "", "", first), known, key).raw


def header_called(column: Column, headers: Sequence[str]) -> str | None:
    """The header that is called like a column, if there is just one."""
    found = called(column, headers)
    return found[0] if len(found) == 1 else None


def header_alike(column: Column, headers: Sequence[str]) -> str | None:
    """The header that may be meant by a column; None where none is alike enough to ask about."""
    near = max(headers, key=lambda header: _likeness(column, header), default="")
    return near if near and _likeness(column, near) >= ALIKE else None


def _likeness(column: Column, header: str) -> float:
    return max(likeness(form, plain(header)) for form in forms(column))
