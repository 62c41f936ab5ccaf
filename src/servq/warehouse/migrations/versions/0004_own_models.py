"""Models trained on the installation's own comments, and the log of recomputations without a load."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add two tables; nothing that is there changes."""
    op.create_table(
        "training",
        sa.Column("training_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("model", sa.LargeBinary(), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("training_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rework",
        sa.Column("rework_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rework_id"),
        sqlite_autoincrement=True,
    )
