"""What complaints say: their words, and the causes in them with their places, for those opened within some days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from servq.warehouse.mentions import Spans, read_spans
from servq.warehouse.schema import complaint, text_cause
from servq.weeks import day_start


def complaint_texts(connection: Connection, start: date | None = None, end: date | None = None) -> dict[str, str]:
    """complaint_id -> its words; those without any are left out.

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


def _opened(query: Any, start: date | None, end: date | None) -> Any:
    if start is not None:
        query = query.where(complaint.c.opened_at >= day_start(start))
    return query if end is None else query.where(complaint.c.opened_at < day_start(end + timedelta(days=1)))
