"""Verbatims: the number of customers' texts that a search finds, one page of them, and one complaint's timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from servq.query.snapshot import Snapshot
from servq.standards import TimeLimit
from servq.warehouse.reads import search
from servq.warehouse.reads.search import ORDERS, UNSCORED, WORDS, Kind, Order, Search
from servq.weeks import business_day

__all__ = [
    "ORDERS",
    "UNSCORED",
    "WORDS",
    "ComplaintTimeline",
    "Event",
    "Kind",
    "Order",
    "Search",
    "Voices",
    "every_voice",
    "timeline_of",
    "voices",
]


@dataclass(frozen=True)
class Voices:
    """One page of a search's results.

    Attributes:
        total: how many the whole search finds.
        by_sentiment: the same search whatever the sentiment, counted by it.
        frame: one row per text of this page, in the search's order.
    """

    total: int
    by_sentiment: dict[str, int]
    frame: pd.DataFrame


@dataclass(frozen=True)
class Event:
    """Another text of the same customer, or about the same order."""

    kind: Kind
    at: int
    row: dict[str, Any]
    same_order: bool


@dataclass(frozen=True)
class ComplaintTimeline:
    """The timeline of one complaint, from its opening on.

    Attributes:
        row: the complaint as it is stored; missing is None.
        promise: what its channel promised on the day it was opened, or None.
        limit_hours: within which it was to be answered.
        first_response_hours, resolution_hours: its clocks; of what has not happened, the time waited so far.
        within_limit: whether it was answered in time; None while undecided or not recorded.
        is_open: whether it waits still, at `as_of` (UTC seconds).
        others: what else the customer said, oldest first.
    """

    row: dict[str, Any]
    promise: TimeLimit | None
    limit_hours: float
    first_response_hours: float | None
    resolution_hours: float | None
    within_limit: bool | None
    is_open: bool
    as_of: int
    others: tuple[Event, ...]


def voices(snapshot: Snapshot, wanted: Search, limit: int, offset: int = 0) -> Voices:
    """The texts that a search finds: their number, the number per sentiment, and one page of them."""
    with snapshot.warehouse.read() as connection:
        counts = search.count_by_sentiment(connection, wanted)
        frame = search.find(connection, wanted, limit, offset)
    return Voices(counts.get(wanted.sentiment, 0) if wanted.sentiment else sum(counts.values()), counts, frame)


def every_voice(snapshot: Snapshot, wanted: Search) -> pd.DataFrame:
    """All rows that a search finds, for an export."""
    with snapshot.warehouse.read() as connection:
        return search.find(connection, wanted)


def timeline_of(snapshot: Snapshot, complaint_id: str) -> ComplaintTimeline | None:
    """The timeline of one complaint; None when there is no such complaint."""
    with snapshot.warehouse.read() as connection:
        found = _rows(search.complaint_of(connection, complaint_id))
        if not found:
            return None
        row = found[0]
        others = search.same_customer(connection, row["customer_id"] or "", row["order_id"])
    clock = snapshot.complaints[snapshot.complaints["complaint_id"] == complaint_id].iloc[0]
    day = business_day(row["opened_at"])
    return ComplaintTimeline(
        row,
        snapshot.standards.promise(row["channel"], day),
        snapshot.standards.limit_hours(row["channel"], day),
        _hours(clock["first_response_hours"]),
        _hours(clock["resolution_hours"]),
        None if pd.isna(clock["within_limit"]) else bool(clock["within_limit"]),
        bool(clock["is_open"]),
        snapshot.as_of,
        _events(others, row),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(plain.columns, values, strict=True)) for values in plain.itertuples(index=False, name=None)]


def _events(frames: Mapping[str, pd.DataFrame], own: dict[str, Any]) -> tuple[Event, ...]:
    moments: dict[Kind, str] = {"surveys": "answered_at", "complaints": "opened_at"}
    found = [
        Event(kind, row[moment], row, bool(own["order_id"]) and row["order_id"] == own["order_id"])
        for kind, moment in moments.items()
        for row in _rows(frames[kind])
        if row.get("complaint_id") != own["complaint_id"]
    ]
    return tuple(sorted(found, key=lambda event: event.at))


def _hours(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
