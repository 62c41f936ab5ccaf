"""Improvement cards as stored: written, changed, read back. Every change adds a line to the card's history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from servq.records.asking import Slice
from servq.records.improvement_card import CardChange, CauseCard, Plan, Share
from servq.warehouse.tables.user_tables import cause_card, cause_card_change, cause_card_sentence

_OF_PLAN = ("action", "owner", "due_on", "state")


def add_card(connection: Connection, card: CauseCard, sentences: Sequence[tuple[str, str]]) -> int:
    """Store a new card; returns its number.

    Args:
        card: its own number, sentences and history are not looked at.
        sentences: each with the complaint that says it.
    """
    row = {
        "title": card.title,
        "kept": _written(card.slice_),
        "n": card.share.n,
        "total": card.share.total,
        "value": card.share.value,
        "low": card.share.low,
        "high": card.share.high,
        "load_id": card.share.load_id,
        "figures": {name: list(figure) for name, figure in card.figures.items()},
        "created_at": card.created_at,
        "created_by": card.created_by,
    }
    row |= _planned(card.plan, card.created_at, card.created_by)
    number = connection.execute(insert(cause_card).values(row)).inserted_primary_key
    assert number is not None
    card_id = int(number[0])
    lines = [
        {"card_id": card_id, "place": place, "complaint_id": complaint_id, "sentence": sentence}
        for place, (complaint_id, sentence) in enumerate(sentences)
    ]
    if lines:
        connection.execute(insert(cause_card_sentence), lines)
    _remember(connection, card_id, card.plan, card.created_at, card.created_by)
    return card_id


def change_card(connection: Connection, card_id: int, plan: Plan, at: int, who: str) -> bool:
    """Change a card; False when there is no such card."""
    known = connection.execute(select(cause_card.c.state, cause_card.c.done_at).where(cause_card.c.card_id == card_id))
    before = known.one_or_none()
    if before is None:
        return False
    row = _planned(plan, at, who)
    if before.state == plan.state == "done":
        row["done_at"] = before.done_at
    connection.execute(update(cause_card).where(cause_card.c.card_id == card_id).values(row))
    _remember(connection, card_id, plan, at, who)
    return True


def all_cards(connection: Connection) -> list[CauseCard]:
    """Every card with its sentences and its history, the newest first."""
    said, changes = defaultdict(list), defaultdict(list)
    sentence, change = cause_card_sentence.c, cause_card_change.c
    for row in connection.execute(select(sentence.card_id, sentence.sentence).order_by(sentence.place)):
        said[row.card_id].append(row.sentence)
    for row in connection.execute(select(cause_card_change).order_by(change.change_id.desc())):
        told = (row.changed_at, row.changed_by, row.state, row.owner, row.due_on, row.action)
        changes[row.card_id].append(CardChange(*told))
    rows = connection.execute(select(cause_card).order_by(cause_card.c.card_id.desc()))
    return [_card(row, tuple(said[row.card_id]), tuple(changes[row.card_id])) for row in rows]


def _card(row: Any, sentences: tuple[str, ...], history: tuple[CardChange, ...]) -> CauseCard:
    return CauseCard(
        row.card_id,
        row.title,
        _read(row.kept),
        Share(row.n, row.total, row.value, row.low, row.high, row.load_id),
        {name: (figure[0], figure[1], figure[2], figure[3]) for name, figure in row.figures.items()},
        sentences,
        Plan(tuple(row.whys), row.action, row.owner, row.due_on, row.state),
        row.created_at,
        row.created_by,
        row.changed_at,
        row.changed_by,
        row.done_at,
        history,
    )


def _planned(plan: Plan, at: int, who: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(plan, name) for name in _OF_PLAN}
    done = at if plan.state == "done" else None
    return row | {"whys": list(plan.whys), "changed_at": at, "changed_by": who, "done_at": done}


def _remember(connection: Connection, card_id: int, plan: Plan, at: int, who: str) -> None:
    row: dict[str, Any] = {name: getattr(plan, name) for name in _OF_PLAN}
    row |= {"card_id": card_id, "changed_at": at, "changed_by": who}
    connection.execute(insert(cause_card_change).values(row))


def _written(slice_: Slice) -> dict[str, Any]:
    """A slice as JSON."""
    days = {name: day.isoformat() if day else None for name, day in (("start", slice_.start), ("end", slice_.end))}
    return days | {"where": [[name, list(values)] for name, values in slice_.where]}


def _read(written: dict[str, Any]) -> Slice:
    start, end = (date.fromisoformat(written[name]) if written[name] else None for name in ("start", "end"))
    return Slice(start, end, tuple((name, tuple(values)) for name, values in written["where"]))
