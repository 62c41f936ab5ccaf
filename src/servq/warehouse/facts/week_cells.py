"""Week cells: survey measures per week × channel × team × touchpoint × segment × survey mode, and answers per cause.

One SELECT defines every measure. It fills `survey_cell` (another one `cause_cell`: the answers of each such cell by the
causes that their words name) for the touched weeks inside the load's transaction, and it counts single days straight
from the facts where a period cuts a week. Figures are read from copies of the cells (week_blocks.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, literal, select, update

from servq.measures import (
    CAUSE_DIMENSIONS,
    CAUSE_MEASURES,
    CELL_DIMENSIONS,
    EASY_FROM,
    LIKELIHOODS,
    MEASURES,
    OTHER_SCALE,
    SATISFIED_FROM,
    SCORES,
    SENTIMENTS,
)
from servq.warehouse.facts.gaps import GAP
from servq.warehouse.facts.mismatch import MISMATCH
from servq.warehouse.facts.repurchase import BOUGHT_AGAIN
from servq.warehouse.facts.scales import BAND_ALONE, EASY, SATISFIED
from servq.warehouse.facts.week_blocks import write_blocks
from servq.warehouse.tables.fact_tables import cause_cell, response, survey_cell, text_cause, text_score, unanswered
from servq.warehouse.tables.ops_tables import load_log

FROM_ASKED: ColumnElement[bool] = response.c.load_id.in_(
    select(load_log.c.load_id).where(load_log.c.not_answered > 0, load_log.c.not_placed == 0)
)
"""Answers from loads that also list who did not answer, and where and when each of them was asked."""


def rebuild(connection: Connection, weeks: Iterable[date]) -> int:
    """Count the cells of these weeks again, both kinds, and pack them into blocks; returns how many survey cells there
    are.
    """
    touched = sorted(set(weeks))
    if not touched:
        return 0
    connection.execute(delete(survey_cell).where(survey_cell.c.week.in_(touched)))
    counted = counted_cells().where(response.c.week.in_(touched))
    connection.execute(insert(survey_cell).from_select([*CELL_DIMENSIONS, *MEASURES], counted))
    _add_unanswered(connection, touched)
    connection.execute(delete(cause_cell).where(cause_cell.c.week.in_(touched)))
    by_cause = counted_causes().where(response.c.week.in_(touched))
    connection.execute(insert(cause_cell).from_select([*CAUSE_DIMENSIONS, *CAUSE_MEASURES], by_cause))
    write_blocks(connection, touched)
    return connection.execute(
        select(func.count()).select_from(survey_cell).where(survey_cell.c.week.in_(touched))
    ).scalar_one()


def counted_cells() -> Select[Any]:
    """The cells as facts give them: columns are CELL_DIMENSIONS, then MEASURES."""
    dimensions = [_dimension(name) for name in CELL_DIMENSIONS]
    measures = [expression.label(name) for name, expression in _measures().items()]
    joined = response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash)
    return select(*dimensions, *measures).select_from(joined).group_by(*dimensions)


def counted_unanswered() -> Select[Any]:
    """Unanswered questionnaires by cell: columns are CELL_DIMENSIONS, then MEASURES, of which only `unanswered` is not
    0."""
    dimensions = [_dimension(name, unanswered) for name in CELL_DIMENSIONS]
    counted = [(func.count() if name == "unanswered" else literal(0)).label(name) for name in MEASURES]
    return select(*dimensions, *counted).group_by(*dimensions)


def _add_unanswered(connection: Connection, weeks: list[date]) -> None:
    """Count those who did not answer into the cells of these weeks: few, so each cell by itself."""
    for line in connection.execute(counted_unanswered().where(unanswered.c.week.in_(weeks))).mappings():
        key = [survey_cell.c[name] == line[name] for name in CELL_DIMENSIONS]
        counted = update(survey_cell).where(*key).values(unanswered=line["unanswered"])
        if not connection.execute(counted).rowcount:
            connection.execute(insert(survey_cell), [dict(line)])


def counted_causes() -> Select[Any]:
    """The cause cells as facts give them: columns are CAUSE_DIMENSIONS, then CAUSE_MEASURES."""
    dimensions = [*map(_dimension, CELL_DIMENSIONS), *(text_cause.c[name] for name in ("cause", "named", "leads"))]
    measures = [_measures()[name].label(name) for name in CAUSE_MEASURES]
    joined = response.join(text_cause, response.c.text_hash == text_cause.c.text_hash)
    return select(*dimensions, *measures).select_from(joined).group_by(*dimensions)


def _dimension(name: str, table: Table = response) -> ColumnElement[Any]:
    column = table.c[name]
    return func.coalesce(column, "").label(name) if column.nullable else column


def _measures() -> dict[str, ColumnElement[Any]]:
    """Measure -> the aggregate that counts it, in the order of MEASURES."""
    found: dict[str, ColumnElement[Any]] = {"responses": func.count()}
    for answer, name in enumerate(LIKELIHOODS):
        found[name] = _count_if(response.c.likelihood == answer)
    found["csat_satisfied"] = _count_if(response.c.csat >= SATISFIED_FROM)
    for score in (*SCORES, *EASY_FROM):
        column = response.c[score]
        found[f"{score}_n"] = func.count(column)
        found[f"{score}_sum"] = func.coalesce(func.sum(column), 0.0)
        found[f"{score}_squares"] = func.coalesce(func.sum(column * column), 0.0)
    for label in SENTIMENTS:
        found[f"sentiment_{label}"] = _count_if((text_score.c.label == label) & text_score.c.polarity.is_not(None))
    found |= {name: _count_if(condition) for name, condition in MISMATCH.items()}
    for gap, difference in GAP.items():
        found[f"{gap}_n"] = func.count(difference)
        found[f"{gap}_sum"] = func.coalesce(func.sum(difference), 0.0)
        found[f"{gap}_squares"] = func.coalesce(func.sum(difference * difference), 0.0)
    for band, flag in BOUGHT_AGAIN.items():
        found[f"{band}_n"] = func.count(flag)
        found[f"{band}_yes"] = _count_if(flag == 1)
    found[f"{OTHER_SCALE}_n"] = func.count(response.c[OTHER_SCALE])
    found[f"{OTHER_SCALE}_satisfied"] = _count_if(SATISFIED == 1)
    found |= {f"{effort}_easy": _count_if(easy == 1) for effort, easy in EASY.items()}
    found |= {measure: _count_if(told) for measure, told in BAND_ALONE.items()}
    found["answered_of_asked"] = _count_if(FROM_ASKED)
    found["unanswered"] = literal(0)
    return {name: found[name] for name in MEASURES}


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count().filter(condition)
