"""Satisfaction on other scales than five points, customer effort, and NPS told as a band alone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ANSWERS = {
    "nps_band": sa.Integer(),
    "csat_other": sa.Float(),
    "csat_scale": sa.String(),
    "csat_satisfied_from": sa.Float(),
    "effort": sa.Float(),
    "effort_5": sa.Float(),
}
BANDS = ("band_promoters", "band_passives", "band_detractors")
COUNTS = (
    "csat_other_n", "csat_other_satisfied", "effort_n", "effort_easy", "effort_5_n", "effort_5_easy", *BANDS,
)  # fmt: skip
SUMS = ("effort_sum", "effort_squares", "effort_5_sum", "effort_5_squares")


def upgrade() -> None:
    """New columns only: nobody was asked before, so every count and sum is 0 and stays true."""
    for name, kind in ANSWERS.items():
        op.add_column("response", sa.Column(name, kind, nullable=True))
    for name in (*COUNTS, *SUMS):
        kind = sa.Float() if name in SUMS else sa.Integer()
        op.add_column("survey_cell", sa.Column(name, kind, server_default="0", nullable=False))
    for name in BANDS:
        op.add_column("cause_cell", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
