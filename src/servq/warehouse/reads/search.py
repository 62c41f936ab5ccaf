"""Search in customers' texts: by slice, sentiment, band of scores and words.

Reads only. Typed text is a bound parameter in which LIKE's wildcards are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    UnaryExpression,
    and_,
    case,
    false,
    func,
    not_,
    or_,
    select,
)

from servq.measures import NPS_BANDS
from servq.records import Slice
from servq.records.search_terms import read_terms
from servq.warehouse.facts.mismatch import MISMATCH
from servq.warehouse.reads.snapshot_reads import conditions, storable
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import FACTS, MOMENTS, complaint, response, text_score

Kind = Literal["surveys", "complaints"]
Order = Literal["newest", "lowest", "highest", "open_first", "negative_first"]

WORDS = {"surveys": "comment", "complaints": "text"}
"""Source -> the column that holds the customer's words."""

ORDERS: dict[Kind, tuple[Order, ...]] = {
    "surveys": ("newest", "lowest", "highest"),
    "complaints": ("newest", "open_first"),
}
"""In which orders a kind can be listed; the first is the usual one."""

UNSCORED = "unscored"
"""The label of texts without a sentiment: no language was recognised in them."""

_NOT_SHOWN = {"load_id", "row_hash", "text_hash", "week"}


@dataclass(frozen=True)
class Search:
    """The terms of a search.

    Attributes:
        sentiment: `negative`, `uncertain` or `positive`; "" is any.
        band: one of `NPS_BANDS` (answers only); "" is any.
        fit: one of `MISMATCHES`: score and text contradict each other that way (answers only); "" is any.
        words: as typed, read by records/search_terms.py; upper and lower case of ASCII letters are one.
    """

    kind: Kind
    slice_: Slice
    sentiment: str = ""
    band: str = ""
    words: str = ""
    order: Order = "newest"
    fit: str = ""

    @property
    def blind(self) -> frozenset[str]:
        """The filtered dimensions that this kind's data do not know: such a search finds nothing."""
        return self.slice_.dimensions - set(FACTS[self.kind].c.keys())


def count_by_sentiment(connection: Connection, search: Search) -> dict[str, int]:
    """The number of texts found per sentiment; the search's own filter by sentiment is not applied."""
    label = case((text_score.c.polarity.is_(None), UNSCORED), else_=text_score.c.label)
    wide = replace(search, sentiment="")
    query = select(label, func.count()).select_from(_joined(search)).where(*_where(wide)).group_by(label)
    return {str(name): int(count) for name, count in connection.execute(query)}


def find(connection: Connection, search: Search, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """The rows that the search finds, in its order, with polarity and sentiment."""
    table = FACTS[search.kind]
    query = _shown(table).where(*_where(search)).order_by(*_order(search)).limit(limit).offset(offset)
    return fetch_frame(connection, query)


def complaint_of(connection: Connection, complaint_id: str) -> pd.DataFrame:
    """One complaint as a frame of one row, or of none."""
    this_one = complaint.c.complaint_id == complaint_id if storable(complaint_id) else false()
    return fetch_frame(connection, _shown(complaint).where(this_one))


def same_customer(connection: Connection, customer_id: str, order_id: str | None) -> Mapping[str, pd.DataFrame]:
    """Every answer and complaint of a customer or of an order, oldest first."""
    found = {}
    for source in WORDS:
        table = FACTS[source]
        ours = [table.c.customer_id == customer_id] if customer_id else []
        ours += [table.c.order_id == order_id] if order_id else []
        query = _shown(table).where(or_(*ours) if ours else false()).order_by(table.c[MOMENTS[source]])
        found[source] = fetch_frame(connection, query)
    return found


def _joined(search: Search) -> FromClause:
    table = FACTS[search.kind]
    return table.outerjoin(text_score, table.c.text_hash == text_score.c.text_hash)


def _shown(table: Table) -> Select[Any]:
    columns = [column for column in table.c if column.name not in _NOT_SHOWN]
    joined = table.outerjoin(text_score, table.c.text_hash == text_score.c.text_hash)
    return select(*columns, text_score.c.polarity, text_score.c.label.label("sentiment")).select_from(joined)


def _where(search: Search) -> list[ColumnElement[bool]]:
    table = FACTS[search.kind]
    said = table.c[WORDS[search.kind]]
    if search.blind or not storable(search.words):
        return [false()]
    found = [*conditions(table, search.kind, search.slice_), said.is_not(None)]
    if search.sentiment:
        found.append(and_(text_score.c.label == search.sentiment, text_score.c.polarity.is_not(None)))
    if search.band and search.kind == "surveys":
        found.append(response.c.likelihood.between(*NPS_BANDS[search.band]))
    if search.fit and search.kind == "surveys":
        found.append(MISMATCH[search.fit])
    terms = read_terms(search.words)
    found += [or_(*(said.icontains(word, autoescape=True) for word in group)) for group in terms.wanted]
    found += [not_(said.icontains(word, autoescape=True)) for word in terms.unwanted]
    return found


def _order(search: Search) -> list[ColumnElement[Any] | UnaryExpression[Any]]:
    table = FACTS[search.kind]
    newest = [table.c[MOMENTS[search.kind]].desc(), table.c[table.info["key"][0]]]
    likelihood, csat = response.c.likelihood, response.c.csat
    # open: never resolved, or reopened since
    still_open = or_(complaint.c.resolved_at.is_(None), complaint.c.reopened_at > complaint.c.resolved_at)
    # both how it sounds and what was answered, so that one misheard sentence does not come first
    negative, detractor = text_score.c.label == "negative", likelihood.between(*NPS_BANDS["detractor"])
    worst = case((and_(negative, detractor), 0), (detractor, 1), (negative, 2), else_=3)
    first: dict[Order, list[ColumnElement[Any] | UnaryExpression[Any]]] = {
        "newest": [],
        "lowest": [likelihood.asc().nulls_last(), csat.asc().nulls_last()],
        "highest": [likelihood.desc().nulls_last(), csat.desc().nulls_last()],
        "open_first": [case((still_open, 0), else_=1)],
        "negative_first": [worst],
    }
    return [*first[search.order], *newest]
