"""Unanswered questionnaires, counted in the load log and the week cells and kept by id.

Also notes of loads on the cells that they took, and complaint times that are days without a clock.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """New columns and a new table only: no earlier load kept such rows, so every count is 0 and stays true."""
    for name in ("not_answered", "not_placed"):
        op.add_column("load_log", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("load_log", sa.Column("noted", sa.JSON(), nullable=True))
    op.add_column("complaint", sa.Column("by_day", sa.Integer(), nullable=True))
    for name in ("answered_of_asked", "unanswered"):
        op.add_column("survey_cell", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "unanswered",
        sa.Column("response_id", sa.String(), primary_key=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("touchpoint", sa.String()),
        sa.Column("segment", sa.String()),
        sa.Column("survey_mode", sa.String()),
        sa.Column("load_id", sa.Integer(), sa.ForeignKey("load_log.load_id"), nullable=False),
    )
    op.create_index("ix_unanswered_week", "unanswered", ["week"])
