"""A pull from a database: the rows new since a watermark, in batches that are parsed like those of a file.

Owns what "new" means. The session sees one moment of the database, so that no row that arrives meanwhile is skipped.
Never stores a watermark or a row.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from servq.errors import FileRefused, SourceUnavailable
from servq.loaders.feeds.database_cells import NotText, row_as_text
from servq.loaders.feeds.queries import Statements
from servq.loaders.feeds.sessions import DRIVER_ERRORS, telling
from servq.loaders.feeds.watermarks import KINDS, Watermark
from servq.loaders.headers.headers import match
from servq.loaders.maps.column_mapping import Pick
from servq.loaders.maps.map import Map
from servq.loaders.read import open_rows
from servq.loaders.sources.catalog import get_source
from servq.records import Batch, FileFacts

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from sqlalchemy import Connection, Result, Select

    from servq.loaders.feeds.connections import Address
    from servq.loaders.feeds.feeds import Database, Feed
    from servq.loaders.headers.header_row import Row

FETCHED_AT_ONCE = 2_000
"""Rows on their way at a time: what bounds the memory of a pull before it is parsed."""

_MYSQL_TIMESTAMP = 7
"""The driver's number for a column whose moments the server translates into the session's zone, which is UTC."""

_HASHED = 1 << 128

Window = dict[str, Any]
"""The number of rows within the lag below a watermark, and a hash of them in any order."""


class Pull:
    """The new rows of one feed, batch by batch; each batch must be walked before the next is asked for.

    Attributes:
        reached: the watermark of the last row that was walked.
        more: whether rows come after the batch that was walked last.
    """

    def __init__(self, feed: Feed, database: Database, connection: Connection, address: Address) -> None:
        self.reached: Watermark | None = None
        self.more = False
        self._feed, self._database = feed, database
        self._connection, self._address = connection, address
        self._statements = Statements(database)

    def without_watermark(self) -> int:
        """The number of rows that are never pulled, because they have no watermark."""
        with telling(self._address, self._feed.name):
            return int(self._connection.execute(self._statements.without_watermark()).scalar_one())

    def window(self, high: Watermark) -> Window:
        """The rows within the lag below a watermark, the watermark itself included, as they are at this moment."""
        rows = hashed = 0
        low = high.behind(self._database.lag, self._feed.name)
        for values in self._values(self._execute(self._statements.rows(low, high.value))):
            said = "\x1f".join(map(repr, values)).encode("utf-8", "surrogatepass")
            hashed = (hashed + int.from_bytes(blake2b(said, digest_size=16).digest())) % _HASHED
            rows += 1
        return {"rows": rows, "hash": f"{hashed:032x}"}

    def batches(self, since: Watermark | None, seen: Window | None) -> Generator[Batch]:
        """All new rows, lowest watermark first.

        Args:
            since: where the last pull stopped; None reads from the beginning.
            seen: the window below it at that time. Where it looks different now, or was never looked at, its rows are
                read once more: one of them came late.
        """
        statement = self._statements.rows()
        if since is not None:
            if seen is not None and self.window(since) == seen:
                statement = self._statements.rows(since.value, beyond=True)
            else:
                statement = self._statements.rows(since.behind(self._database.lag, self._feed.name))
        with self._walking(statement) as result:
            yield from self._batches(result)

    def _batches(self, result: Result[Any]) -> Generator[Batch]:
        headers = tuple(map(str, result.keys()))
        place = self._place_of_watermark(headers)
        numbered = enumerate(self._values(result), start=1)
        first = next(numbered, None)
        while first is not None:
            Watermark.of(first[1][place], self._database.watermark_type, self._feed.name)
            waiting = [first]
            first = None
            rows = self._rows(waiting, numbered, place, _places_in_utc(result))
            yield self._batch(headers, rows, self._database.watermark_type or KINDS[type(waiting[0][1][place])])
            first = waiting.pop() if waiting else None

    def _rows(
        self, waiting: list[tuple[int, Any]], numbered: Iterator[tuple[int, Any]], place: int, in_utc: tuple[int, ...]
    ) -> Iterator[Row]:
        """The rows of one batch as text; the row after them is left in `waiting`."""
        number, values = waiting.pop()
        yield number, self._text(values, in_utc)
        for number, values in islice(numbered, self._database.batch_rows - 1):
            yield number, self._text(values, in_utc)
        self.reached = Watermark.of(values[place], self._database.watermark_type, self._feed.name)
        waiting.extend(islice(numbered, 1))
        self.more = bool(waiting)

    def _batch(self, headers: tuple[str, ...], rows: Iterator[Row], watermark_type: str) -> Batch:
        """One batch; a time that tells what is new also tells when a row last changed, where no other column does."""
        source, map_ = get_source(self._feed.source), self._feed.map_
        picks = match(headers, source, map_, self._feed.name)
        if watermark_type == "time" and "updated_at" in source.names and "updated_at" not in picks:
            usual = Map(name=self._feed.name, source=source.name, columns={})
            changed = Pick(header=headers[self._place_of_watermark(headers)])
            map_ = replace(map_ or usual, columns=picks | {"updated_at": changed})
        facts = FileFacts(name=self._feed.name, sha256="", header_row=0)
        batch = open_rows(headers, rows, facts, source, map_, typed=True)
        return replace(batch, map_name=self._feed.map_.name if self._feed.map_ else "")

    @contextmanager
    def _walking(self, statement: Select[Any]) -> Iterator[Result[Any]]:
        """A result of any length. If it is left before its end, its rows are not waited for."""
        result = self._execute(statement)
        try:
            yield result
        except BaseException:
            _leave(result)
            if self._connection.dialect.name == "sqlite":
                result.close()  # nothing is waited for; a cursor of a closed file cannot be closed without a complaint
            self._connection.invalidate()
            raise
        finally:
            with suppress(*DRIVER_ERRORS):
                result.close()

    def _execute(self, statement: Select[Any]) -> Result[Any]:
        options = {"stream_results": True, "yield_per": FETCHED_AT_ONCE}
        with telling(self._address, self._feed.name):
            return self._connection.execute(statement, execution_options=options)

    def _values(self, result: Result[Any]) -> Iterator[tuple[Any, ...]]:
        with telling(self._address, self._feed.name):
            for row in result:
                yield tuple(row)

    def _text(self, values: tuple[Any, ...], in_utc: tuple[int, ...]) -> list[str]:
        try:
            return row_as_text(values, in_utc)
        except NotText:
            kinds = (bytes, bytearray, memoryview)
            places = [str(place) for place, value in enumerate(values, start=1) if isinstance(value, kinds)]
            raise FileRefused(
                f"第 {', '.join(places)} 列是二进制，不是文本",
                f"column {', '.join(places)} holds bytes and not text",
                where=self._feed.name,
                hint_zh="在 query 里去掉它，或用 CAST 转成文本",
                hint_en="Leave it out of the query, or CAST it to a text there",
            ) from None

    def _place_of_watermark(self, headers: tuple[str, ...]) -> int:
        wanted = self._database.watermark.casefold()
        places = [place for place, header in enumerate(headers) if header.casefold() == wanted]
        if len(places) == 1:
            return places[0]
        raise SourceUnavailable(
            f"结果中没有水位列 {self._database.watermark}",
            f"the result has no watermark column {self._database.watermark}",
            where=self._feed.name,
            hint_zh=f"有：{', '.join(headers)}",
            hint_en=f"It has: {', '.join(headers)}",
        )


def _leave(result: Result[Any]) -> None:
    """Let PyMySQL close a result in mid-way; it would read all the rows that are still to come."""
    unread = getattr(getattr(result, "cursor", None), "_result", None)
    if unread is not None and hasattr(unread, "unbuffered_active"):
        unread.unbuffered_active = False


def _places_in_utc(result: Result[Any]) -> tuple[int, ...]:
    """The places of moments that a MySQL or MariaDB server has translated into UTC and gives without an offset."""
    cursor = getattr(result, "cursor", None)
    if cursor is None or not type(cursor).__module__.startswith("pymysql"):
        return ()
    return tuple(place for place, column in enumerate(cursor.description) if column[1] == _MYSQL_TIMESTAMP)
