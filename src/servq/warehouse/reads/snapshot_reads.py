"""Reads for the snapshot and for drills: whole narrow columns for figures, and the rows behind one figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Join, Select, Table, false, func, literal, or_, select

from servq.records import BETWEEN, NOT_GIVEN, OVERLAPPING, SEVERAL, Slice
from servq.warehouse.facts.gaps import GAP
from servq.warehouse.facts.mismatch import MISMATCH
from servq.warehouse.facts.repurchase import BOUGHT_AGAIN, CONTRARY
from servq.warehouse.facts.scales import EASY_ON_ANY, STANCE
from servq.warehouse.facts.week_cells import FROM_ASKED, counted_causes, counted_cells, counted_unanswered
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import (
    MOMENTS,
    complaint,
    response,
    some_at_a_time,
    text_cause,
    text_score,
    unanswered,
    visit_item,
)
from servq.warehouse.texts.mentions import names_cause
from servq.weeks import day_start

COMPLAINT_COLUMNS = (
    "complaint_id", "opened_at", "first_response_at", "resolved_at", "reopened_at", "week", "channel", "team",
    "category", "subcategory", "severity", "product", "partner", "by_day",
)  # fmt: skip
VISIT_COLUMNS = (
    "visit_id", "visited_at", "week", "channel", "team", "outlet", "shopper_id", "dimension", "item", "points",
    "points_possible",
)  # fmt: skip


def cells_of_days(connection: Connection, start: int, end: int) -> pd.DataFrame:
    """Cells counted from the facts between two moments (end excluded), for days that are no whole week."""
    answered = counted_cells().where(response.c.answered_at >= start, response.c.answered_at < end)
    silent = counted_unanswered().where(unanswered.c.answered_at >= start, unanswered.c.answered_at < end)
    frame, more = fetch_frame(connection, answered), fetch_frame(connection, silent)
    return pd.concat([frame, more], ignore_index=True) if len(more) else frame


def causes_of_days(connection: Connection, start: int, end: int) -> pd.DataFrame:
    """Cause cells counted from the facts between two moments, as `cells_of_days` does."""
    return fetch_frame(
        connection, counted_causes().where(response.c.answered_at >= start, response.c.answered_at < end)
    )


def causes_of_complaints(connection: Connection) -> pd.DataFrame:
    """complaint_id and cause, one row for each cause that a complaint names."""
    joined = complaint.join(text_cause, complaint.c.text_hash == text_cause.c.text_hash)
    return fetch_frame(connection, select(complaint.c.complaint_id, text_cause.c.cause).select_from(joined))


def all_complaints(connection: Connection) -> pd.DataFrame:
    """The narrow columns of every complaint, without its words."""
    return fetch_frame(connection, select(*(complaint.c[name] for name in COMPLAINT_COLUMNS)))


def all_visits(connection: Connection) -> pd.DataFrame:
    """The narrow columns of every checklist item."""
    return fetch_frame(connection, select(*(visit_item.c[name] for name in VISIT_COLUMNS)))


def responses_behind(
    connection: Connection, slice_: Slice, counted: str = "", limit: int | None = None, offset: int = 0
) -> tuple[int, pd.DataFrame]:
    """The responses of a slice that have a value in the `counted` column, or are counted by that measure, newest first.

    Returns:
        How many there are, and at most `limit` of them with their comment, score and label.
    """
    wanted = [*conditions(response, "surveys", slice_), *counted_when(counted)]
    query, joined = _answers()
    total = connection.execute(select(func.count()).select_from(joined).where(*wanted)).scalar_one()
    newest = (
        query.where(*wanted).order_by(response.c.answered_at.desc(), response.c.response_id).limit(limit).offset(offset)
    )
    return total, fetch_frame(connection, newest)


def counted_when(counted: str) -> list[ColumnElement[bool]]:
    """The condition under which a metric counts an answer."""
    if counted in (said := MISMATCH | CONTRARY):
        return [said[counted]]
    if counted == "answered_of_asked":
        return [FROM_ASKED]
    if counted == "sentiment":
        return [text_score.c.polarity.is_not(None)]
    given: dict[str, ColumnElement[Any]] = {**GAP, **BOUGHT_AGAIN, "likelihood": STANCE, "easy": EASY_ON_ANY}
    return [(given[counted] if counted in given else response.c[counted]).is_not(None)] if counted else []


def _answers() -> tuple[Select[Any], Join]:
    """Answers with their score and label, and what they are read from."""
    joined = response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash)
    shown = [column for column in response.c if column.name not in {"load_id", "row_hash", "text_hash", "week"}]
    return select(*shown, text_score.c.polarity, text_score.c.label.label("sentiment")).select_from(joined), joined


def responses_named(connection: Connection, ids: Sequence[str]) -> pd.DataFrame:
    """These answers with their comment, score and label, newest first."""
    return _named(connection, _answers()[0], response.c.response_id, ids, ["answered_at", "response_id"])


def complaints_named(connection: Connection, ids: Sequence[str]) -> pd.DataFrame:
    """These complaints with their words, newest first."""
    shown = [column for column in complaint.c if column.name not in {"load_id", "row_hash", "text_hash", "week"}]
    return _named(connection, select(*shown), complaint.c.complaint_id, ids, ["opened_at", "complaint_id"])


def visits_named(connection: Connection, ids: Sequence[str]) -> pd.DataFrame:
    """Every checklist item of these visits, newest visit first."""
    shown = [column for column in visit_item.c if column.name not in {"load_id", "row_hash", "week"}]
    return _named(connection, select(*shown), visit_item.c.visit_id, ids, ["visited_at", "visit_id", "item"])


def _named(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Sequence[str], order: list[str]
) -> pd.DataFrame:
    known = list(filter(storable, ids))
    pieces = [fetch_frame(connection, query.where(column.in_(some))) for some in some_at_a_time(known)]
    frame = pd.concat(pieces, ignore_index=True) if pieces else fetch_frame(connection, query.where(false()))
    return frame.sort_values(order, ascending=[False, *[True] * (len(order) - 1)], ignore_index=True)


def storable(said: str) -> bool:
    """Whether a database can hold this text: no NUL and no lone surrogate, as links and shells may bring.

    >>> storable("很慢"), storable("a\\0b"), storable("\\udcff")
    (True, False, False)
    """
    return "\0" not in said and said.encode("utf-8", "ignore").decode() == said


def conditions(table: Table, source: str, slice_: Slice) -> list[ColumnElement[bool]]:
    """The slice as bound conditions on a fact table."""
    moment = table.c[MOMENTS[source]]
    found: list[ColumnElement[bool]] = []
    if slice_.start is not None:
        found.append(moment >= day_start(slice_.start))
    if slice_.end is not None:
        found.append(moment < day_start(slice_.end + timedelta(days=1)))
    causes = {name: asked for name, asked in slice_.where if name in SEVERAL}
    if causes:
        found.append(names_cause(table, causes))
    for name, asked in slice_.where:
        if name in SEVERAL:
            continue
        values = [value for value in asked if storable(value)]
        column: ColumnElement[Any] = text_score.c.label if name == "sentiment" else table.c[name]
        # a week is always given; elsewhere an export may itself say NOT_GIVEN: the same group as saying nothing
        given = [date.fromisoformat(value) for value in values if value != NOT_GIVEN] if name == "week" else values
        said = [column.in_(given), *_among_several(name, column, values)]
        found.append(or_(*said, column.is_(None)) if NOT_GIVEN in values else or_(*said))
        if name == "sentiment":
            found.append(text_score.c.polarity.is_not(None))
    return found


def _among_several(name: str, column: ColumnElement[Any], values: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions under which one of these values stands among several; LIKE would not tell VIP from vip."""
    if name not in OVERLAPPING:
        return []
    padded = literal(BETWEEN) + column + literal(BETWEEN)
    return [func.replace(padded, f"{BETWEEN}{value}{BETWEEN}", "") != padded for value in values]
