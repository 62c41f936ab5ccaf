"""Records of improvement cards: the findings about a cause, the plan, who does it and by when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servq.records.asking import Label, Slice

if TYPE_CHECKING:
    from datetime import date

CARD_STATES: dict[str, Label] = {
    "open": Label("待办", "open"),
    "doing": Label("进行中", "in hand"),
    "done": Label("已完成", "done"),
    "dropped": Label("已放弃", "dropped"),
}
"""The states of a card, in their order."""

UNFINISHED = frozenset({"open", "doing"})

WHYS = 5
"""The number of whys (5-Why, Ohno 1988)."""

SENTENCES = 3


@dataclass(frozen=True)
class Share:
    """A cause's share of all complaints of its slice, in percent, when the card was made.

    Attributes:
        n: complaints of the cause.
        total: all complaints of the same days and filters.
        low, high: 95 % interval of the share.
        load_id: the newest load that was in it.
    """

    n: int
    total: int
    value: float | None
    low: float | None
    high: float | None
    load_id: int


@dataclass(frozen=True)
class Plan:
    """The user's part of a card; the due day may be empty.

    Attributes:
        whys: up to `WHYS` answers, each to the question why of the one before.
    """

    whys: tuple[str, ...] = ()
    action: str = ""
    owner: str = ""
    due_on: date | None = None
    state: str = "open"


@dataclass(frozen=True)
class CardChange:
    """One line of a card's history: its content from then on."""

    at: int
    who: str
    state: str
    owner: str
    due_on: date | None
    action: str


@dataclass(frozen=True)
class CauseCard:
    """One card.

    Attributes:
        title: the cause, as the page named it.
        slice_: the slice that the figures are of; the cause is among its filters.
        figures: metric -> (value, low, high, n) of the same slice, to check later whether the action worked.
        sentences: typical ones, masked as they are stored; those of erased customers are gone.
        done_at: when its state became done; None before.
        history: every time it was saved, newest first.
    """

    card_id: int
    title: str
    slice_: Slice
    share: Share
    figures: dict[str, tuple[float | None, float | None, float | None, int]]
    sentences: tuple[str, ...]
    plan: Plan
    created_at: int
    created_by: str
    changed_at: int
    changed_by: str
    done_at: int | None = None
    history: tuple[CardChange, ...] = field(default=())
