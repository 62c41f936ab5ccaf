"""Contacts by channel: customers and orders linked over answers and complaints, then counted.

    answers, complaints          one row a customer and channel        counted
    A 官网  A 官网  A APP   ──>   A 官网 · A APP · B 官网           ──>   官网 2, APP 1, both 1, only 官网 1

Ids never leave the store: what comes back are numbers, and rows under a number of the list only.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import CTE, Connection, Select, Table, case, func, literal, select, union_all

from servq.records import Crossing, Named, SeenInBoth, Slice
from servq.warehouse.reads.snapshot_reads import conditions
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import FACTS, MOMENTS

WHO = {"customer": "customer_id", "order": "order_id"}
"""By whom contacts are brought together."""

_NOT_TOLD = {"customer_id", "order_id", "response_id", "raw", "load_id", "row_hash", "text_hash", "week", "updated_at"}


def crossing(connection: Connection, by: str, slice_: Slice, sources: tuple[str, ...]) -> Crossing:
    """The number of customers (or orders) of a slice by the channels they used; those without an id are not counted.

    Args:
        sources: `surveys`, `complaints`, or both.
    """
    contact = _contacts(by, slice_, sources)
    who, channel = contact.c.who, contact.c.channel
    each = (
        select(func.count().label("rows"), func.count(channel.distinct()).label("ways"), func.min(channel).label("one"))
        .group_by(who)
        .cte("each_one")
    )
    again, ways = (func.count(case((each.c[name] > 1, 1))) for name in ("rows", "ways"))
    total, repeated, across = connection.execute(select(func.count(), again, ways).select_from(each)).one()
    alone = connection.execute(select(each.c.one, func.count()).where(each.c.ways == 1).group_by(each.c.one))
    seen = select(who, channel).distinct().cte("seen")
    first, second = seen.alias("first"), seen.alias("second")
    both = (
        select(first.c.channel, second.c.channel, func.count())
        .select_from(first.join(second, first.c.who == second.c.who))
        .group_by(first.c.channel, second.c.channel)
    )
    pairs = {(str(one), str(other)): int(count) for one, other, count in connection.execute(both)}
    return Crossing(int(total), int(repeated), int(across), {str(c): int(n) for c, n in alone}, pairs)


def named_rows(connection: Connection, source: str, slice_: Slice) -> Named:
    """Rows of a slice, and the number with a customer id and with an order."""
    table = FACTS[source]
    counts = func.count(), func.count(table.c.customer_id), func.count(table.c.order_id)
    rows, customer, order = connection.execute(select(*counts).where(*conditions(table, source, slice_))).one()
    return Named(int(rows), int(customer), int(order))


def contacts_behind(
    connection: Connection, asked: SeenInBoth, slice_: Slice, limit: int | None = None, offset: int = 0
) -> tuple[int, pd.DataFrame]:
    """The answers and complaints, in both channels, of customers or orders in contact with both: most contacts first.

    Returns:
        How many they are, and the rows of at most `limit` of them with `customer`, their number in this order from 1,
        and `source`; oldest first.
    """
    sources = known_sources(slice_)
    contact = _contacts(asked.by, slice_, sources)
    who, channel = contact.c.who, contact.c.channel
    ways = [asked.first, asked.second]
    many = func.count().label("many")
    those = (
        select(who, many)
        .where(channel.in_(ways))
        .group_by(who)
        .having(func.count(channel.distinct()) == len(set(ways)))
        .cte("those")
    )
    total = connection.execute(select(func.count()).select_from(those)).scalar_one()
    number = func.row_number().over(order_by=[those.c.many.desc(), those.c.who]).label("customer")
    listed = select(those.c.who, number).order_by(number).limit(limit).offset(offset).cte("listed")
    frames = [_rows(connection, source, asked, slice_, listed) for source in sources]
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return int(total), frame.sort_values(["customer", "at"], ignore_index=True).drop(columns="at")


def known_sources(slice_: Slice) -> tuple[str, ...]:
    """The sources whose rows have every dimension that a slice filters by; at least the answers."""
    blind = {name for name in slice_.dimensions if name not in FACTS["complaints"].c}
    return ("surveys",) if blind else ("surveys", "complaints")


def _contacts(by: str, slice_: Slice, sources: tuple[str, ...]) -> CTE:
    """Every answer and complaint of a slice as (who, channel)."""
    return union_all(*(_of(FACTS[source], source, by, slice_) for source in sources)).cte("contact")


def _of(table: Table, source: str, by: str, slice_: Slice) -> Select[Any]:
    who = table.c[WHO[by]]
    return select(who.label("who"), table.c.channel).where(*conditions(table, source, slice_), who.is_not(None))


def _rows(connection: Connection, source: str, asked: SeenInBoth, slice_: Slice, listed: CTE) -> pd.DataFrame:
    table = FACTS[source]
    shown = [column for column in table.c if column.name not in _NOT_TOLD]
    query = (
        select(listed.c.customer, literal(source).label("source"), table.c[MOMENTS[source]].label("at"), *shown)
        .select_from(table.join(listed, table.c[WHO[asked.by]] == listed.c.who))
        .where(*conditions(table, source, slice_), table.c.channel.in_([asked.first, asked.second]))
    )
    return fetch_frame(connection, query)
