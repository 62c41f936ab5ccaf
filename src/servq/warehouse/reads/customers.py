"""Paired means of the same customers, added up inside the database. Ids never leave it.

Three steps, so that a customer who answers often weighs as much as one who answers once, and a telephone answer is
only ever compared with another one by telephone:

    answers                     customer × survey mode          customer          all together (one row a group)
    A 电话 预决策 9             A 电话  预 9.0  中 7.0           A  9.0 → 7.0      n, sum of first,
    A 电话 中体验 7   ──avg──>   A 网页  预 10   中 –    ──avg──>  B  8.0 → 8.0 ──>  sum of differences, of squares
    A 网页 预决策 10            B 网页  预 8.0  中 8.0
    …

The cost is one pass over the answers of the period and one grouping of them by customer; what comes back is one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Float, Select, and_, case, cast, func, literal, select

from servq.records import NOT_GIVEN, PairSums, SameCustomers, Slice
from servq.warehouse.reads.snapshot_reads import conditions
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response

GROUP = "within"
"""The column that names the group of a row: "" without grouping."""


def paired_sums(
    connection: Connection, slice_: Slice, score: str, along: str, pairs: Sequence[tuple[str, str]], within: str = ""
) -> dict[str, list[PairSums]]:
    """For each group the sums of each pair of values of `along`.

    Args:
        score: `likelihood` or `csat`.
        pairs: (first, second) values of the dimension `along`.
        within: the dimension that both answers must agree in, besides the survey mode; "" for none.

    Returns:
        Group -> one entry per pair, in their order; a group without any of the values is not there.
    """
    values = list(dict.fromkeys(value for pair in pairs for value in pair))
    if not values:
        return {}
    group = func.coalesce(response.c[within], NOT_GIVEN) if within else literal("")
    by_mode = _by_mode(slice_, score, along, values, group).cte("by_mode")
    ends: list[ColumnElement[Any]] = []
    for place, (first, second) in enumerate(pairs):
        one, two = by_mode.c[f"v{values.index(first)}"], by_mode.c[f"v{values.index(second)}"]
        ends += [
            func.avg(case((two.is_not(None), one))).label(f"first{place}"),
            func.avg(case((one.is_not(None), two))).label(f"second{place}"),
        ]
    person = [by_mode.c.customer_id, by_mode.c[GROUP]]
    own = select(*person, *ends).group_by(*person).cte("own")
    sums: list[ColumnElement[Any]] = []
    for place in range(len(pairs)):
        one = own.c[f"first{place}"]
        difference = own.c[f"second{place}"] - one
        sums += [func.count(one), func.sum(one), func.sum(difference), func.sum(difference * difference)]
    found = {}
    for name, *numbers in connection.execute(select(own.c[GROUP], *sums).group_by(own.c[GROUP])):
        quarters = [numbers[start : start + 4] for start in range(0, len(numbers), 4)]
        found[str(name)] = [PairSums(int(n), *(float(part or 0.0) for part in rest)) for n, *rest in quarters]
    return found


def paired_sums_of_each(
    connection: Connection,
    slice_: Slice,
    score: str,
    along: str,
    pairs: Sequence[tuple[str, str]],
    within: str,
    names: Sequence[str],
) -> dict[str, list[PairSums]]:
    """The same for groups that overlap: each is asked for by itself, as an answer may be in several.

    Args:
        names: the groups of the dimension `within`.
    """
    wanted = dict(slice_.where).get(within) or names
    each = {name: paired_sums(connection, slice_.and_(**{within: name}), score, along, pairs) for name in wanted}
    return {name: sums[""] for name, sums in each.items() if "" in sums}


def _by_mode(slice_: Slice, score: str, along: str, values: Sequence[str], group: ColumnElement[Any]) -> Select[Any]:
    """One row per customer, group and survey mode: the mean score at each of the values, `v0`, `v1`, …"""
    given = cast(response.c[score], Float)
    place = response.c[along]
    means = [func.avg(case((place == value, given))).label(f"v{number}") for number, value in enumerate(values)]
    by = [response.c.customer_id, group.label(GROUP), response.c.survey_mode]
    return (
        select(*by, *means)
        .where(*_known(slice_), response.c[score].is_not(None), place.in_(values))
        .group_by(response.c.customer_id, group, response.c.survey_mode)
    )


def _known(slice_: Slice) -> list[ColumnElement[bool]]:
    return [*conditions(response, "surveys", slice_), response.c.customer_id.is_not(None)]


def known_customers(connection: Connection, slice_: Slice) -> tuple[int, int, int]:
    """Of a slice: the number of answers, of answers with a customer id, and of customers."""
    query = select(func.count(), func.count(response.c.customer_id), func.count(response.c.customer_id.distinct()))
    answers, known, customers = connection.execute(query.where(*conditions(response, "surveys", slice_))).one()
    return int(answers), int(known), int(customers)


def customers_behind(
    connection: Connection, asked: SameCustomers, slice_: Slice, limit: int | None = None, offset: int = 0
) -> tuple[int, pd.DataFrame]:
    """The answers behind a comparison within the same customers, customer by customer, the largest fall first.

    Returns:
        How many customers there are, and the answers of at most `limit` of them with `customer`, their number in this
        order, from 1: the ids stay in the store.
    """
    values = [asked.first, asked.second]
    by_mode = _by_mode(slice_, asked.score, asked.along, values, literal("")).cte("by_mode")
    both = and_(by_mode.c.v0.is_not(None), by_mode.c.v1.is_not(None))
    fall = func.avg(by_mode.c.v1 - by_mode.c.v0)
    person = by_mode.c.customer_id
    found = select(person, fall.label("change")).where(both).group_by(person).cte("found")
    total = connection.execute(select(func.count()).select_from(found)).scalar_one()
    order = func.row_number().over(order_by=[found.c.change, found.c.customer_id]).label("customer")
    numbered = select(found.c.customer_id, order).order_by(order).limit(limit).offset(offset).cte("numbered")
    modes = by_mode.join(numbered, numbered.c.customer_id == by_mode.c.customer_id)
    same_mode = func.coalesce(response.c.survey_mode, "") == func.coalesce(by_mode.c.survey_mode, "")
    shown = [response.c[name] for name in _SHOWN]
    rows = (
        select(numbered.c.customer, *shown)
        .select_from(modes.join(response, and_(response.c.customer_id == numbered.c.customer_id, same_mode)))
        .where(both, *_known(slice_), response.c[asked.score].is_not(None), response.c[asked.along].in_(values))
        .order_by(numbered.c.customer, response.c.answered_at, response.c.response_id)
    )
    return int(total), fetch_frame(connection, rows)


_SHOWN = (
    "answered_at", "channel", "team", "likelihood", "csat", "attitude", "responsiveness", "resolution",
    "communication", "touchpoint", "segment", "survey_mode", "product", "partner", "comment",
)  # fmt: skip
"""The columns shown of an answer where many answers of one person stand together: no id of any kind."""
