"""The first schema: facts, load log, quarantine, text scores and week cells."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "load_log",
        sa.Column("load_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("map_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=True),
        sa.Column("delimiter", sa.String(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("load_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_load_log_file_hash", "load_log", ["file_hash"], unique=False)
    op.create_table(
        "survey_cell",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("touchpoint", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("survey_mode", sa.String(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("likelihood_0", sa.Integer(), nullable=False),
        sa.Column("likelihood_1", sa.Integer(), nullable=False),
        sa.Column("likelihood_2", sa.Integer(), nullable=False),
        sa.Column("likelihood_3", sa.Integer(), nullable=False),
        sa.Column("likelihood_4", sa.Integer(), nullable=False),
        sa.Column("likelihood_5", sa.Integer(), nullable=False),
        sa.Column("likelihood_6", sa.Integer(), nullable=False),
        sa.Column("likelihood_7", sa.Integer(), nullable=False),
        sa.Column("likelihood_8", sa.Integer(), nullable=False),
        sa.Column("likelihood_9", sa.Integer(), nullable=False),
        sa.Column("likelihood_10", sa.Integer(), nullable=False),
        sa.Column("csat_satisfied", sa.Integer(), nullable=False),
        sa.Column("csat_n", sa.Integer(), nullable=False),
        sa.Column("csat_sum", sa.Float(), nullable=False),
        sa.Column("csat_squares", sa.Float(), nullable=False),
        sa.Column("attitude_n", sa.Integer(), nullable=False),
        sa.Column("attitude_sum", sa.Float(), nullable=False),
        sa.Column("attitude_squares", sa.Float(), nullable=False),
        sa.Column("responsiveness_n", sa.Integer(), nullable=False),
        sa.Column("responsiveness_sum", sa.Float(), nullable=False),
        sa.Column("responsiveness_squares", sa.Float(), nullable=False),
        sa.Column("resolution_n", sa.Integer(), nullable=False),
        sa.Column("resolution_sum", sa.Float(), nullable=False),
        sa.Column("resolution_squares", sa.Float(), nullable=False),
        sa.Column("communication_n", sa.Integer(), nullable=False),
        sa.Column("communication_sum", sa.Float(), nullable=False),
        sa.Column("communication_squares", sa.Float(), nullable=False),
        sa.Column("sentiment_negative", sa.Integer(), nullable=False),
        sa.Column("sentiment_uncertain", sa.Integer(), nullable=False),
        sa.Column("sentiment_positive", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "channel", "team", "touchpoint", "segment", "survey_mode"),
    )
    op.create_table(
        "text_score",
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("polarity", sa.Float(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("text_hash"),
    )
    op.create_table(
        "complaint",
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("first_response_at", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("reopened_at", sa.BigInteger(), nullable=True),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("subcategory", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("order_id", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("resolution_text", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load_id"],
            ["load_log.load_id"],
        ),
        sa.ForeignKeyConstraint(
            ["text_hash"],
            ["text_score.text_hash"],
        ),
        sa.PrimaryKeyConstraint("complaint_id"),
    )
    op.create_index("ix_complaint_customer_id", "complaint", ["customer_id"], unique=False)
    op.create_index("ix_complaint_opened_at", "complaint", ["opened_at"], unique=False)
    op.create_index("ix_complaint_order_id", "complaint", ["order_id"], unique=False)
    op.create_index("ix_complaint_week", "complaint", ["week"], unique=False)
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("raw_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load_id"],
            ["load_log.load_id"],
        ),
        sa.PrimaryKeyConstraint("quarantine_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quarantine_load_id", "quarantine", ["load_id"], unique=False)
    op.create_index("ix_quarantine_raw_hash", "quarantine", ["raw_hash"], unique=False)
    op.create_table(
        "response",
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("touchpoint", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("survey_mode", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("order_id", sa.String(), nullable=True),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("csat", sa.Float(), nullable=True),
        sa.Column("attitude", sa.Float(), nullable=True),
        sa.Column("responsiveness", sa.Float(), nullable=True),
        sa.Column("resolution", sa.Float(), nullable=True),
        sa.Column("communication", sa.Float(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load_id"],
            ["load_log.load_id"],
        ),
        sa.ForeignKeyConstraint(
            ["text_hash"],
            ["text_score.text_hash"],
        ),
        sa.PrimaryKeyConstraint("response_id"),
    )
    op.create_index("ix_response_answered_at", "response", ["answered_at"], unique=False)
    op.create_index("ix_response_customer_id", "response", ["customer_id"], unique=False)
    op.create_index("ix_response_week_channel_team", "response", ["week", "channel", "team"], unique=False)
    op.create_table(
        "visit_item",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("visited_at", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("shopper_id", sa.String(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("points_possible", sa.Float(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load_id"],
            ["load_log.load_id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "item"),
    )
    op.create_index("ix_visit_item_visited_at", "visit_item", ["visited_at"], unique=False)
    op.create_index("ix_visit_item_week", "visit_item", ["week"], unique=False)
    # ### end Alembic commands ###
