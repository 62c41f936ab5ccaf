"""The drill: the rows behind a figure, exactly as many as its n."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from servq.metrics.catalog import get_metric
from servq.metrics.clocks import counted_rows
from servq.metrics.metric import Metric, Need
from servq.query.respondents import counted_by
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import SEVERAL, Picked, SameCustomers, SeenInBoth, Slice
from servq.warehouse.reads import complaint_texts, contacts, customers, respondents, snapshot_reads

Asked = str | SameCustomers | SeenInBoth | Picked
"""The targets of a drill: a metric by its name, a comparison within the same customers, those who were in contact by
two channels, single complaints or visits."""


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: `total` of them, of which `frame` holds the newest.

    Of `customers` and `orders` each is counted once and listed with all that is compared, by a number and no id.

    Attributes:
        withheld: they are too few for their figure to be shown, so that the frame holds none of them.
    """

    kind: Need | Literal["customers", "orders"]
    total: int
    frame: pd.DataFrame
    withheld: bool = False


def rows_behind(snapshot: Snapshot, name: Asked, slice_: Slice, limit: int | None = None, offset: int = 0) -> Behind:
    """The rows that a metric counts in a slice, newest first; their total equals the figure's n.

    Visits are counted as visits, and listed with all their checklist items. Answers that are too few for their figure
    to be shown are withheld: they would tell it.
    """
    if isinstance(name, SameCustomers | SeenInBoth):
        return _people(snapshot, name, slice_, limit, offset)
    if isinstance(name, Picked):
        return _picked(snapshot, name, slice_, limit, offset)
    metric = get_metric(name)
    heard = {"sentiment", *SEVERAL} if metric.drill == "responses" else set()
    if slice_.dimensions - metric.dimensions - heard:
        return Behind(metric.drill, 0, pd.DataFrame())
    if metric.drill == "responses":
        return _answers(snapshot, metric, slice_, limit, offset)
    frame = rows_of(snapshot, metric.drill, slice_)
    if metric.drill == "complaints":
        ids = counted_rows(frame, metric.counted).sort_values("opened_at", ascending=False)["complaint_id"]
        with snapshot.warehouse.read() as connection:
            return Behind(
                "complaints", len(ids), snapshot_reads.complaints_named(connection, _page(ids, limit, offset))
            )
    usable = frame[frame["points_possible"] > 0]
    ids = usable.sort_values("visited_at", ascending=False)["visit_id"].drop_duplicates()
    with snapshot.warehouse.read() as connection:
        return Behind("visits", len(ids), snapshot_reads.visits_named(connection, _page(ids, limit, offset)))


def _picked(snapshot: Snapshot, asked: Picked, slice_: Slice, limit: int | None, offset: int) -> Behind:
    """Single answers, complaints or visits; answers of too few customers are withheld."""
    total, page = len(asked.ids), list(asked.ids[offset : None if limit is None else offset + limit])
    with snapshot.warehouse.read() as connection:
        if asked.kind == "responses":
            few = 0 < respondents.customers_named(connection, asked.ids) < snapshot.viewing_minimum
            return Behind("responses", total, snapshot_reads.responses_named(connection, [] if few else page), few)
        if asked.kind == "complaints":
            return Behind("complaints", total, snapshot_reads.complaints_named(connection, page))
        frame = snapshot_reads.visits_named(connection, page)
    items = dict(slice_.where).get("item", frame["item"].unique())
    return Behind("visits", total, frame[frame["item"].isin(items)])


def _answers(snapshot: Snapshot, metric: Metric, slice_: Slice, limit: int | None, offset: int) -> Behind:
    """Survey answers; of those that are too few to be shown only how many were asked, as their figure says."""
    with snapshot.warehouse.read() as connection:
        total, frame = snapshot_reads.responses_behind(connection, slice_, metric.counted, limit, offset)
        told = snapshot_reads.responses_behind(connection, slice_, metric.out_of, 0)[0] if metric.out_of else total
        people = respondents.customers_in(connection, slice_, counted_by(metric)) if metric.tells_opinions else 0
    few = 0 < people < snapshot.viewing_minimum
    return Behind("responses", told if few else total, frame.iloc[:0] if few else frame, withheld=few)


def places_behind(snapshot: Snapshot, behind: Behind, slice_: Slice) -> dict[str, list[tuple[int, int]]]:
    """The places in the rows behind a figure that name the causes of its slice; empty where the slice names none."""
    asked = {name: values for name, values in slice_.where if name in SEVERAL}
    if not asked or behind.kind not in ("complaints", "responses") or behind.frame.empty:
        return {}
    ids = behind.frame["complaint_id" if behind.kind == "complaints" else "response_id"].tolist()
    with snapshot.warehouse.read() as connection:
        return complaint_texts.places_of(connection, behind.kind, ids, asked)


def _people(
    snapshot: Snapshot, asked: SameCustomers | SeenInBoth, slice_: Slice, limit: int | None, offset: int
) -> Behind:
    """Customers, or orders, one by one; too few of them are withheld."""
    with snapshot.warehouse.read() as connection:
        if isinstance(asked, SeenInBoth):
            total, frame = contacts.contacts_behind(connection, asked, slice_, limit, offset)
        else:
            total, frame = customers.customers_behind(connection, asked, slice_, limit, offset)
    few = 0 < total < snapshot.viewing_minimum
    of_orders = isinstance(asked, SeenInBoth) and asked.by == "order"
    return Behind("orders" if of_orders else "customers", total, frame.iloc[:0] if few else frame, withheld=few)


def _page(ids: pd.Series[str], limit: int | None, offset: int) -> list[str]:
    """One page of ids; all of them without a limit."""
    return ids.iloc[offset : None if limit is None else offset + limit].tolist()
