"""Answers and complaints of those who gave more than one: read for the design effect. Ids of customers and orders never
leave this module.

answer  customer  order        cluster
1       A         X            0        two customers of one group booking belong together, and so do all other
2       B         X            0        answers of either
3       A         –            0
4       C         Y            1
5       C         Z            1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from servq.measures import (
    CELL_DIMENSIONS,
    COMPARED,
    EASY_FROM,
    GAPS,
    ITEMS,
    MISMATCHES,
    OTHER_SCALE,
    REPURCHASES,
    SATISFIED_FROM,
)
from servq.warehouse.facts.gaps import GAP
from servq.warehouse.facts.mismatch import MISMATCH
from servq.warehouse.facts.repurchase import BOUGHT_AGAIN
from servq.warehouse.facts.scales import EASY_ON_ANY, SATISFIED, STANCE
from servq.warehouse.reads.snapshot_reads import counted_when
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import complaint, response, text_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

AT_MOST = 400_000
"""Answers of those who gave several that are read, the newest first; before them answers count as independent."""

ROWS_AT_ONCE = 20_000
"""Rows that are turned into columns together; what bounds the memory of plain Python values."""

VALUES = ("likelihood", "csat", *ITEMS, *GAPS, "scored", COMPARED, *REPURCHASES, OTHER_SCALE, *EASY_FROM, "easy")
"""What is read of an answer, each the value whose mean the metric is: NPS −1, 0, 1; satisfied, negative, contradicting,
bought again and easy 0, 1; scores as given. NULL where the answer does not count.
"""


def answers_together(connection: Connection, values: Sequence[str] = VALUES, limit: int = AT_MOST) -> pd.DataFrame:
    """Answers that share their customer or order with another one.

    Args:
        values: which of VALUES are read; one that no answer gives costs as much as one that all give.

    Returns:
        CELL_DIMENSIONS as text (missing is None), `answered_at`, the values (NULL is NaN), `cluster` numbered from 0,
        `customer` numbered from 0 (−1 where nobody is named), `answered_of_asked` 1 where the metric of that name
        counts it.
    """
    given = _values()
    # the text of a week: its name is asked, and the driver would make a date of it for each answer
    asked: list[ColumnElement[Any]] = [
        *(type_coerce(response.c[name], String).label(name) for name in CELL_DIMENSIONS),
        *(response.c[name] for name in ("answered_at", "customer_id", "order_id")),
        *(given[name].label(f"value_{name}") for name in values),
        case((and_(true(), *counted_when("answered_of_asked")), 1), else_=0).label("answered_of_asked"),
    ]
    query = (
        select(*asked)
        .select_from(response.outerjoin(text_score, response.c.text_hash == text_score.c.text_hash))
        .where(or_(*(column.in_(_several(column)) for column in (response.c.customer_id, response.c.order_id))))
        .order_by(response.c.answered_at.desc())
        .limit(limit)
    )
    columns = _columns(connection, query)
    customers, orders = (_numbered(columns.pop(name)) for name in ("customer_id", "order_id"))
    found = {name.removeprefix("value_"): column for name, column in columns.items()}
    return pd.DataFrame(found | {"cluster": _clusters(customers, orders), "customer": customers})


def _values() -> dict[str, ColumnElement[Any]]:
    """Each of VALUES as it is read of an answer."""
    csat = response.c.csat
    return {
        "likelihood": STANCE,
        "csat": case((csat >= SATISFIED_FROM, 1), (csat.is_not(None), 0)),
        **{item: response.c[item] for item in ITEMS},
        **GAP,
        "scored": case((text_score.c.polarity.is_not(None), case((text_score.c.label == "negative", 1), else_=0))),
        COMPARED: case((MISMATCH[COMPARED], case((or_(*(MISMATCH[name] for name in MISMATCHES)), 1), else_=0))),
        **BOUGHT_AGAIN,
        OTHER_SCALE: SATISFIED,
        **{effort: response.c[effort] for effort in EASY_FROM},
        "easy": EASY_ON_ANY,
    }


def _columns(connection: Connection, query: Select[Any]) -> dict[str, NDArray[Any]]:
    """Column by column: values as numbers, NULL as NaN; everything else as it came."""
    with connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}) as result:
        names = list(result.keys())
        kinds = {name: float if name.startswith("value_") else _WHOLE.get(name, object) for name in names}
        parts: dict[str, list[NDArray[Any]]] = {name: [np.zeros(0, dtype=kind)] for name, kind in kinds.items()}
        for rows in result.partitions():
            for (name, kind), values in zip(kinds.items(), zip(*rows, strict=True), strict=True):
                parts[name].append(np.array(values, dtype=kind))
    return {name: np.concatenate(some) for name, some in parts.items()}


_WHOLE: dict[str, type] = {"answered_at": np.int64, "answered_of_asked": np.int64}


def _numbered(ids: NDArray[Any]) -> NDArray[np.int64]:
    """Each distinct id as a number, from 0; −1 where none is given."""
    ids[ids == ""] = None
    return pd.factorize(ids)[0].astype(np.int64)


def complaints_together(connection: Connection, limit: int = AT_MOST) -> pd.DataFrame:
    """Complaints that share their customer or order with another one: `complaint_id`, `cluster` numbered from 0."""
    query = (
        select(complaint.c.complaint_id, complaint.c.customer_id, complaint.c.order_id)
        .where(or_(*(column.in_(_several(column)) for column in (complaint.c.customer_id, complaint.c.order_id))))
        .order_by(complaint.c.opened_at.desc())
        .limit(limit)
    )
    frame = fetch_frame(connection, query)
    customers, orders = (pd.factorize(frame[name].replace("", None))[0] for name in ("customer_id", "order_id"))
    return frame[["complaint_id"]].assign(cluster=_clusters(customers, orders))


def _several(column: Column[str]) -> Select[Any]:
    return select(column).where(column.is_not(None), column != "").group_by(column).having(func.count() > 1)


def _clusters(customers: NDArray[np.int64], orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """To which cluster each answer belongs: customers and orders that share an answer are one."""
    count = int(customers.max(initial=-1)) + 1
    nodes = count + int(orders.max(initial=-1)) + 1
    both = (customers >= 0) & (orders >= 0)
    links = coo_array((np.ones(int(both.sum())), (customers[both], count + orders[both])), shape=(nodes, nodes))
    if not nodes:
        return np.zeros(0, dtype=np.int64)
    _, component = connected_components(links, directed=False)
    return component[np.where(customers >= 0, customers, count + orders)].astype(np.int64)
