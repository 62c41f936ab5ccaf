"""Rows that a map's rules leave out, counted in the load log with each rule."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """New columns only: no earlier load left rows out, so every count is 0 and stays true."""
    op.add_column("load_log", sa.Column("left_out", sa.Integer(), server_default="0", nullable=False))
    op.add_column("load_log", sa.Column("rules", sa.JSON(), nullable=True))
