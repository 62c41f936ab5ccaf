"""Chunks: some thousand rows of text at a time, parsed into trusted rows and rejected ones.

Owns the conservation of rows: every row that came in leaves as exactly one of trusted, rejected, unanswered and left
out. Never opens a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.loaders.cells import checks, scales
from servq.loaders.cells.groups import is_ticked
from servq.loaders.cells.left_out import LeftOut
from servq.loaders.cells.row_ids import RowIds
from servq.loaders.cells.several import ended, put_together, ticked
from servq.loaders.cells.turned_rows import SetAside, TurnedRows
from servq.loaders.cells.values import Parsed, Texts, read_column
from servq.loaders.headers.headers import named
from servq.measures import BY_DAY
from servq.records import Chunk, Rejected

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import tzinfo

    from servq.loaders.headers.header_row import Row
    from servq.loaders.maps.column_mapping import Pick
    from servq.loaders.sources.source import Source
    from servq.loaders.times.time_format import Reckoning

PLAIN_ID = "plain_id"
"""Column of ids that are made of the cells alone, as they were before a map's constants became part of them."""

CHUNK_ROWS = 10_000
"""Rows parsed at a time; what bounds the memory of a load."""


@dataclass(frozen=True)
class Layout:
    """All that parsing a chunk needs to know about its file; `zones` are those that headers of times tell."""

    source: Source
    headers: tuple[str, ...]
    picks: dict[str, Pick]
    reckoning: Reckoning
    now: float
    ids: RowIds
    zones: dict[str, tzinfo] = field(default_factory=dict)
    rules: LeftOut = field(default_factory=lambda: LeftOut((), ()))


FIRST_ROWS = 1_000
"""Rows of the first chunk: few, so that a preview is quick and a progress bar moves at once."""


def chunks(rows: Iterator[Row], layout: Layout) -> Generator[Chunk]:
    """The rows after the header, parsed some thousand at a time."""
    count = min(FIRST_ROWS, CHUNK_ROWS)
    while block := list(islice(rows, count)):
        stays, left_out = layout.rules.of(block)
        parsed = _parse(stays, layout)
        more = rows.noted() if isinstance(rows, TurnedRows) else {}
        yield replace(parsed, rows_read=len(block), left_out=left_out, noted=parsed.noted | more)
        del stays
        block.clear()  # before as many again are read
        count = CHUNK_ROWS


def _parse(block: list[Row], layout: Layout) -> Chunk:
    width = len(layout.headers)
    rejected = [cells.rejected for _, cells in block if isinstance(cells, SetAside)]
    made = [row for row in block if not isinstance(row[1], SetAside)] if rejected else block
    fitting = [row for row in made if len(row[1]) == width]
    rejected += [_wrong_width(row, layout) for row in made if len(row[1]) != width]
    numbers = np.array([number for number, _ in fitting], dtype="int64")
    # One array of strings for the whole chunk, turned so that a column lies in one piece.
    table = np.array([cells for _, cells in fitting], dtype=object).reshape(len(fitting), width).T.copy()
    parsed, more = _columns(fitting, table, layout)
    frame = pd.DataFrame({"row": numbers} | {name: column.values for name, column in parsed.items()} | more)
    frame["raw"] = _as_they_came(parsed, len(fitting))
    raw = pd.DataFrame(table.T, columns=list(layout.headers), dtype=object)
    found = checks.problems(parsed, frame, layout.source, layout.now)
    silent, unanswered = checks.not_answered(parsed, layout.source), frame[:0]
    if found or silent is not None:
        gone = np.zeros(len(fitting), dtype=bool) if silent is None else silent
        unanswered = frame[gone].reset_index(drop=True)
        bad = np.logical_or.reduce([np.zeros_like(gone), *(problem.at for problem in found)]) & ~gone
        positions = np.flatnonzero(bad).tolist()
        rejected += [_reject(at, int(numbers[at]), table[:, at].tolist(), found, layout) for at in positions]
        stays = ~(bad | gone)
        frame, raw = frame[stays].reset_index(drop=True), raw[stays].reset_index(drop=True)
    rejected.sort(key=lambda one: one.row)
    return Chunk(frame, raw, tuple(rejected), rows_read=len(block), unanswered=unanswered, noted=_noted(parsed))


def _columns(rows: list[Row], table: Texts, layout: Layout) -> tuple[dict[str, Parsed], dict[str, Any]]:
    """The canonical columns as they are read, and what else is told of each row: its plain id, its times by day."""
    texts = dict(zip(layout.headers, table, strict=True))
    plain_ids, ids = _row_ids(rows, layout)
    parsed = {
        name: ticked(pick, texts)
        if pick.options
        else read_cells(_cells_of(name, texts, ids, len(rows), layout), name, layout)
        for name, pick in layout.picks.items()
    }
    parsed |= {name: ended(parsed[name], parsed[pick.since]) for name, pick in layout.picks.items() if pick.since}
    more: dict[str, Any] = {} if plain_ids is None else {PLAIN_ID: plain_ids}
    more |= scales.beside_answers(parsed, layout.picks)
    if layout.source.time_order:
        bits = np.zeros(len(rows), dtype="int64")
        for name, column in parsed.items():
            if column.by_day is not None and name in BY_DAY:
                bits += column.by_day * BY_DAY[name]
        more["by_day"] = pd.array(bits, dtype="Int64")
        more["by_day"][bits == 0] = pd.NA
    return parsed, more


def _noted(parsed: dict[str, Parsed]) -> dict[str, int]:
    """Notes on rows although they are trusted: a code of `records.NOTES` -> number of cells."""
    stand_ins = sum(column.placeholders for column in parsed.values())
    return {"placeholder_id": stand_ins} if stand_ins else {}


def read_cells(texts: Texts, name: str, layout: Layout) -> Parsed:
    """The values of some cells as one canonical column of this file."""
    zone = layout.zones.get(name)
    reckoning = layout.reckoning if zone is None else replace(layout.reckoning, zone=zone)
    return read_column(texts, layout.source.column(name), layout.picks[name], reckoning)


def _row_ids(rows: list[Row], layout: Layout) -> tuple[Texts | None, Texts | None]:
    """Ids made of what the rows say, without and with what the map adds to them; None where no map wants any."""
    if not any(pick.row_number for pick in layout.picks.values()):
        return None, None
    plain = [layout.ids.of(cells) for _, cells in rows]
    return np.array(plain, dtype=object), np.array([layout.ids.with_told(one) for one in plain], dtype=object)


def _cells_of(name: str, texts: dict[str, Texts], ids: Texts | None, count: int, layout: Layout) -> Texts:
    pick = layout.picks[name]
    if pick.row_number and ids is not None:
        return ids
    if pick.constant is not None:
        return np.full(count, pick.constant, dtype=object)
    return texts[pick.header] if pick.header else put_together(pick, texts, layout.source.column(name))


def _as_they_came(parsed: dict[str, Parsed], count: int) -> Texts:
    """For each row its cells that were read by a rule, canonical column -> text as it came, or None."""
    rows = np.full(count, None, dtype=object)
    for name, column in parsed.items():
        if column.came is not None:
            for at in np.flatnonzero(column.came).tolist():
                if rows[at] is None:
                    rows[at] = {}
                rows[at][name] = column.came[at]
    return rows


def _wrong_width(row: Row, layout: Layout) -> Rejected:
    number, cells = row
    # a cell beyond the header is called by its place, and never like a header that is there
    beyond = [""] * (len(cells) - len(layout.headers))
    raw = dict(zip(named([*layout.headers, *beyond]), cells, strict=False))
    return Rejected(row=number, column="", value=str(len(cells)), reason="wrong_width", raw=raw)


def _reject(at: int, number: int, cells: list[str], found: list[checks.Problem], layout: Layout) -> Rejected:
    """The row at this place of the chunk, with its first problem in front and the others behind it."""
    raw = dict(zip(layout.headers, cells, strict=True))
    said = []
    for problem in found:
        if problem.at[at]:
            pick = layout.picks.get(problem.column)
            header = _to_correct(pick, raw) or problem.column if pick else ""
            said.append((header, raw.get(header, ""), problem.reason))
    (column, value, reason), *also = said
    return Rejected(number, column, value, reason, raw, tuple(also))


def _to_correct(pick: Pick, raw: dict[str, str]) -> str:
    """The header under which a value is corrected: of several the first that says something; "" where it has none."""
    unclear = (header for header, name in pick.options if is_ticked(raw.get(header, ""), name) is None)
    if pick.options and (found := next(unclear, None)):
        return found
    return next((header for header in pick.headers if raw.get(header, "").strip()), next(iter(pick.headers), ""))
