"""Causes named by each text, and the answers counted by them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

DIMENSIONS = ("channel", "team", "touchpoint", "segment", "survey_mode", "cause")
COUNTS = ("responses", *(f"likelihood_{answer}" for answer in range(11)))


def upgrade() -> None:
    """Two new tables, empty: texts that were loaded before are searched by `servq init` and by `servq rescore`."""
    op.create_table(
        "text_cause",
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Integer(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["text_hash"], ["text_score.text_hash"]),
        sa.PrimaryKeyConstraint("text_hash", "cause"),
    )
    op.create_table(
        "cause_cell",
        sa.Column("week", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in DIMENSIONS),
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in ("named", "leads")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("week", *DIMENSIONS, "named", "leads"),
    )
