"""Three more measures: answers whose score and text can be compared, and both kinds of contradiction."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ALWAYS_THERE = ("week", "channel", "team")
MAY_BE_MISSING = ("touchpoint", "segment", "survey_mode")

said = sa.table("response", *map(sa.column, (*ALWAYS_THERE, *MAY_BE_MISSING, "likelihood", "text_hash")))
score = sa.table("text_score", *map(sa.column, ("text_hash", "polarity", "label")))

HIGH, LOW = said.c.likelihood >= 9, said.c.likelihood <= 6
COUNTED = {
    "score_and_text": HIGH | LOW,
    "high_negative": HIGH & (score.c.label == "negative"),
    "low_positive": LOW & (score.c.label == "positive"),
}
cell = sa.table("survey_cell", *map(sa.column, (*ALWAYS_THERE, *MAY_BE_MISSING, *COUNTED)))


def upgrade() -> None:
    """Add the columns and count them from the facts; all other measures stay as they are."""
    here = [
        *(said.c[name] == cell.c[name] for name in ALWAYS_THERE),
        *(sa.func.coalesce(said.c[name], "") == cell.c[name] for name in MAY_BE_MISSING),
    ]
    heard = said.join(score, (score.c.text_hash == said.c.text_hash) & score.c.polarity.is_not(None))
    for name, condition in COUNTED.items():
        op.add_column("survey_cell", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        counted = sa.select(sa.func.count()).select_from(heard).where(*here, condition).correlate(cell)
        op.execute(cell.update().values({name: counted.scalar_subquery()}))
