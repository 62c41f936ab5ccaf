"""Fact tables and week cells in SQLAlchemy Core, the same for every database.

Facts keep every row for good; `survey_cell` and `cause_cell` are derived from them, `week_block` from these, and all
can always be rebuilt. What came in when, what waits and what was erased stands in ops_tables.py, what people write in
user_tables.py.
Times are UTC epoch seconds; `week` is the Monday of the business day. Missing is NULL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from servq.measures import (
    CAUSE_DIMENSIONS,
    CAUSE_MEASURES,
    CELL_DIMENSIONS,
    EASY_FROM,
    EXPECTED,
    MEASURES,
    OTHER_SCALE,
    SCORES,
)
from servq.warehouse.tables import access_tables, user_tables
from servq.warehouse.tables.ops_tables import metadata

SCHEMA_VERSION = "0016"
"""The newest migration in `migrations/versions`; a warehouse of another version is not read."""

# whoever knows the schema knows those tables too
assert access_tables.account.metadata is user_tables.promise_change.metadata is metadata

_T = TypeVar("_T")


def _fact(name: str, *columns: Column[object], key: tuple[str, ...], moment: str) -> Table:
    """A fact table: its own columns, then when the source last changed the row, the text of the cells that were read
    by a rule (canonical column -> text as it came), which load wrote the row, and a hash of what it says.

    `moment` is the column that says to which day and week a row belongs.
    """
    return Table(
        name,
        metadata,
        *columns,
        Column("updated_at", BigInteger),
        Column("raw", JSON(none_as_null=True)),
        Column("load_id", Integer, ForeignKey("load_log.load_id"), nullable=False),
        Column("row_hash", String, nullable=False),
        info={"key": key, "moment": moment},
    )


response = _fact(
    "response",
    Column("response_id", String, primary_key=True),
    Column("answered_at", BigInteger, nullable=False, index=True),
    Column("week", Date, nullable=False),
    Column("channel", String, nullable=False),
    Column("team", String, nullable=False),
    Column("touchpoint", String),
    Column("segment", String),
    Column("survey_mode", String),
    Column("product", String),
    Column("partner", String),
    Column("customer_id", String, index=True),
    Column("order_id", String),
    Column("likelihood", Integer),
    *(Column(score, Float) for score in SCORES),
    Column("comment", Text),
    Column("text_hash", String, ForeignKey("text_score.text_hash"), index=True),
    *(Column(expected, Float) for expected in EXPECTED),
    Column("repurchased", Integer),
    Column("nps_band", Integer),
    Column(OTHER_SCALE, Float),
    Column("csat_scale", String),
    Column("csat_satisfied_from", Float),
    *(Column(effort, Float) for effort in EASY_FROM),
    key=("response_id",),
    moment="answered_at",
)
Index("ix_response_week_channel_team", response.c.week, response.c.channel, response.c.team)

complaint = _fact(
    "complaint",
    Column("complaint_id", String, primary_key=True),
    Column("opened_at", BigInteger, nullable=False, index=True),
    Column("first_response_at", BigInteger),
    Column("resolved_at", BigInteger),
    Column("reopened_at", BigInteger),
    Column("week", Date, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("team", String, nullable=False),
    Column("category", String),
    Column("subcategory", String),
    Column("severity", String),
    Column("status", String),
    Column("product", String),
    Column("partner", String),
    Column("customer_id", String, index=True),
    Column("order_id", String, index=True),
    Column("text", Text),
    Column("resolution_text", Text),
    Column("text_hash", String, ForeignKey("text_score.text_hash"), index=True),
    Column("by_day", Integer),
    key=("complaint_id",),
    moment="opened_at",
)

visit_item = _fact(
    "visit_item",
    Column("visit_id", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("visited_at", BigInteger, nullable=False, index=True),
    Column("week", Date, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("team", String, nullable=False),
    Column("outlet", String),
    Column("shopper_id", String),
    Column("dimension", String),
    Column("points", Float, nullable=False),
    Column("points_possible", Float, nullable=False),
    Column("remark", Text),
    key=("visit_id", "item"),
    moment="visited_at",
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("response_id", String, primary_key=True),
    Column("answered_at", BigInteger, nullable=False),
    Column("week", Date, nullable=False, index=True),
    *(Column(name, String, nullable=name not in ("channel", "team")) for name in CELL_DIMENSIONS if name != "week"),
    Column("load_id", Integer, ForeignKey("load_log.load_id"), nullable=False),
)
"""Unanswered questionnaires by their id; no answer, and nothing of the person."""

text_score = Table(
    "text_score",
    metadata,
    Column("text_hash", String, primary_key=True),
    Column("polarity", Float),
    Column("label", String, nullable=False),
    Column("language", String, nullable=False),
    Column("model", String, nullable=False),
    Column("version", String, nullable=False),
)

text_cause = Table(
    "text_cause",
    metadata,
    Column("text_hash", String, ForeignKey("text_score.text_hash"), primary_key=True),
    Column("cause", String, primary_key=True),
    Column("named", Integer, nullable=False),
    Column("leads", Integer, nullable=False),
    Column("spans", Text, nullable=False),
    Column("version", String, nullable=False),
)
"""One row for each cause that a text names (UNATTRIBUTED where it names none): how many it names in all, whether this
one is the first of its category, where it stands ("3-5 9-11", in characters), and the version of tree and search.
"""

survey_cell = Table(
    "survey_cell",
    metadata,
    Column("week", Date, primary_key=True),
    *(Column(name, String, primary_key=True) for name in CELL_DIMENSIONS if name != "week"),
    *(Column(name, Float if name.endswith(("_sum", "_squares")) else Integer, nullable=False) for name in MEASURES),
)
"""Missing dimension values are "" here, because a key cannot be NULL."""

cause_cell = Table(
    "cause_cell",
    metadata,
    Column("week", Date, primary_key=True),
    *(
        Column(name, Integer if name in {"named", "leads"} else String, primary_key=True, autoincrement=False)
        for name in CAUSE_DIMENSIONS
        if name != "week"
    ),
    *(Column(name, Integer, nullable=False) for name in CAUSE_MEASURES),
)
"""Answers by the causes that their comments name; answers without a comment are in none of these cells."""

week_block = Table(
    "week_block",
    metadata,
    Column("kind", String, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("version", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The cells of a week as bytes (`servq.warehouse.facts.block_format`); the version names the content."""

FACTS: dict[str, Table] = {"surveys": response, "complaints": complaint, "visits": visit_item}
"""Source name -> its fact table."""

MOMENTS: dict[str, str] = {source: table.info["moment"] for source, table in FACTS.items()}
"""Source name -> the column that says to which day and week a row belongs."""

IN_ONE_STATEMENT = 8_000
"""Values listed in one statement; SQLite takes at most 32,766 parameters."""


def some_at_a_time(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The distinct values in pieces that fit into one statement."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), IN_ONE_STATEMENT):
        yield distinct[start : start + IN_ONE_STATEMENT]
