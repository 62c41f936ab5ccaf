"""Improvement cards: figures at the time, representative sentences, plan, history."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Three new tables, empty."""
    op.create_table(
        "cause_card",
        sa.Column("card_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("value", "low", "high")),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("whys", sa.JSON(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["load_id"], ["load_log.load_id"]),
        sa.PrimaryKeyConstraint("card_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cause_card_sentence",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cause_card.card_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.complaint_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("card_id", "place"),
    )
    op.create_index("ix_cause_card_sentence_complaint_id", "cause_card_sentence", ["complaint_id"], unique=False)
    op.create_table(
        "cause_card_change",
        sa.Column("change_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cause_card.card_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cause_card_change_card_id", "cause_card_change", ["card_id"], unique=False)
