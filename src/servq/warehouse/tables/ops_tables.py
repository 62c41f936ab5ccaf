"""Operations tables: loads, quarantine, sync state, erasures, trainings, recomputations.

Times are UTC epoch seconds. Facts and cells stand in fact_tables.py, what people write in user_tables.py.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})

load_log = Table(
    "load_log",
    metadata,
    Column("load_id", Integer, primary_key=True, autoincrement=True),
    Column("source", String, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_hash", String, nullable=False, index=True),
    Column("map_hash", String, nullable=False),
    Column("map_text", Text),
    Column("origin", String, nullable=False, server_default="file"),
    Column("status", String, nullable=False),
    Column("encoding", String),
    Column("delimiter", String),
    Column("sheet", Text),
    Column("header_row", Integer),
    Column("columns", JSON, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("loaded", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("not_answered", Integer, nullable=False, server_default="0"),
    Column("left_out", Integer, nullable=False, server_default="0"),
    Column("not_placed", Integer, nullable=False, server_default="0"),
    Column("reasons", JSON, nullable=False),
    Column("noted", JSON),
    Column("rules", JSON),
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("loaded_by", Text, nullable=False),
    sqlite_autoincrement=True,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("quarantine_id", Integer, primary_key=True, autoincrement=True),
    Column("load_id", Integer, ForeignKey("load_log.load_id"), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("row", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", String, nullable=False),
    Column("raw", JSON, nullable=False),
    Column("raw_hash", String, nullable=False, index=True),
    Column("state", String, nullable=False, server_default="waiting"),
    Column("corrected", JSON(none_as_null=True)),
    Column("released_by", Integer, ForeignKey("load_log.load_id")),
    sqlite_autoincrement=True,
)
"""`state` is waiting, released (a later load, `released_by`, took the corrected row) or erased (its person was)."""

sync_state = Table(
    "sync_state",
    metadata,
    Column("name", String, primary_key=True),
    Column("watermark", JSON(none_as_null=True)),
    Column("load_id", Integer, ForeignKey("load_log.load_id")),
    Column("synced_at", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
)
"""The progress of each source of servq.toml; written in the transaction of the load that reached it."""

erasure = Table(
    "erasure",
    metadata,
    Column("erasure_id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("source", String, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("done_at", BigInteger, nullable=False),
    Column("done_by", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The number of rows that `forget` or `prune` removed, and never whose: what loads brought, less this, is there."""

forgotten = Table("forgotten", metadata, Column("customer_id", String, primary_key=True))
"""Keyed hashes of the persons who were erased: a later load may not bring them back."""

training = Table(
    "training",
    metadata,
    Column("training_id", Integer, primary_key=True, autoincrement=True),
    Column("outcome", String, nullable=False),
    Column("version", String),
    Column("report", JSON, nullable=False),
    Column("model", LargeBinary),
    Column("load_id", Integer, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("withdrawn_at", BigInteger),
    sqlite_autoincrement=True,
)
"""Every `servq train`: its report, the newest load that it learned from, and the model where it was accepted. The
newest accepted one that was not withdrawn is in force; the earlier ones are kept. The outcome `compared` compares
scorers and trains nothing."""

rework = Table(
    "rework",
    metadata,
    Column("rework_id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("version", String, nullable=False),
    Column("texts", Integer, nullable=False),
    Column("done_at", BigInteger, nullable=False),
    Column("done_by", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Recomputations without a load (`kind`: rescore …): figures cached before one are stale."""
