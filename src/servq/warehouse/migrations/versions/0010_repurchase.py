"""Repurchase of each answer's customer, and the counts of known repurchases per band of likelihood."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

BANDS = ("promoters", "passives", "detractors")


def upgrade() -> None:
    """New columns only: of no answer it is known yet, so every count is 0 and stays true."""
    op.add_column("response", sa.Column("repurchased", sa.Integer(), nullable=True))
    for band in BANDS:
        for part in ("n", "yes"):
            name = f"repurchase_{band}_{part}"
            op.add_column("survey_cell", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
