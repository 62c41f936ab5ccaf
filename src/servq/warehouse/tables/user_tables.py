"""User tables, written from the pages: improvement cards, changes of the promise register, custom causes.

Times are UTC epoch seconds.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from servq.warehouse.tables.ops_tables import metadata

cause_card = Table(
    "cause_card",
    metadata,
    Column("card_id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("kept", JSON, nullable=False),
    Column("n", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("value", Float),
    Column("low", Float),
    Column("high", Float),
    Column("figures", JSON, nullable=False),
    Column("load_id", Integer, ForeignKey("load_log.load_id"), nullable=False),
    Column("whys", JSON, nullable=False),
    Column("action", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date),
    Column("state", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("done_at", BigInteger),
    sqlite_autoincrement=True,
)
"""The findings about a cause and the plan; the figures stay as they were when the card was made."""

cause_card_sentence = Table(
    "cause_card_sentence",
    metadata,
    Column("card_id", Integer, ForeignKey("cause_card.card_id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column(
        "complaint_id", String, ForeignKey("complaint.complaint_id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("sentence", Text, nullable=False),
)
"""A sentence of a card; it is deleted with its complaint."""

cause_card_change = Table(
    "cause_card_change",
    metadata,
    Column("change_id", Integer, primary_key=True, autoincrement=True),
    Column("card_id", Integer, ForeignKey("cause_card.card_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", Date),
    Column("action", Text, nullable=False),
    sqlite_autoincrement=True,
)

promise_change = Table(
    "promise_change",
    metadata,
    Column("change_id", Integer, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("content", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Every version of every promise that was ever changed, numbered within its promise; no line is changed or removed."""
Index("ix_promise_change_name_number", promise_change.c.name, promise_change.c.number, unique=True)

cause_leaf = Table(
    "cause_leaf",
    metadata,
    Column("leaf_id", Integer, primary_key=True, autoincrement=True),
    Column("code", String, nullable=False),
    Column("words", JSON, nullable=False),
    Column("accepted_at", BigInteger, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("withdrawn_at", BigInteger),
    Column("withdrawn_by", Text),
    sqlite_autoincrement=True,
)
"""Causes accepted into the tree besides those that ship; the ones that were not withdrawn are in force."""
