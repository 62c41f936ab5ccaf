"""Complaint texts: their words, the causes in them with their places, and those places in any listed rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from servq.warehouse.tables.fact_tables import complaint, response, some_at_a_time, text_cause
from servq.warehouse.texts.mentions import Spans, fits_filter, read_spans
from servq.weeks import day_start


def complaint_texts(connection: Connection, start: date | None = None, end: date | None = None) -> dict[str, str]:
    """complaint_id -> its text; complaints without one are left out.

    Args:
        start: the first day; None from the beginning.
        end: the last day.
    """
    query = select(complaint.c.complaint_id, complaint.c.text).where(complaint.c.text.is_not(None))
    return {name: text for name, text in connection.execute(_opened(query, start, end)) if text.strip()}


def complaint_causes(
    connection: Connection, start: date | None = None, end: date | None = None
) -> dict[str, list[tuple[str, Spans]]]:
    """complaint_id -> each cause that its words name with its places; a text that names none has UNATTRIBUTED alone.

    Args:
        start: see complaint_texts.
        end: see complaint_texts.
    """
    joined = complaint.join(text_cause, complaint.c.text_hash == text_cause.c.text_hash)
    query = select(complaint.c.complaint_id, text_cause.c.cause, text_cause.c.spans).select_from(joined)
    found: dict[str, list[tuple[str, Spans]]] = {}
    for name, cause, spans in connection.execute(_opened(query, start, end)):
        found.setdefault(name, []).append((cause, read_spans(spans)))
    return found


def places_of(
    connection: Connection, kind: str, ids: Sequence[str], asked: Mapping[str, Sequence[str]]
) -> dict[str, list[tuple[int, int]]]:
    """The places in each of these rows that name the causes of a filter, in the order of the text; overlapping ones
    merged.

    Args:
        kind: `complaints` or `responses`.
        ids: their ids.
        asked: `cause` or `cause_category` -> the values kept.
    """
    table, name = (complaint, "complaint_id") if kind == "complaints" else (response, "response_id")
    joined = table.join(text_cause, table.c.text_hash == text_cause.c.text_hash)
    query = select(table.c[name], text_cause.c.spans).select_from(joined).where(*fits_filter(asked))
    found: dict[str, list[tuple[int, int]]] = {}
    for some in some_at_a_time(list(ids)):
        for row, spans in connection.execute(query.where(table.c[name].in_(some))):
            found.setdefault(row, []).extend(read_spans(spans))
    return {row: merged(spans) for row, spans in found.items()}


def merged(spans: Spans) -> list[tuple[int, int]]:
    """Places in order, those that touch taken together.

    >>> merged([(9, 11), (2, 5), (4, 7)])
    [(2, 7), (9, 11)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _opened(query: Any, start: date | None, end: date | None) -> Any:
    if start is not None:
        query = query.where(complaint.c.opened_at >= day_start(start))
    return query if end is None else query.where(complaint.c.opened_at < day_start(end + timedelta(days=1)))
