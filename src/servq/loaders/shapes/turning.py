"""The turning of a table: by its map, or by itself where the headers of a checklist tell their points.

Owns the decision. A table that is in the shape of its source is handed on as it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from servq.loaders.headers.headers import called, named, plain, the_header
from servq.loaders.maps.shapes import ITEM, LongTable
from servq.loaders.shapes import item_columns, long_table
from servq.records import Label
from servq.records.loading import Turned

if TYPE_CHECKING:
    from servq.loaders.headers.header_row import Row
    from servq.loaders.maps.map import Map
    from servq.loaders.sources.source import Source


def turned(
    header: list[str], rows: Iterator[Row], source: Source, map_: Map | None, where: str
) -> tuple[list[str], Iterator[Row], Turned | None]:
    """Header and rows in the shape of the source, and what was done in a few words; None where nothing was.

    Raises:
        FileRefused: the file has not the headers that the map names, or an item has no points.
    """
    headers = named(header)
    if map_ is not None and map_.long is not None:
        long = LongTable(*(the_header(one, "[long]", headers, map_, where) for one in _names(map_.long)))
        used = {plain(one) for pick in map_.columns.values() for one in pick.headers}
        used |= {plain(rule.header) for rule in map_.rows}
        agree = {one for one in headers if plain(one) in used}
        made, turned_rows = long_table.turned(header, rows, long, agree, where)
        told = Label("每题一行，已按答卷合成一行", "one line per answer, made into one row per answer sheet")
        return made, turned_rows, Turned(told, (long.answer,))
    chosen = _items(headers, source, map_, where)
    if chosen is None:
        return header, rows, None
    made, item_rows = item_columns.turned(header, rows, chosen)
    count = len(chosen)
    told = Label(
        f"每个检查项一列，{count} 列已转成每项一行",
        f"one column per checklist item: {count}, made into one row per item",
    )
    return made, item_rows, Turned(told)


def _names(long: LongTable) -> tuple[str, str, str]:
    return long.id, long.question, long.answer


def _items(headers: Sequence[str], source: Source, map_: Map | None, where: str) -> dict[str, tuple[str, float]] | None:
    """The items of a checklist with one column each; None where the table is none such."""
    if map_ is not None and map_.items is not None:
        wanted = [the_header(one, "[items]", headers, map_, where) for one in map_.items.columns]
        return item_columns.items_of(headers, wanted, map_.items.possible, where)
    tells_points = source.name == "visits" and any(item_columns.points_of(one) for one in headers)
    if not tells_points or called(source.column("item"), headers):
        return None
    # a map that was made of such a file names the columns that take the items' place
    if map_ is not None and ITEM not in (pick.header for pick in map_.columns.values()):
        return None
    return item_columns.items_of(headers, (), None, where)
