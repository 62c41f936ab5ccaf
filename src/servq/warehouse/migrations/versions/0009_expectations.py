"""Expectations of the four items, and the sums of experience − expectation in the week cells."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ITEMS = ("attitude", "responsiveness", "resolution", "communication")
PARTS = {"n": sa.Integer(), "sum": sa.Float(), "squares": sa.Float()}


def upgrade() -> None:
    """New columns only: nobody was asked before, so every sum is 0 and stays true."""
    for item in ITEMS:
        op.add_column("response", sa.Column(f"{item}_expected", sa.Float(), nullable=True))
    for item in ITEMS:
        for part, kind in PARTS.items():
            op.add_column("survey_cell", sa.Column(f"{item}_gap_{part}", kind, server_default="0", nullable=False))
