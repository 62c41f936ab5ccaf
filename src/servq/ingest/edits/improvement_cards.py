"""Improvement cards written by users: personal data masked, lengths checked, author and time added.

Owns the check of what was typed. The figures on a card come from query/data/improvement_cards.py.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from servq.errors import UsageError
from servq.ingest.load import who_runs
from servq.records.improvement_card import CARD_STATES, WHYS, Plan
from servq.text.masking.masking import mask
from servq.warehouse.books import improvement_cards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.records.improvement_card import CauseCard
    from servq.warehouse.store.engine import Warehouse

LONGEST = 2_000
"""Characters of one field."""


def save_card(warehouse: Warehouse, card: CauseCard, sentences: Sequence[tuple[str, str]]) -> int:
    """Store a new card; returns its number.

    Args:
        card: figures and plan; number, times, names and history are given here.
        sentences: each with the complaint that says it.

    Raises:
        UsageError: no action, or a field that cannot be kept.
    """
    at, who = int(time.time()), who_runs()
    named = replace(card, plan=_checked(card.plan), created_at=at, created_by=who, changed_at=at, changed_by=who)
    with warehouse.write() as connection:
        return improvement_cards.add_card(connection, named, sentences)


def change_card(warehouse: Warehouse, card_id: int, plan: Plan) -> None:
    """Change the content of a card.

    Raises:
        UsageError: there is no such card, no action, or a field that cannot be kept.
    """
    checked = _checked(plan)
    with warehouse.write() as connection:
        if not improvement_cards.change_card(connection, card_id, checked, int(time.time()), who_runs()):
            raise UsageError(f"没有编号为 {card_id} 的改进卡", f"there is no improvement card {card_id}")


def _checked(plan: Plan) -> Plan:
    """The plan as it is kept: trimmed, personal data hidden."""
    whys = tuple(filter(None, (_kept(why) for why in plan.whys)))[:WHYS]
    action, owner = _kept(plan.action), plan.owner.strip()
    if not action:
        raise UsageError(
            "请写明措施",
            "the action is missing",
            hint_zh="一句话即可：做什么",
            hint_en="One sentence: what will be done",
        )
    if plan.state not in CARD_STATES:
        raise UsageError(f"没有状态 {plan.state}", f"there is no state {plan.state}")
    for text in (*whys, action, owner):
        if len(text) > LONGEST or "\0" in text:
            raise UsageError(f"每栏最多 {LONGEST:,} 字", f"a field holds at most {LONGEST:,} characters")
    return replace(plan, whys=whys, action=action, owner=owner)


def _kept(typed: str) -> str:
    return mask(typed.strip())
