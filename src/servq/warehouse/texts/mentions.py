"""Mentions of causes: the result of searching each distinct text, with the version of the tree and of the search.

Owns how mentions are stored. Finding causes, and the cells that count them, are the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Exists, Table, delete, exists, func, or_, select, union

from servq.records import NOT_GIVEN, UNATTRIBUTED
from servq.warehouse.store.bulk import insert_rows
from servq.warehouse.tables.fact_tables import complaint, response, some_at_a_time, text_cause

Spans = Sequence[tuple[int, int]]
"""From where to where in a text, in characters; the end is excluded."""

Named = Mapping[str, Spans]
"""The causes that one text names, in the order in which it names them, each with its places."""


def versions(connection: Connection, hashes: Iterable[str]) -> dict[str, str]:
    """The tree version with which these texts (by hash) were searched; those never searched are left out."""
    found: dict[str, str] = {}
    for some in some_at_a_time(list(hashes)):
        kept = text_cause.c
        query = select(kept.text_hash, kept.version).where(kept.text_hash.in_(some)).distinct()
        for text_hash, version in connection.execute(query):
            found[text_hash] = version
    return found


def keep(connection: Connection, found: Mapping[str, Named], version: str, replaced: Iterable[str] = ()) -> None:
    """Store what was found in texts (by their hash).

    A text that names nothing gets one row, so that it is known to have been searched, and is counted.

    Args:
        replaced: the texts of which something is stored already.
    """
    for some in some_at_a_time(list(replaced)):
        connection.execute(delete(text_cause).where(text_cause.c.text_hash.in_(some)))
    rows: list[tuple[object, ...]] = []
    for text_hash, causes in found.items():
        led: set[str] = set()
        for cause, spans in (causes or {UNATTRIBUTED: ()}).items():
            category = category_of(cause)
            rows.append((text_hash, cause, max(len(causes), 1), int(category not in led), _written(spans), version))
            led.add(category)
    insert_rows(connection, text_cause, dict(zip(text_cause.c.keys(), zip(*rows, strict=True), strict=True)))


def category_of(cause: str) -> str:
    """The category of a cause, as its code says it.

    >>> category_of("money.fee"), category_of("未归因")
    ('money', '未归因')
    """
    return cause.partition(".")[0]


def _written(spans: Spans) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def read_spans(written: str) -> list[tuple[int, int]]:
    """The places of a mention, as they are stored.

    >>> read_spans("3-5 9-11"), read_spans("")
    ([(3, 5), (9, 11)], [])
    """
    pairs = (place.partition("-") for place in written.split())
    return [(int(start), int(end)) for start, _, end in pairs]


def weeks_of(connection: Connection, version: str) -> set[date]:
    """The weeks with an answer whose words were not searched with this version: their cells will change."""
    said = response.c.text_hash.is_not(None)
    return set(connection.scalars(select(response.c.week).where(said, ~_searched(response, version)).distinct()))


def waiting_texts(connection: Connection, version: str, at_once: int) -> Iterator[dict[str, str]]:
    """Every text that was not searched with this version, hash -> text, so many at a time.

    The caller keeps what was found in them before it asks for more.
    """
    for table, words in ((response, response.c.comment), (complaint, complaint.c.text)):
        name, last = table.c.text_hash, ""
        wanted = select(name, func.min(words)).where(words.is_not(None), ~_searched(table, version)).group_by(name)
        while some := connection.execute(wanted.where(name > last).order_by(name).limit(at_once)).all():
            yield dict(map(tuple, some))
            last = some[-1][0]


def names_cause(table: Table, asked: Mapping[str, Sequence[str]]) -> ColumnElement[bool]:
    """The condition that one of the causes that a row's words name fits all of a filter.

    Args:
        asked: `cause` or `cause_category` -> the values kept; `NOT_GIVEN` for rows whose words name none yet.
    """
    named = text_cause.c.text_hash == table.c.text_hash
    found: ColumnElement[bool] = exists().where(named, *fits_filter(asked))
    return or_(found, ~exists().where(named)) if all(NOT_GIVEN in values for values in asked.values()) else found


def fits_filter(asked: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    """The conditions that a stored cause fits all of a filter by `cause` and `cause_category`."""
    fits: list[ColumnElement[bool]] = []
    for name, values in asked.items():
        wanted = [value for value in values if value != NOT_GIVEN]
        exact = text_cause.c.cause.in_(wanted)
        below = [text_cause.c.cause.startswith(f"{value}.", autoescape=True) for value in wanted]
        fits.append(or_(exact, *below) if name == "cause_category" else exact)
    return fits


def count_unsearched(connection: Connection) -> tuple[int, int]:
    """The number of distinct texts in rows, and of those never searched for causes."""
    said = union(
        select(response.c.text_hash).where(response.c.text_hash.is_not(None)),
        select(complaint.c.text_hash).where(complaint.c.text_hash.is_not(None)),
    ).subquery()
    unknown = ~exists().where(text_cause.c.text_hash == said.c.text_hash)
    total = connection.scalar(select(func.count()).select_from(said)) or 0
    return total, connection.scalar(select(func.count()).select_from(said).where(unknown)) or 0


def count_other_version(connection: Connection, version: str) -> int:
    """The number of distinct texts that were searched with another version of the tree than this one."""
    query = select(func.count(text_cause.c.text_hash.distinct())).where(text_cause.c.version != version)
    return connection.scalar(query) or 0


def _searched(table: Table, version: str) -> Exists:
    return exists().where(text_cause.c.text_hash == table.c.text_hash, text_cause.c.version == version)
