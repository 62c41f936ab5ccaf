"""Three measures more: how often score and text can be compared, and how they contradict each other."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

HEARD = "t.polarity IS NOT NULL"
COUNTED = {
    "score_and_text": f"(r.likelihood >= 9 OR r.likelihood <= 6) AND {HEARD}",
    "high_negative": f"r.likelihood >= 9 AND {HEARD} AND t.label = 'negative'",
    "low_positive": f"r.likelihood <= 6 AND {HEARD} AND t.label = 'positive'",
}
MAY_BE_MISSING = ("touchpoint", "segment", "survey_mode")


def upgrade() -> None:
    """Add the columns and count them from the facts; all other measures stay as they are."""
    for name, condition in COUNTED.items():
        op.add_column("survey_cell", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        same = " AND ".join(f"COALESCE(r.{key}, '') = survey_cell.{key}" for key in MAY_BE_MISSING)
        op.execute(
            f"UPDATE survey_cell SET {name} = (SELECT COUNT(*) FROM response r "
            "JOIN text_score t ON t.text_hash = r.text_hash "
            "WHERE r.week = survey_cell.week AND r.channel = survey_cell.channel AND r.team = survey_cell.team "
            f"AND {same} AND {condition})"
        )
